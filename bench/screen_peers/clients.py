"""Invented clients at and around every limit, the same ones for every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from bench.screen_peers.terms import key_of
from kap.screening.record import PersonRecord
from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.facts import Course, Fact, FactStatus
from kap.vocabulary.moments import Instant
from kap.vocabulary.partial_dates import PartialDate

ON = date(2026, 11, 21)
_EPOCH = date(1970, 1, 1)
PARAMETERS = {"today": (ON - _EPOCH).days, "today_written": int(ON.strftime("%Y%m%d"))}

CONDITIONS = (
    "aneurysm", "avm", "brain-hemorrhage", "bleeding-around-brain", "psychosis-primary",
    "psychosis-substance", "psychosis-medical", "psychosis-postpartum", "psychosis-mood", "psychosis",
    "mania", "allergy:ketamine", "allergy:esketamine", "intolerance:ketamine", "intolerance:esketamine",
    "allergy:anesthetic", "pregnancy", "cirrhosis", "liver-failure", "ketamine-cystitis",
    "interstitial-cystitis", "cystitis", "bladder-symptoms", "urinary-infection", "hypertensive-crisis",
)  # fmt: skip
# A question and the days for which a no to it counts.
QUESTIONS = {
    "aneurysm": 365, "avm": 365, "brain-hemorrhage": 365, "psychosis": 365, "psychosis-in-family": 365,
    "mania": 30, "allergy:ketamine": 365, "allergy:any": 365, "ketamine-cystitis": 365,
    "interstitial-cystitis": 365, "bladder-symptoms": 30,
}  # fmt: skip
CONCEPTS = tuple(
    dict.fromkeys((
        "birth-date", *CONDITIONS, *QUESTIONS, "blood-pressure", "lab:hcg", "lab:alt", "lab:ast",
        "lab:bilirubin", "child-pugh", "can-become-pregnant", "escort", "overnight-observer",
    ))
)  # fmt: skip
_BIRTHS = (
    "2008-11-20", "2008-11-21", "2008-11-22", "2008", "2008-11", "1961-11-20", "1961-11-21", "1961-11-22",
    "1961", "1907-01-01", "1906-11-21", "2026-11-22", "1980-02-29", "1990", "1975-06-15",
)  # fmt: skip
_UPPER = tuple(map(Decimal, ("118", "139.99", "140", "159.99", "160", "179.99", "180")))
_LOWER = tuple(map(Decimal, ("74", "89.99", "90", "99.99", "100", "109.99", "110")))
_HCG = ("negative", "positive", "invalid", Decimal("0"), Decimal("4.9"), 5, Decimal("24.9"), 25, 100)
_NORMAL_LIMITS = {"lab:alt": Decimal(40), "lab:ast": Decimal(35), "lab:bilirubin": Decimal("1.2")}


def invented(count: int, seed: int) -> list[PersonRecord]:
    """So many people, always the same for the same seed."""
    chance = Random(seed)
    return [PersonRecord(f"client-{number}", tuple(_facts(chance))) for number in range(count)]


def asked_about_suicide(people: Iterable[PersonRecord], seed: int) -> list[PersonRecord]:
    """The same people with what their forms say about suicide, a rule the other engines do not carry."""
    made = _Maker(Random(seed))
    return [PersonRecord(person.person, (*person.facts, *_forms(made.chance, made))) for person in people]


def folder_of(record: PersonRecord) -> dict[str, list[dict[str, Any]]]:
    """One person's facts under their concepts, in plain numbers and words, as the other engines take them."""
    folder: dict[str, list[dict[str, Any]]] = {key_of(concept): [] for concept in CONCEPTS}
    for fact in record.facts:
        folder[key_of(fact.what)].append(_row(fact))
    return folder


def _facts(chance: Random) -> Iterable[Fact]:
    made = _Maker(chance)
    for text in chance.choices(_BIRTHS, k=chance.choices((1, 0, 2), (90, 5, 5))[0]):
        yield made.fact("birth-date", PartialDate(text) if len(text) < 10 else date.fromisoformat(text))
    for concept in CONDITIONS:
        if chance.random() < 0.05:
            course = chance.choice((Course.ACTIVE, Course.PAST, Course.FAMILY, Course.DISTANT_FAMILY))
            yield made.fact(concept, "as written", 30, doubt=30, course=course)
    for concept, days in QUESTIONS.items():
        for _ in range(chance.choices((1, 0, 2), (85, 10, 5))[0]):
            yield made.fact(concept, "no", days, course=Course.DENIED)
    yield from _measured(chance, made)
    for concept, days in (("can-become-pregnant", 365), ("escort", 30), ("overnight-observer", 30)):
        for _ in range(chance.choices((1, 0, 2), (70, 20, 10))[0]):
            value = chance.choice((True, False, "Sam Ortiz") if days == 30 else (True, False))
            yield made.fact(concept, value, days)


def _measured(chance: Random, made: _Maker) -> Iterable[Fact]:
    for _ in range(chance.choices((1, 0, 2, 3), (60, 10, 20, 10))[0]):
        upper, lower = (chance.choice((numbers[0], *numbers)) for numbers in (_UPPER, _LOWER))
        numbers: list[Decimal | None] = [upper, lower]
        if chance.random() < 0.1:
            numbers[chance.randrange(2)] = None
        yield made.fact("blood-pressure", BloodPressure(*numbers), 30)
    for _ in range(chance.choices((1, 0, 2), (50, 40, 10))[0]):
        value = chance.choice(_HCG)
        yield made.fact("lab:hcg", value, 7, unit=None if isinstance(value, str) else UcumUnit("m[iU]/mL"))
    for concept, upper in _NORMAL_LIMITS.items():
        for _ in range(chance.choices((1, 0, 2), (85, 10, 5))[0]):
            times = chance.choice((0, 0, 0, 0, 2, 3, 5))
            value = upper * times + Decimal(chance.choice(("-0.1", "0", "0.1"))) if times else Decimal("0.9")
            limit = upper if chance.random() < 0.95 else None
            yield made.fact(concept, value, 90, unit=UcumUnit("U/L"), upper_limit=limit)
    if chance.random() < 0.15:
        yield made.fact("child-pugh", chance.choice("ABC"), 90)


def _forms(chance: Random, made: _Maker) -> Iterable[Fact]:
    levels = ("none", "none", "none", "none", "low", "at least low", "moderate", "high", "incomplete")
    for _ in range(chance.choices((1, 0, 2), (60, 20, 20))[0]):
        yield made.fact("cssrs:thoughts", chance.choice(levels), 30)
        yield made.fact("cssrs:behavior", chance.choice(levels), 365)
    if chance.random() < 0.3:
        yield made.fact("cssrs:behavior-since", chance.choice(levels), 30)
    if chance.random() < 0.5:
        level = chance.choice(("none", "none", "screen", "urgent", "high"))
        yield made.fact(f"suicide-item:{level}", "an item", 30)


class _Maker:
    """Dates a fact around the end of its time, and now and then doubts it."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def fact(self, what: str, value: Any, days: int | None = None, *, doubt: int = 5, **more: Any) -> Fact:
        status = self.chance.choices(
            (FactStatus.RECORDED, FactStatus.CONFIRMED, FactStatus.DOUBTFUL), (80 - doubt, 20, doubt)
        )[0]
        when = None if days is None else self._when(days)
        return Fact(what=what, value=value, when=when, status=status, came_from=f"Invented/{what}", **more)

    def _when(self, days: int) -> date | Instant | PartialDate | None:
        ago = self.chance.choices((0, 1, days - 1, days, days + 1, -1, None), (30, 30, 15, 10, 9, 3, 3))[0]
        if ago is None:
            return self.chance.choice((None, PartialDate("2026")))
        day = ON - timedelta(days=ago)
        if self.chance.random() < 0.5:
            return day
        return Instant(datetime(day.year, day.month, day.day, self.chance.randrange(6, 20), tzinfo=UTC))


def _row(fact: Fact) -> dict[str, Any]:
    value, when = fact.value, fact.when
    return {
        "course": fact.course.value if fact.course else None,
        "known": fact.is_known,
        "day": (fact.day - _EPOCH).days if fact.day else None,
        "moment": int(when.at.timestamp()) if isinstance(when, Instant) else None,
        "upper": _plain(fact.upper_limit),
        **_VALUES.get(type(value), lambda _: {})(value),
    }


def _plain(number: Decimal | None) -> float | int | None:
    return None if number is None else float(number) if number % 1 else int(number)


def _written(day: date) -> int:
    return int(day.strftime("%Y%m%d"))


_VALUES: dict[type, Callable[[Any], dict[str, Any]]] = {
    bool: lambda value: {"yes": value, "word": None},
    str: lambda value: {"yes": True, "word": value, "number": None},
    int: lambda value: {"number": value, "word": None},
    Decimal: lambda value: {"number": _plain(value), "word": None},
    date: lambda value: {"first": _written(value), "last": _written(value)},
    PartialDate: lambda value: {"first": _written(value.first_day), "last": _written(value.last_day)},
    BloodPressure: lambda value: {
        "systolic": _plain(value.systolic), "diastolic": _plain(value.diastolic)
    },
}  # fmt: skip
