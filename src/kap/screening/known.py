"""The facts of one person on one day, sorted by what they are about, and what rules ask of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from kap.screening.limits import Limit
from kap.vocabulary.facts import Course, Fact

_NONE: tuple[Fact, ...] = ()

not_recorded = cache(Fact.missing)  # a missing fact is the same one for everybody


class Known:
    """One person's facts as they stand on a day, sorted once so that no rule has to search them."""

    __slots__ = ("_by_what", "on")

    def __init__(self, facts: Iterable[Fact], on: date) -> None:
        self.on = on
        self._by_what: dict[str, list[Fact]] = {}
        for fact in facts:
            self._by_what.setdefault(fact.what, []).append(fact)

    def of(self, *concepts: str) -> list[Fact]:
        """Every fact about any of these, with whatever course."""
        return [fact for concept in concepts for fact in self._by_what.get(concept, _NONE)]

    def recorded(self, concepts: Iterable[str], *courses: Course) -> list[Fact]:
        """The entries of these courses that a rule may rely on."""
        return [fact for fact in self.of(*concepts) if fact.course in courses and fact.is_known]

    def doubted(self, concepts: Iterable[str], *courses: Course) -> list[Fact]:
        """The entries of these courses that nobody has confirmed: provisional, or in words only."""
        return [fact for fact in self.of(*concepts) if fact.course in courses and not fact.is_known]

    def measured(self, concept: str) -> list[Fact]:
        """The readings of the newest day that is not after today.

        Missing: a reading without a day cannot be placed, and is not one.
        """
        newest: list[Fact] = []
        for fact in self._by_what.get(concept, _NONE):
            day = fact.day
            if day is None or day > self.on:
                continue
            if newest and day < (newest[0].day or day):
                continue
            if newest and day > (newest[0].day or day):
                newest = []
            newest.append(fact)
        return newest

    def is_fresh(self, fact: Fact, within: Limit) -> bool:
        """Whether a fact is from the last so many days, today included."""
        day = fact.day
        return day is not None and day <= self.on and (self.on - day).days <= within.value

    def said_no(self, concepts: Iterable[str], within: Limit) -> tuple[Fact, ...]:
        """The newest no to each of these questions, all still fresh.

        Missing: nothing at all where one of them was never asked, has no date or has grown old.
        """
        answers = []
        for concept in concepts:
            answer = self.newest_no(concept)
            if answer is None or not self.is_fresh(answer, within):
                return _NONE
            answers.append(answer)
        return tuple(answers)

    def newest_no(self, concept: str) -> Fact | None:
        """The newest no to this question, however old, that was given on a known day up to today."""
        found, on = None, date.min
        for fact in self._by_what.get(concept, _NONE):
            if fact.course is Course.DENIED and fact.is_known:
                day = fact.day
                if day is not None and on <= day <= self.on:
                    found, on = fact, day
        return found
