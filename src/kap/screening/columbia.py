"""What was heard by the C-SSRS and still stands: the level of each part, and which later answer ends it.

The C-SSRS is never added up: of what stands the worst counts. Only a later and whole answer to the same
questions ends an earlier one; of two of one moment, or of one day without a time, both stand. What is
missing could raise a level, so an incomplete or a doubtful part never ends another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kap.screening.filled_forms import AT_LEAST, BEHAVIOR, BEHAVIOR_SINCE, THOUGHTS
from kap.screening.known import Known
from kap.screening.limits import Limit
from kap.vocabulary.facts import Course, Fact
from kap.vocabulary.moments import Instant
from kap.vocabulary.partial_dates import PartialDate

NONE, LOW, MODERATE, HIGH = "none", "low", "moderate", "high"
LEVELS = (NONE, LOW, MODERATE, HIGH)
ATTEMPT = "suicidal-behavior"  # an entry of a record, by its code


@dataclass(frozen=True, slots=True)
class Heard:
    """One part of a C-SSRS: the level it surely reaches, and whether what is missing could raise it."""

    fact: Fact
    level: str
    is_whole: bool


def heard(fact: Fact) -> Heard:
    """What a fact of the C-SSRS says; a doubtful one says only that somebody must ask."""
    said = str(fact.value)
    level = said.removeprefix(AT_LEAST)
    if not fact.is_known or level not in LEVELS:
        return Heard(fact, NONE, is_whole=False)
    return Heard(fact, level, is_whole=level == said)


def standing(facts: Iterable[Fact]) -> list[Heard]:
    """What no later and whole answer to the same questions has ended."""
    every = [heard(fact) for fact in facts]
    if len(every) < 2:
        return every
    whole = [one for one in every if one.is_whole]
    return [one for one in every if not any(is_surely_after(later.fact, one.fact) for later in whole)]


def is_surely_after(later: Fact, earlier: Fact) -> bool:
    """Whether one fact was surely told after another: on a later day, or that day at a later time.

    Missing: what has no day can be placed before or after nothing.
    """
    if isinstance(later.when, Instant) and isinstance(earlier.when, Instant):
        return earlier.when < later.when
    if later.day is None or earlier.day is None:
        return False
    return earlier.day < later.day


def behavior(known: Known, recent: Limit) -> list[Heard]:
    """What was told of suicidal behavior and still stands, each at the level it has by now.

    A form since the last contact ends a quiet one before it, and never a yes: only a screener asks again
    about all that was done. An attempt on record is ended by a later screener that tells of behavior too; one
    that tells of none contradicts it.
    """
    screener = standing(_so_far(known, BEHAVIOR))
    whole = [one for one in screener if one.is_whole]
    since = [one for one in map(heard, _so_far(known, BEHAVIOR_SINCE)) if not _is_ended(one, whole)]
    told = [
        *screener,
        *(one for one in since if one.level != NONE),
        *standing(one.fact for one in since if one.level == NONE),
        *_attempts(known, whole),
    ]
    return [_as_of_now(one, known, recent) for one in told]


def told_on(facts: Iterable[Fact], on: date) -> list[Heard]:
    """What the forms of one day say of the time since the last contact: thoughts, and recent behavior.

    A screener of that day asks about longer ago too; what was done then is for screening to weigh.
    """
    known = Known((fact for fact in facts if fact.day == on), on)
    thoughts, since = standing(known.of(THOUGHTS)), [heard(fact) for fact in known.of(BEHAVIOR_SINCE)]
    screener = [
        Heard(one.fact, NONE, one.is_whole) if one.level == MODERATE else one
        for one in (standing(known.of(BEHAVIOR)))
    ]
    quiet = standing(one.fact for one in since if one.level == NONE)
    return [*thoughts, *screener, *(one for one in since if one.level != NONE), *quiet]


def together_with(forms: list[Heard], typed: Heard) -> list[Heard]:
    """The forms of a day and one answer typed from asking: it ends only a form broken off without a yes."""
    whole = [one for one in forms if one.is_whole]
    kept = [one for one in forms if one.is_whole or one.level != NONE or not _is_ended(one, [typed])]
    return kept if _is_ended(typed, whole) else [*kept, typed]


def worst_level(parts: Iterable[Heard]) -> str:
    """The worst level of several parts; none where there is no part."""
    return max((one.level for one in parts), key=LEVELS.index, default=NONE)


def _attempts(known: Known, whole: list[Heard]) -> list[Heard]:
    if not known.of(ATTEMPT):  # as with nearly everybody
        return []
    telling = [one for one in whole if one.level != NONE]
    sure = [
        Heard(fact, HIGH, is_whole=True) for fact in known.recorded((ATTEMPT,), Course.ACTIVE, Course.PAST)
    ]
    doubted = [
        Heard(fact, NONE, is_whole=False) for fact in known.doubted((ATTEMPT,), Course.ACTIVE, Course.PAST)
    ]
    return [
        *(one for one in sure if not _is_ended(one, telling)),
        *(one for one in doubted if not _is_ended(one, whole)),
    ]


def _as_of_now(one: Heard, known: Known, recent: Limit) -> Heard:
    """Behavior that was recent once is older now; without a day, nobody can call it recent."""
    when = one.fact.when
    day = when.last_day if isinstance(when, PartialDate) else one.fact.day
    is_recent = day is not None and (known.on - day).days <= recent.value
    return Heard(one.fact, MODERATE, one.is_whole) if one.level == HIGH and not is_recent else one


def _is_ended(one: Heard, by: list[Heard]) -> bool:
    return any(is_surely_after(later.fact, one.fact) for later in by)


def _so_far(known: Known, concept: str) -> list[Fact]:
    """Every such fact that is not of a day to come; of what has no day, only a yes."""
    return [
        fact
        for fact in known.of(concept)
        if (heard(fact).level != NONE if fact.day is None else fact.day <= known.on)
    ]
