"""Who is called about a case while nobody has acknowledged it, by which means, and when each call is due.

A call is due by the case's stored times and the moment asked about, never by a timer: after a restart the
same question has the same answer. Whether a call was made is for whoever keeps the record of calls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from kap.vocabulary.moments import Instant
from kap.vocabulary.spans import Span

if TYPE_CHECKING:
    from kap.casework.case import Case

Somebody = TypeVar("Somebody")
_LATE = "late"


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
    """A call that is due, under the key by which it is made once."""

    key: str
    call: Call
    due_at: Instant


def what_is_due(case: Case, at: Instant) -> tuple[DueCall, ...]:
    """The calls that must have been made by now, the earliest first.

    Missing: none once the case is closed; only the one of a late case once it is acknowledged.
    """
    if not case.is_open:
        return ()
    climbing = calls_of(case) if case.acknowledged_at is None else ()
    return tuple(call for call in (*climbing, *_when_late(case)) if call.due_at <= at)


def calls_of(case: Case) -> tuple[DueCall, ...]:
    """Every call this case makes while nobody acknowledges it, with the moment each is due."""
    opened_at = case.clock.opens_at
    return tuple(
        DueCall(_key(case, str(number)), call, opened_at.plus(call.after))
        for number, call in enumerate(case.kind.calls, start=1)
    )


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
