"""The day of one place as a board: each person a lane, each session a bar, in the place's own time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import groupby
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kap.planning.course import SessionState
from kap.protocols.definition import SessionKind
from kap.vocabulary.moments import Instant
from kap.vocabulary.planned import PlannedTime
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Bar, Board, Lane

from . import queries
from .queries import SessionLine
from .shown import STATES, hours_of

_EARLIEST, _LATEST, _STEP = 8, 18, 5
_NOT_TODAY = (SessionState.STOPPED, SessionState.MET)
# Kinds the board draws like one it has a drawing for.
_KINDS = {
    SessionKind.SCREENING: "preparation", SessionKind.PRACTICE: "rest", SessionKind.DISCHARGE: "preparation",
    SessionKind.FOLLOW_UP: "preparation",
}  # fmt: skip


def board_of(act: Acting, site: UUID, time_zone: str, at: Instant) -> Board:
    """Return today's board of one place; without lanes where nobody is planned."""
    today = at.day_in(time_zone)
    begins, ends = _midnight(today, time_zone), _midnight(today + timedelta(days=1), time_zone)
    lines = [
        line for line in queries.sessions_between(act, site, begins, ends) if line.state not in _NOT_TODAY
    ]
    ended = [_minutes(line.time.closes_at, begins) for line in lines]
    first = min([_EARLIEST, *(_minutes(line.time.opens_at, begins) // 60 for line in lines)])
    last = max([_LATEST, *(-(-minutes // 60) for minutes in ended)])
    now = _minutes(at, begins) - first * 60
    return Board(
        caption=date_format(today, "l j F"), first_hour=first, last_hour=last,
        lanes=tuple(_lanes(lines, begins, first)), now=now if 0 <= now <= (last - first) * 60 else None,
    )  # fmt: skip


def _lanes(lines: list[SessionLine], begins: Instant, first: int) -> Iterator[Lane]:
    by_person = sorted(lines, key=lambda line: (line.person_name, line.person, line.time.opens_at))
    for (name, _person), found in groupby(by_person, key=lambda line: (line.person_name, line.person)):
        of_theirs = list(found)
        number = of_theirs[0].day
        day = _("day {number}").format(number=number) if number > 0 else _("before day 1")
        yield Lane(who=name, where=day, bars=tuple(_bars(of_theirs, begins, first)))


def _bars(lines: list[SessionLine], begins: Instant, first: int) -> Iterator[Bar]:
    reached = 0
    for line in lines:
        start = max(reached, _to_step(_minutes(line.time.opens_at, begins) - first * 60))
        reached = max(start + _STEP, _to_step(_minutes(line.time.closes_at, begins) - first * 60))
        words, tone = STATES[line.state]
        yield Bar(
            start=start, minutes=reached - start, words=line.title,
            kind=_KINDS.get(line.kind, line.kind.value), clock=hours_of(line), note=words,
            tone=tone if line.state is SessionState.MISSED else "",
        )  # fmt: skip


def _to_step(minutes: int) -> int:
    return minutes - minutes % _STEP


def _minutes(at: Instant, since: Instant) -> int:
    """Minutes of the day; a day on which the clocks change is as long as it is."""
    return int((at.at - since.at) / timedelta(minutes=1))


def _midnight(day: date, time_zone: str) -> Instant:
    return PlannedTime(day, time(0), time_zone).instant
