"""Reads JSON of any shape: what is not there, or is of another kind, is empty and never an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

JsonObject = Mapping[str, Any]
Coding = tuple[str, str, str]  # system, code, display

_LONGEST_WORDS = 300
_NOTHING: Final[JsonObject] = {}


def text_of(value: object) -> str:
    """The text of an element, on one line and not endless; a whole number counts as its digits."""
    if value is None:
        return ""  # most of what is asked for is not there
    if not isinstance(value, str):
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
    if not value.isprintable():
        # A database refuses NUL and a terminal obeys control characters: they are no words of a record.
        value = "".join(letter if letter.isprintable() else " " for letter in value)
    value = value.strip()
    return value if len(value) <= _LONGEST_WORDS else value[:_LONGEST_WORDS]


def object_of(value: object) -> JsonObject:
    """The element as an object; empty where it is none."""
    return value if isinstance(value, dict) else _NOTHING


def items_of(value: object) -> list[JsonObject]:
    """The objects of a list; one object alone counts as a list of one."""
    if isinstance(value, list):
        return [item for item in value if isinstance(item, dict)]
    return [value] if isinstance(value, dict) else []


def codings_of(concept: object) -> tuple[Coding, ...]:
    """The codes of a concept, each with its system and what is displayed beside it."""
    codings = concept.get("coding") if isinstance(concept, dict) else None
    if not codings:
        return ()
    found = []
    for coding in items_of(codings):
        code, display = text_of(coding.get("code")), coding.get("display")
        if code or display:
            found.append((text_of(coding.get("system")), code, text_of(display)))
    return tuple(found)


def words_of(concept: object) -> str:
    """What a concept is called in the record: its own text, else what is displayed, else its first code."""
    text = text_of(object_of(concept).get("text"))
    codings = codings_of(concept)
    shown = (display for _, _, display in codings if display)
    return text or next(shown, "") or next((code for _, code, _ in codings), "")


def codes_of(concept: object) -> set[str]:
    """The codes of a concept in small letters, without their systems; its text where it has no code."""
    codes = {code.lower() for _, code, _ in codings_of(concept) if code}
    text = text_of(object_of(concept).get("text")).lower()
    return codes or ({text} if text else set())


def concepts_of(value: object) -> Iterator[JsonObject]:
    """The concepts of a list that say anything at all."""
    return (concept for concept in items_of(value) if concept.get("coding") or concept.get("text"))
