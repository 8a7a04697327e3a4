"""A file fits in one sitting, a function on one screen."""

from __future__ import annotations

import ast
from typing import Final

from kap_cli.checkout import Checkout

LONGEST_FILE: Final = 300
LONGEST_FUNCTION: Final = 30


def files(checkout: Checkout) -> list[str]:
    """Names each Python file of ours, but migrations, that is too long to read in one sitting."""
    return [
        f"{name} has {lines} lines"
        for name, text in checkout.files(".py", under="src/")
        if "/migrations/" not in name and (lines := len(text.splitlines())) > LONGEST_FILE
    ]


def functions(checkout: Checkout) -> list[str]:
    """Names each function that is too long; its docstring is for the reader and does not count."""
    return [
        f"{name}:{node.lineno} {node.name} has {length} lines"
        for name, tree in checkout.modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := _length(node)) > LONGEST_FUNCTION
    ]


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert node.end_lineno is not None
    whole = node.end_lineno - node.lineno + 1
    if ast.get_docstring(node) is None:
        return whole
    docstring = node.body[0]
    assert docstring.end_lineno is not None
    return whole - (docstring.end_lineno - docstring.lineno + 1)
