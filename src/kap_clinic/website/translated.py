"""Which translations a named person has read and signed; the others say on the page that nobody has."""

from __future__ import annotations

from collections.abc import Mapping

# Language → who read the whole catalog, in which role, on which day. English is what was written first.
REVIEWED: Mapping[str, str] = {"en": "the original"}


def reviewer_of(language: str) -> str:
    """Return who signed the words of a language; nothing where nobody has."""
    return REVIEWED.get(language, "")
