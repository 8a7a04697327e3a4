"""What is concluded from answers beside a scale's number: conditions met, levels of triage, skips, tallies.

A conclusion that a missing answer could still change is not drawn: it is None, never "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kap.vocabulary.sources import AnySource

# None is an item that was asked and not answered.
Answers = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many of some items reach their threshold must lie between two numbers.

    Shape: `reaching` gives each item the answer from which on it counts.
    """

    reaching: Mapping[str, Decimal]
    at_least: int = 0
    at_most: int | None = None

    def is_met(self, answers: Answers, scales: Answers) -> bool | None:
        """Whether it holds.

        Missing: None when the unanswered items could still decide it.
        """
        given = [(answers[item], threshold) for item, threshold in self.reaching.items()]
        sure = sum(answer is not None and answer >= threshold for answer, threshold in given)
        possible = sure + sum(answer is None for answer, _ in given)
        highest = len(given) if self.at_most is None else self.at_most
        if possible < self.at_least or sure > highest:
            return False
        return True if sure >= self.at_least and possible <= highest else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A scale's number must lie between two ends; an end left open is None."""

    scale: str
    at_least: Decimal | None = None
    at_most: Decimal | None = None

    def is_met(self, answers: Answers, scales: Answers) -> bool | None:
        """Whether it holds.

        Missing: None when the scale has no number.
        """
        number = scales[self.scale]
        if number is None:
            return None
        return (self.at_least is None or number >= self.at_least) and (
            self.at_most is None or number <= self.at_most
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A named conclusion that holds when all its conditions do."""

    name: str
    all_of: tuple[Count | Reach, ...]
    source: AnySource

    def is_met(self, answers: Answers, scales: Answers) -> bool | None:
        """Whether it holds.

        Missing: None when it cannot be known yet.
        """
        return all_known(condition.is_met(answers, scales) for condition in self.all_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """A scale's number carried to another scale: less something, over something, times something."""

    name: str
    of: str
    less: Decimal
    over: Decimal
    times: Decimal
    source: AnySource


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many items reach an answer; of items with several answers, how many hold it."""

    name: str
    items: tuple[str, ...]
    reaching: Decimal
    source: AnySource


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A scale's number read off a published table the site supplies; without the table there is no answer."""

    name: str
    of: str
    table: Mapping[Decimal, Decimal] | None
    source: AnySource


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Items the form tells a person to pass over when a condition holds; they count as the lowest answer.

    `sets_aside`: the paper scores them so even where somebody answered them.
    """

    when: Count
    items: tuple[str, ...]
    sets_aside: bool
    source: AnySource


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a triage, and the answers any one of which reaches it."""

    name: str
    any_of: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """A level reached by the worst single answer, worst level first; nothing is added up."""

    levels: tuple[Level, ...]
    otherwise: str
    source: AnySource

    def level_of(self, answers: Answers) -> tuple[str | None, str | None]:
        """The level these answers reach for certain, and else the least it can be.

        Missing: the level is None while an unanswered item could raise it.
        """
        is_certain = True
        for level in self.levels:
            given = [(answers[item], threshold) for item, threshold in level.any_of.items()]
            if any(answer is not None and answer >= threshold for answer, threshold in given):
                return (level.name, None) if is_certain else (None, level.name)
            is_certain = is_certain and all(answer is not None for answer, _ in given)
        return (self.otherwise, None) if is_certain else (None, None)


def all_known(answers: Iterable[bool | None]) -> bool | None:
    """Whether all hold: one "no" settles it, and else one "not known" leaves it open."""
    found = tuple(answers)
    if any(answer is False for answer in found):
        return False
    return None if any(answer is None for answer in found) else True
