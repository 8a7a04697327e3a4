"""Reads the words of an instrument from a file, checked whole: every mistake is told with its line.

The same shape serves the library's translations and a site's own licensed copy: `stem`, `recall`, `answers`
(by items, then by number) and `items` (by id). What is left blank counts as not given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import TypeVar

from kap.instruments.answering import Choices, Several
from kap.instruments.definition import Instrument, Item
from kap.instruments.naming import ids_in
from kap.instruments.translation import ORIGINAL, Wording
from kap.instruments.wording import numbers_of
from kap.vocabulary.decimals import plain
from kap.vocabulary.declared import Declared
from kap.vocabulary.errors import DeclarationError

PARTS = ("stem", "recall", "answers", "items")

# Up to so many answers each has its words; of a longer scale it is enough to name the ends.
_EACH_NAMED = 6

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class CheckedWording:
    """The words of a file, or every mistake in it."""

    wording: Wording | None
    mistakes: tuple[str, ...] = ()


@dataclass
class _Told:
    """The mistakes found so far: reading goes on after each, so that all of them are told at once."""

    mistakes: list[str] = field(default_factory=list)

    def wrong(self, part: Declared, why: str) -> None:
        self.mistakes.append(str(part.wrong(why)))

    def tried(self, read: Callable[[], Read]) -> Read | None:
        try:
            return read()
        except DeclarationError as wrong:
            self.mistakes.append(str(wrong))
            return None

    def each(self, part: Declared | None) -> Iterator[tuple[Declared, Declared]]:
        pairs = iter(()) if part is None or part.is_blank else part.pairs()
        while pair := self.tried(lambda: next(pairs, None)):
            yield pair


def wording_from(
    definition: Instrument, language: str, whole: Declared, others: tuple[str, ...] = ()
) -> CheckedWording:
    """Reads the words of one language, and checks them against the instrument they belong to.

    Shape: `others` names the parts of the table that somebody else reads.
    """
    told = _Told()
    parts = {name.text(): part for name, part in told.each(whole) if not name.is_blank}
    for name, part in parts.items():
        if name not in (*PARTS, *others):
            told.wrong(part, f"{name!r} is not known here; known are {', '.join((*others, *PARTS))}.")
    items = _items(definition, parts.get("items"), whole, told)
    answers = _answers(definition, parts.get("answers"), told)
    _refuse_unnamed(definition, language, answers, parts.get("answers", whole), told)
    stem, recall = (
        None if name not in parts or parts[name].is_blank else told.tried(parts[name].text)
        for name in ("stem", "recall")
    )
    if told.mistakes:
        return CheckedWording(None, tuple(sorted(told.mistakes, key=_line)))
    return CheckedWording(Wording(language=language, items=items, answers=answers, stem=stem, recall=recall))


def _line(mistake: str) -> int:
    """The line a mistake names, so that all are read from the top of the file down."""
    return int(mistake.partition(", line ")[2].partition(":")[0])


def _items(definition: Instrument, part: Declared | None, whole: Declared, told: _Told) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for name, text in told.each(part):
        for item in _known_items(definition, name, told):
            words[item.id] = ""
            if text.is_blank:
                told.wrong(name, f"item {item.id} has no text.")
            else:
                words[item.id] = told.tried(text.text) or ""
    if lacking := [item.id for item in definition.items if item.id not in words]:
        told.wrong(part or whole, f"items {', '.join(lacking)} have no text.")
    return words


def _answers(
    definition: Instrument, part: Declared | None, told: _Told
) -> Mapping[str, Mapping[Decimal, str]]:
    found: dict[str, Mapping[Decimal, str]] = {}
    for name, table in told.each(part):
        words = _words(table, told)
        for item in _known_items(definition, name, told):
            if item.id in found:
                told.wrong(name, f"the answers of item {item.id} are given twice.")
            elif why := _misfit(item, words):
                told.wrong(name, why)
                break
            elif words:
                found[item.id] = words
    return found


def _words(table: Declared, told: _Told) -> Mapping[Decimal, str]:
    words: dict[Decimal, str] = {}
    for name, text in told.each(table):
        number = told.tried(name.number)
        if number is not None and not text.is_blank:
            words[number] = told.tried(text.text) or ""
    return words


def _misfit(item: Item, words: Mapping[Decimal, str]) -> str:
    """Why these words do not fit an item's answers; nothing where they do."""
    numbers = numbers_of(item.kind)
    if words and not numbers:
        return f"item {item.id} takes {item.kind.in_words()} and no words beside boxes."
    if strange := [plain(number) for number in words if number not in numbers]:
        return f"item {item.id} takes {item.kind.in_words()}; there is no {', '.join(strange)}."
    is_listed = isinstance(item.kind, Choices | Several) or len(numbers) <= _EACH_NAMED
    asked = numbers if is_listed else (numbers[0], numbers[-1])
    lacking = [plain(number) for number in asked if number not in words]
    if words and lacking:
        return f"item {item.id} has {len(numbers)} answers; there are no words for {', '.join(lacking)}."
    return ""


def _refuse_unnamed(
    definition: Instrument,
    language: str,
    answers: Mapping[str, Mapping[Decimal, str]],
    part: Declared,
    told: _Told,
) -> None:
    """In another language, answers that the definition names in words need theirs."""
    unnamed = [item.id for item in definition.items if _is_named(item) and item.id not in answers]
    if unnamed and language != ORIGINAL and not told.mistakes:
        told.wrong(part, f"the answers of items {', '.join(unnamed)} need words in this language.")


def _is_named(item: Item) -> bool:
    return isinstance(item.kind, Choices | Several) and any(choice.words for choice in item.kind.choices)


def _known_items(definition: Instrument, name: Declared, told: _Told) -> Iterator[Item]:
    by_id = {item.id: item for item in definition.items}
    for item_id in told.tried(partial(ids_in, name)) or ():
        if item_id in by_id:
            yield by_id[item_id]
        else:
            told.wrong(name, f"there is no item {item_id!r}; the items are {definition.item_ids_in_words()}.")
