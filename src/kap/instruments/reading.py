"""Reads what was given for an instrument: each answer checked, what is passed over filled in, blanks named.

A missing answer is never zero; an item the form itself passes over is not missing and counts as the lowest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kap.instruments.answering import shown
from kap.instruments.definition import Instrument, Item
from kap.vocabulary.decimals import plain
from kap.vocabulary.errors import InputError
from kap.vocabulary.sentences import Sentence, sentence

NOT_APPLICABLE = "n/a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Answers as they count: numbers by item, sets of answers by item, what is missing, what to say."""

    numbers: Mapping[str, Decimal | None]
    sets: Mapping[str, frozenset[int] | None]
    missing: tuple[str, ...]
    notes: tuple[Sentence, ...]


def read_answers(definition: Instrument, answers: Mapping[str, object]) -> Reading:
    """Reads what was given, item by item, passes over what the form passes over, and names what is missing.

    Raises: InputError, naming the item, for an impossible answer or an item that does not exist.
    """
    names = ids_by_name(definition, answers.keys())
    given = {names[name]: answer for name, answer in answers.items()}
    numbers: dict[str, Decimal | None] = {}
    sets: dict[str, frozenset[int] | None] = {}
    notes: list[Sentence] = []
    for item in definition.items:
        answer = given.get(item.id)
        if item.may_not_apply and str(answer).strip().casefold() == NOT_APPLICABLE:
            numbers[item.id] = item.kind.lowest
            notes.append(_does_not_apply(item))
            continue
        read = _read(definition, item, answer)
        if isinstance(read, frozenset):
            sets[item.id] = read
        else:
            numbers[item.id] = read
    notes += _pass_over(definition, numbers)
    return Reading(
        numbers=numbers, sets=sets, missing=_missing(definition, numbers, sets), notes=tuple(notes)
    )


def ids_by_name(definition: Instrument, names: Collection[str]) -> Mapping[str, str]:
    """The item each name means: an id, or the paper's own label (`5a`) where all of them are labels.

    Raises: InputError for a name that is neither.
    """
    ids = {item.id: item.id for item in definition.items}
    labels = {item.label or item.id: item.id for item in definition.items}
    known = labels if not ids.keys() >= set(names) and labels.keys() >= set(names) else ids
    # An unknown name is refused in the instrument's own words.
    return {name: known[name] if name in known else definition.item(name).id for name in names}


def passed_over(definition: Instrument, answers: Mapping[str, object]) -> frozenset[str]:
    """The items the form tells a person to pass over, after these answers; they need not be asked.

    Raises: InputError, naming the item, for an impossible answer or an item that does not exist.
    """
    numbers = read_answers(definition, answers).numbers
    skips = [skip for skip in definition.scoring.skips if skip.when.is_met(numbers, {}) is True]
    return frozenset(name for skip in skips for name in skip.items)


def _read(definition: Instrument, item: Item, answer: object) -> Decimal | frozenset[int] | None:
    if item.unrated is not None and str(answer).strip() in (f"{item.unrated}", f"{item.unrated}.0"):
        return None
    try:
        return item.kind.read(answer)
    except InputError as expected:
        raise InputError(
            f"{definition.key} item {item.id} was answered {shown(answer)}; expected {expected}. "
            "Correct it, or leave it blank if it was not answered."
        ) from None


def _pass_over(definition: Instrument, numbers: dict[str, Decimal | None]) -> list[Sentence]:
    notes = []
    for skip in definition.scoring.skips:
        if skip.when.is_met(numbers, {}) is not True:
            continue
        for name in skip.items:
            lowest = definition.item(name).kind.lowest
            answer = numbers[name]
            if answer is not None and answer > lowest:
                notes.append(_although_passed_over(name, skip.sets_aside))
            if answer is None or skip.sets_aside:
                numbers[name] = lowest
    return notes


def _missing(
    definition: Instrument,
    numbers: Mapping[str, Decimal | None],
    sets: Mapping[str, frozenset[int] | None],
) -> tuple[str, ...]:
    spared = {
        name
        for group in definition.scoring.either_or
        if any(numbers[name] is not None for name in group)
        for name in group
    }
    return tuple(
        item.id
        for item in definition.items
        if item.is_needed and item.id not in spared and numbers.get(item.id) is None and not sets.get(item.id)
    )


def _does_not_apply(item: Item) -> Sentence:
    return sentence(
        "Item {item} does not apply and is left out; the highest possible total is {less} lower.",
        item=item.id,
        less=plain(item.kind.highest),
    )


def _although_passed_over(item: str, is_set_aside: bool) -> Sentence:
    if is_set_aside:
        return sentence("Item {item} was answered although the form skips it; it is not counted.", item=item)
    return sentence("Item {item} was answered although the form skips it; it is counted.", item=item)
