"""The glossary: the core speaks its words and plain English, and the house uses every word of it."""

from __future__ import annotations

import ast
import re
from typing import Final

from kap_cli.checkout import Checkout
from kap_cli.promises.names import words_of

PAGE: Final = "GLOSSARY.md"
PLAIN_WORDS: Final = ".ci/plain-words.txt"
_HEADWORDS = re.compile(r"^(\*\*[^*]+\*\*(?: / )?)+:", re.M)
_HOUSE = (".py", ".html", ".js", ".css", ".yaml")


def unknown_words(checkout: Checkout) -> list[str]:
    """Names each public class of the core with a word neither in the glossary nor plain English."""
    known = _known(checkout)
    return [
        f"{name}:{node.lineno} {node.name}: {word.lower()}"
        for name, tree in checkout.modules("src/kap/")
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for word in words_of(node.name)
        if not _is_known(word.lower(), known)
    ]


def unused_terms(checkout: Checkout) -> list[str]:
    """Names each term of the glossary that nothing in the house says."""
    spoken = " ".join(_plainly(text) for _, text in checkout.files(*_HOUSE, under="src/"))
    return [term for term in terms_of(checkout) if not _is_spoken(term, spoken)]


def terms_of(checkout: Checkout) -> list[str]:
    """Lists the terms of the glossary: bold, at the beginning of their line."""
    page = (checkout.root / PAGE).read_text(encoding="utf-8")
    lines = (match[0].rstrip(":") for match in _HEADWORDS.finditer(page))
    return [term.strip("*") for line in lines for term in line.split(" / ")]


def _known(checkout: Checkout) -> set[str]:
    words = {word.lower() for term in terms_of(checkout) for word in words_of(term)}
    return words | _plain_words(checkout)


def _plain_words(checkout: Checkout) -> set[str]:
    lines = (checkout.root / PLAIN_WORDS).read_text(encoding="utf-8").splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split()}


def _is_known(word: str, known: set[str]) -> bool:
    return word in known or word.removesuffix("s") in known or f"{word}s" in known


def _plainly(text: str) -> str:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return re.sub(r"[^a-z0-9]+", " ", apart.lower())


def _is_spoken(term: str, spoken: str) -> bool:
    words = re.sub(r"[^a-z0-9]+", " ", term.lower()).strip()
    return re.search(rf"\b{words}(s|es|d|ed|ing)?\b", spoken) is not None
