"""Puts an instrument into words: the same items and numbers, in the language somebody reads.

A score never depends on it: answers are read with the definition itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from kap.instruments.answering import Choice, Choices, Kind, Range, Several
from kap.instruments.definition import Instrument, Item
from kap.instruments.translation import ORIGINAL, Wording


def worded(definition: Instrument, wording: Wording) -> Instrument:
    """The instrument as it is put to somebody in these words."""
    about = replace(definition.about, stem=wording.stem, recall=wording.recall or definition.about.recall)
    items = tuple(_worded(item, wording) for item in definition.items)
    return replace(definition, about=about, items=items, language=wording.language)


def in_language(definition: Instrument, language: str) -> Instrument | None:
    """The instrument in the library's own official words; None where it carries none in this language."""
    if language == ORIGINAL:
        return definition if definition.has_wording else None
    found = [one.wording for one in definition.translations if one.wording.language == language]
    return worded(definition, found[0]) if found else None


def languages_of(definition: Instrument) -> tuple[str, ...]:
    """The languages whose official words the library carries."""
    original = (ORIGINAL,) if definition.has_wording else ()
    return (*original, *(one.wording.language for one in definition.translations))


def numbers_of(kind: Kind) -> tuple[Decimal, ...]:
    """Every number that may be ticked for an item; none where it is typed, such as a time of day."""
    if isinstance(kind, Choices | Several):
        return tuple(Decimal(choice.value) for choice in kind.choices)
    if not isinstance(kind, Range) or kind.step % 1 or kind.highest - kind.lowest > _MOST_BOXES * kind.step:
        return ()
    steps = int((kind.highest - kind.lowest) / kind.step)
    return tuple(kind.lowest + place * kind.step for place in range(steps + 1))


# A scale of 0 to 10 is ticked; a longer one is typed.
_MOST_BOXES = 10


def _worded(item: Item, wording: Wording) -> Item:
    words = wording.answers.get(item.id)
    kind = item.kind if words is None else _named(item.kind, words)
    return replace(item, text=wording.items[item.id], kind=kind)


def _named(kind: Kind, words: Mapping[Decimal, str]) -> Kind:
    choices = tuple(Choice(int(number), words.get(number)) for number in numbers_of(kind))
    return Several(choices) if isinstance(kind, Several) else Choices(choices)
