"""Who is called about a case while nobody has acknowledged it, by which means, and when each call is due.

A call is due by the case's stored times and the moment asked about, never by a timer: after a restart the
same question has the same answer. A step that is known to have reached nobody brings the next one forward.
The last step of some kinds is made again and again until somebody takes the case: it must not fall silent.
Whether a call was made is for whoever keeps the record of calls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from kap.vocabulary.moments import Instant
from kap.vocabulary.spans import Span

if TYPE_CHECKING:
    from kap.casework.case import Case

Somebody = TypeVar("Somebody")
_LATE = "late"
_NONE: Mapping[str, Instant] = MappingProxyType({})


class Means(StrEnum):
    """How somebody is reached."""

    SMS = "sms"
    VOICE = "voice"
    EMAIL = "email"


class Called(StrEnum):
    """Who is called, in the order a call climbs."""

    ON_CALL = "on-call"
    BACKUP = "backup"
    DIRECTOR = "medical-director"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Call:
    """One step: so long after the case was opened or raised (or late), this person is called so."""

    after: Span
    who: Called
    means: tuple[Means, ...]


@dataclass(frozen=True, slots=True)
class DueCall:
    """A call that is due, under the key by which it is made once.

    Shape: `is_hurried` where the step before it reached nobody, so that it does not wait for its minute;
    `again` counts how often the last step came round before.
    """

    key: str
    call: Call
    due_at: Instant
    is_hurried: bool = False
    again: int = 0


def what_is_due(case: Case, at: Instant, in_vain: Mapping[str, Instant] = _NONE) -> tuple[DueCall, ...]:
    """The calls that must have been made by now, the earliest first.

    Shape: `in_vain` tells of steps, by their keys, since when it is known that they reached nobody.
    Missing: none once the case is closed; only the one of a late case once it is acknowledged.
    """
    if not case.is_open:
        return ()
    climbing = calls_of(case, in_vain) if case.acknowledged_at is None else ()
    # The first call is due because the case is there: a clock that was set back must not hold it.
    first, later = climbing[:1], (*climbing[1:], *_again(case, climbing, at), *_when_late(case))
    return (*first, *(call for call in later if call.due_at <= at))


def calls_of(case: Case, in_vain: Mapping[str, Instant] = _NONE) -> tuple[DueCall, ...]:
    """Every call this case makes while nobody acknowledges it, with the moment each is due."""
    found: list[DueCall] = []
    for number, call in enumerate(case.kind.calls, start=1):
        minute = case.clock.opens_at.plus(call.after)
        hurried_at = in_vain.get(found[-1].key) if found else None
        is_hurried = hurried_at is not None and hurried_at < minute
        due_at = hurried_at if hurried_at is not None and is_hurried else minute
        found.append(DueCall(_key(case, str(number)), call, due_at, is_hurried))
    return tuple(found)


def _again(case: Case, climbing: Sequence[DueCall], at: Instant) -> tuple[DueCall, ...]:
    # Only the newest one: whoever was stopped for hours calls once, and not for every call that was missed.
    every, last = case.kind.calls_again_every, climbing[-1] if climbing else None
    if every is None or last is None or at < last.due_at:
        return ()
    wait = every.on_the_clock()
    times = (at.at - last.due_at.at) // wait
    due_at = Instant(last.due_at.at + times * wait)
    return (DueCall(_key(case, f"{len(climbing)}+{times}"), last.call, due_at, again=times),) if times else ()


def _when_late(case: Case) -> tuple[DueCall, ...]:
    # Somebody took it and it is late all the same: taking a case must not be the way to lose it.
    late = case.kind.late_call
    return (DueCall(_key(case, _LATE), late, case.clock.closes_at.plus(late.after)),) if late else ()


def _key(case: Case, step: str) -> str:
    return f"{case.kind.id}/{step}/{case.clock.opens_at}"


def is_of_a_late_case(key: str) -> bool:
    """Whether a call was made because a case was late, so that taking the case does not end it."""
    return key.split("/")[1] == _LATE


def who_hears(who: Called, reachable: Mapping[Called, Sequence[Somebody]]) -> tuple[Somebody, ...]:
    """Who is called in this step: those it names, or where there is nobody the next ones up.

    Missing: empty only when nobody at all can be reached.
    """
    order = list(Called)
    for one in order[order.index(who) :]:
        if reachable.get(one):
            return tuple(reachable[one])
    return ()
