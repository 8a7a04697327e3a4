"""A plan in the words a page shows: day by day, each session with its state, its window and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kap.integration.windows import Standing, packaged_windows, standing
from kap.people.permissions import Permission
from kap.planning.course import Course, SessionState
from kap.protocols.definition import SessionKind
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence
from kap.vocabulary.spans import Span
from kap_clinic.accounts.shown import moment_of
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Act, Status

from .queries import PlanFile, SessionLine

STATES: Mapping[SessionState, tuple[Promise, str]] = {
    SessionState.PLANNED: (gettext_lazy("planned"), "quiet"),
    SessionState.UNDER_WAY: (gettext_lazy("under way"), "ink"),
    SessionState.HELD: (gettext_lazy("held"), "done"),
    SessionState.MET: (gettext_lazy("met"), "done"),
    SessionState.MISSED: (gettext_lazy("missed"), "look"),
    SessionState.STOPPED: (gettext_lazy("not held: the plan was stopped"), "quiet"),
}
_OPEN = (SessionState.PLANNED, SessionState.MISSED)


@dataclass(frozen=True, kw_only=True)
class ShownSession:
    """One session as the plan shows it.

    Missing: ``window`` is empty where the session no longer waits.
    """

    hours: str
    title: str
    status: Status
    window: str
    reasons: tuple[Sentence, ...]
    acts: tuple[Act, ...]
    tone: str


@dataclass(frozen=True)
class ShownDay:
    """The sessions of one day of a plan."""

    words: str
    is_today: bool
    sessions: tuple[ShownSession, ...]


def days_of(act: Acting | None, file: PlanFile, at: Instant) -> list[ShownDay]:
    """A plan day by day, in the time of its place; without ``act`` there is only something to read."""
    clock = file.facts.time_zone
    today = at.day_in(clock)
    return [
        ShownDay(
            _day_in_words(day, sessions),
            day == today,
            tuple(_session(act, file, one, at) for one in sessions),
        )
        for day, sessions in _by_day(file.sessions)
    ]


def _by_day(lines: tuple[SessionLine, ...]) -> list[tuple[date, list[SessionLine]]]:
    return [(day, list(found)) for day, found in groupby(lines, key=lambda line: line.planned_on)]


def _day_in_words(day: date, lines: list[SessionLine]) -> str:
    if lines[0].day < 1:
        return _("Before day 1, {day}").format(day=date_format(day, "D j M Y"))
    return _("Day {number}, {day}").format(number=lines[0].day, day=date_format(day, "D j M Y"))


def _session(act: Acting | None, file: PlanFile, line: SessionLine, at: Instant) -> ShownSession:
    named, tone = STATES[line.state]
    # What is planned is what a plan is made of; only what became of it is said.
    words = "" if line.is_waiting else str(named)
    if line.state is SessionState.MISSED:
        words = _("missed: {why}").format(why=file.course.missed[line.session])
    margin = {Standing.CLOSING: "look", Standing.CLOSED: "must"}.get(_standing(line, at) or Standing.OPEN, "")
    return ShownSession(
        hours=hours_of(line), title=line.title, status=Status(words=words, tone=tone),
        window=window_in_words(line, at), reasons=_reasons(file.course, line),
        acts=() if act is None else acts_on(act, line, at), tone=margin,
    )  # fmt: skip


def _standing(line: SessionLine, at: Instant) -> Standing | None:
    # Rest and practice are the client's own: nobody is called because a window of theirs has closed.
    if not line.is_waiting or line.kind in (SessionKind.REST, SessionKind.PRACTICE):
        return None
    return standing(line.window, at, packaged_windows())


def _reasons(course: Course, line: SessionLine) -> tuple[Sentence, ...]:
    return course.plan.event(line.session).reasons if line.is_waiting else ()


def hours_of(line: SessionLine) -> str:
    """From when to when, as the clock of the place shows it."""
    ends = line.time.closes_at.in_zone(line.time_zone)
    return f"{line.planned_at.strftime('%H:%M')}–{ends.strftime('%H:%M')}"


def planned_in_words(line: SessionLine) -> str:
    """Where a session lies now, before it is asked where it goes."""
    return _("Planned for {day}, {hours}, by the clock of {zone}.").format(
        day=date_format(line.planned_on, "D j M Y"), hours=hours_of(line), zone=line.time_zone
    )


def window_in_words(line: SessionLine, at: Instant) -> str:
    """The window of a session that still waits, as time left where it counts down.

    Missing: empty where the session can be held on no other day.
    """
    found = _standing(line, at)
    closes = moment_of(line.window.closes_at.at, line.time_zone)
    if found is None:
        return ""
    if found is Standing.CLOSED:
        return _("Its window closed {moment}.").format(moment=closes)
    if line.kind is not SessionKind.INTEGRATION:
        # A window of whole days closes at the midnight its last day ends with.
        last = line.window.closes_at.minus(Span.seconds(1)).day_in(line.time_zone)
        is_that_day = last == line.time.closes_at.day_in(line.time_zone)
        return "" if is_that_day else _("Until the end of {day}.").format(day=date_format(last, "D j M"))
    if found is Standing.AHEAD:
        return _("Window until {moment}.").format(moment=closes)
    left = span_in_words(line.window.time_left(at))
    return _("Window closes in {left}, {moment}.").format(left=left, moment=closes)


def acts_on(act: Acting, line: SessionLine, at: Instant) -> tuple[Act, ...]:
    """What the reader may do to one session now."""
    may = act.standing.permits
    found = []
    is_due = at >= line.time.opens_at
    if line.kind is SessionKind.DOSE and may(Permission.SEE_ORDERS) and line.is_waiting:
        found.append(Act(_("The order"), reverse("orders:propose", args=[line.id])))
    if line.kind is SessionKind.INTEGRATION and may(Permission.WRITE_NOTES):
        if is_due and line.state in (*_OPEN, SessionState.UNDER_WAY, SessionState.HELD):
            words = _("Write the note") if line.ended_at is None else _("The note")
            found.append(Act(words, reverse("integration:write", args=[line.id])))
    elif (
        line.kind is not SessionKind.DOSE and may(Permission.KEEP_SESSIONS) and is_due and line.state in _OPEN
    ):
        found.append(Act(_("Held"), reverse("plans:hold", args=[line.id])))
    if line.is_waiting and may(Permission.MOVE_SESSIONS):
        found.append(Act(_("Move"), reverse("plans:move", args=[line.id])))
    if line.is_waiting and may(Permission.KEEP_SESSIONS) and is_due:
        found.append(Act(_("Missed"), reverse("plans:miss", args=[line.id])))
    return tuple(found)


def span_in_words(span: Span) -> str:
    """A time left, to the minute below two days."""
    minutes = int(span.on_the_clock() / timedelta(minutes=1))
    days, hours = minutes // 1440, minutes // 60
    if days >= 2:
        return ngettext("{n} day", "{n} days", days).format(n=days)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes % 60)
    return _("{minutes} min").format(minutes=minutes)
