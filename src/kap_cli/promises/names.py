"""Names that say what a thing is, and packages that say what they decide."""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath
from typing import Final

from kap_cli.checkout import Checkout

EMPTY_NAMES: Final = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "base", "services"}
_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_CARD = {
    "what it decides": r"\b(Decides|What)\b",
    "for whom": r"\bFor\b",
    "what it must not": r"\bMust not\b",
}


def empty_names(checkout: Checkout) -> list[str]:
    """Names each module and class called after nothing in particular, and each Mixin."""
    broken = []
    for name, tree in checkout.modules():
        parts = {part.removesuffix(".py") for part in PurePosixPath(name).parts}
        if empty := sorted(part for part in parts if EMPTY_NAMES.intersection(part.split("_"))):
            broken.append(f"{name}: {', '.join(empty)} says nothing")
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                words = {word.lower() for word in words_of(node.name)}
                if words & (EMPTY_NAMES | {"mixin"}):
                    broken.append(f"{name}:{node.lineno} class {node.name}")
    return broken


def room_cards(checkout: Checkout) -> list[str]:
    """Names each package whose `__init__` lacks its card: what it decides, for whom, what it must not."""
    broken = []
    for name, tree in checkout.modules():
        # Django finds template tags by the folder's name: such a folder holds no idea of its own.
        if not name.endswith("/__init__.py") or {"templatetags", "management"} & set(name.split("/")):
            continue
        card = ast.get_docstring(tree) or ""
        if missing := [line for line, words in _CARD.items() if not re.search(words, card)]:
            broken.append(f"{name} does not say {', '.join(missing)}")
    return broken


def words_of(name: str) -> list[str]:
    """Takes a class's name apart into its words."""
    return _WORDS.findall(name)
