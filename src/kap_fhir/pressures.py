"""Whole blood pressures: both numbers of one reading, from wherever a system wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from kap.screening.code_tables import Measured
from kap.screening.record import NotUnderstood
from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.bounds import Bound
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.errors import InputError
from kap.vocabulary.facts import Fact, FactStatus
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence, sentence
from kap_fhir.entries import Entry
from kap_fhir.measures import number_of, value_element
from kap_fhir.shapes import JsonObject

HALVES: Final = ("blood-pressure:systolic", "blood-pressure:diastolic")
NO_PRESSURE = Sentence("Neither number of this blood pressure can be read.")
_PRESSURE: Final = Measured("blood-pressure", UcumUnit(BloodPressure.UNIT))


def blood_pressure(
    entry: Entry, element: str, halves: Mapping[str, tuple[str, JsonObject]]
) -> Iterator[Fact | NotUnderstood]:
    """One reading; the number nobody gave, or nobody can read, stays missing.

    A bound is not a number, and an upper number that is not the greater was swapped or mistyped: such a
    reading is doubtful.
    """
    numbers: list[Decimal | None] = []
    is_sure = True
    for half in HALVES:
        place, part = halves.get(half, ("", {}))
        number = number_of(part, _PRESSURE) if part else None
        if isinstance(number, Sentence):
            yield entry.unclear(f"{place}{value_element(part)}", number)
            number = None
        if isinstance(number, Bound):
            yield entry.unclear(
                f"{place}valueQuantity.comparator", sentence("Only a bound: {number}.", number=number)
            )
            number, is_sure = number.number, False
        numbers.append(number)
    if halves:
        element = "component" if any(place for place, _ in halves.values()) else "valueQuantity"
    try:
        reading = BloodPressure(*numbers)
    except InputError:
        yield entry.unclear(element, NO_PRESSURE)
        return
    status = FactStatus.RECORDED if is_sure and _is_right_way_up(reading) else FactStatus.DOUBTFUL
    yield Fact(what=_PRESSURE.concept, value=reading, status=status, came_from=entry.at(element))


def _is_right_way_up(reading: BloodPressure) -> bool:
    return reading.systolic is None or reading.diastolic is None or reading.systolic > reading.diastolic


def joined(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts with the two halves of one moment, or the only two of a day, made one reading.

    Missing: several halves of one moment or day stay halves: nobody can tell which belong together.
    """
    rest: list[Fact] = []
    halves: dict[Instant | date, list[Fact]] = {}
    for fact in facts:
        if isinstance(fact.when, Instant | date) and _is_half(fact):
            halves.setdefault(fact.when, []).append(fact)
        else:
            rest.append(fact)
    for together in halves.values():
        rest += _whole(together)
    return tuple(rest)


def _is_half(fact: Fact) -> bool:
    return isinstance(fact.value, BloodPressure) and not fact.value.is_whole


def _whole(halves: list[Fact]) -> list[Fact]:
    numbers = [half.value for half in halves if isinstance(half.value, BloodPressure)]
    upper = [number.systolic for number in numbers if number.systolic is not None]
    lower = [number.diastolic for number in numbers if number.diastolic is not None]
    if len(upper) != 1 or len(lower) != 1:
        return halves
    doubted = [half for half in halves if not half.is_known]
    return [replace((doubted or halves)[0], value=BloodPressure(upper[0], lower[0]))]
