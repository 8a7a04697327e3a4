"""Sentences can be translated: their words are written out, and filled with exactly what they ask for."""

from __future__ import annotations

import ast

from kap.vocabulary.errors import DeclarationError
from kap.vocabulary.sentences import placeholders_of
from kap_cli.checkout import Checkout

_MAKERS = {"sentence", "Sentence"}


def sentences(checkout: Checkout) -> list[str]:
    """Names each sentence whose words are computed, or whose facts are not the ones it asks for."""
    return [
        f"{name}:{node.lineno} {fault}"
        for name, tree in checkout.modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MAKERS
        if (fault := _fault(node))
    ]


def _fault(call: ast.Call) -> str:
    match call:
        case ast.Call(args=[ast.Constant(value=str(template)), *_]):
            return _misfit(template, call)
        case ast.Call(args=[ast.JoinedStr(), *_]):
            return "is an f-string: a translator never sees its words"
    return ""


def _misfit(template: str, call: ast.Call) -> str:
    try:
        wanted = placeholders_of(template)
    except DeclarationError as wrong:
        return str(wrong)
    named = {word.arg for word in call.keywords}
    is_open = None in named or len(call.args) > 1
    if is_open or named == wanted:
        return ""
    return f"asks for {sorted(wanted)} and is given {sorted(name for name in named if name)}"
