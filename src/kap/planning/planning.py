"""Lays a protocol over days: each session after what it waits for, in elapsed time, as the clocks go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from kap.planning.plan import Changes, Plan, PlannedEvent
from kap.planning.waiting import Bound, bounds, clocks_between, end_of_the_one_before
from kap.protocols.definition import DaysAround, OnDay, Protocol, Session, WithinDose
from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant, Window
from kap.vocabulary.planned import PlannedTime
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.zones import zone as rules_of_zone

_FIRST_START, _LAST_START = date(1970, 1, 1), date(2199, 12, 31)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Laid:
    """Where the protocol and what it waits for put a session, and why not where it is written."""

    begins_at: Instant
    reasons: tuple[Sentence, ...]


def plan(protocol: Protocol, start_on: date, zone: str, changes: Changes | None = None) -> Plan:
    """Makes a client's plan, or makes it again after changes.

    Raises: InputError for an unknown zone, or a start outside the years a clinic plans in.
    """
    rules_of_zone(zone)
    if not _FIRST_START <= start_on <= _LAST_START:
        raise InputError(
            f"A plan cannot start on {start_on}: give a day from {_FIRST_START} to {_LAST_START}."
        )
    made = Plan(protocol=protocol, start_on=start_on, zone=zone, changes=changes or Changes(), events=())
    for session in protocol.sessions:
        made = replace(made, events=(*made.events, _event(session, made)))
    return made


def window_of(session: Session, so_far: Plan) -> Window:
    """Between which moments a session may lie, from begin to end."""
    return _window(session, _laid(session, so_far).begins_at, so_far)


def _event(session: Session, so_far: Plan) -> PlannedEvent:
    laid = _laid(session, so_far)
    window = _window(session, laid.begins_at, so_far)
    if held := so_far.changes.held.get(session.id):
        return PlannedEvent(session, held, window)
    wish = so_far.changes.moved.get(session.id)
    # A move is kept as long as it can be: once what it waits for has moved beyond it, the protocol counts.
    if wish and _fits(Window.lasting(session.timing.length, wish.instant), window, session, so_far):
        laid = _Laid(wish.instant, (wish.reason,) if wish.reason else ())
    return PlannedEvent(session, Window.lasting(session.timing.length, laid.begins_at), window, laid.reasons)


def _fits(time: Window, window: Window, session: Session, so_far: Plan) -> bool:
    return (
        window.opens_at <= time.opens_at
        and time.closes_at <= window.closes_at
        and all(before.at <= time.opens_at for before in end_of_the_one_before(session, so_far))
    )


def _laid(session: Session, so_far: Plan) -> _Laid:
    waits = [*bounds(session, so_far), *end_of_the_one_before(session, so_far)]
    last = max(waits, key=lambda wait: wait.at, default=None)
    when = session.timing.when
    if isinstance(when, OnDay):
        return _laid_on_its_day(when, last, so_far)
    begins_at = so_far.event(when.session).time.closes_at.plus(when.by)
    return _by_day(max(begins_at, last.at) if last else begins_at, session, so_far)


def _by_day(begins_at: Instant, session: Session, so_far: Plan) -> _Laid:
    """Integration that would begin at night waits for the morning, as long as its window stays open."""
    there, night, window = begins_at.in_zone(so_far.zone), so_far.protocol.night, session.timing.window
    if not isinstance(window, WithinDose) or not night.holds(there.time()):
        return _Laid(begins_at, ())
    day = there.date() if there.time() < night.ends else _days_after(there.date(), 1)
    morning = PlannedTime(day, night.ends, so_far.zone).instant
    closes_at = so_far.event(window.dose).time.opens_at.plus(window.limit.amount)
    if morning.plus(session.timing.length) > closes_at:
        return _Laid(begins_at, ())
    return _Laid(
        morning, (sentence("Waits for the morning: {begins} is at night.", begins=there.strftime("%H:%M")),)
    )


def _laid_on_its_day(when: OnDay, last: Bound | None, so_far: Plan) -> _Laid:
    written = PlannedTime(_days_after(so_far.start_on, when.day - 1), when.at, so_far.zone)
    if last is None or last.at <= written.instant:
        return _Laid(written.instant, (written.reason,) if written.reason else ())
    planned = _put_off(written, last.at, so_far)
    begins_at = max(planned.instant, last.at)
    starts = begins_at.in_zone(so_far.zone)
    if planned.on == written.on:
        late = sentence(
            "Starts at {starts}, not at {planned}: {why}",
            starts=starts.strftime("%H:%M"), planned=written.at.strftime("%H:%M"), why=last.why,
        )  # fmt: skip
    else:
        late = sentence(
            "Put off from {planned} to {starts}: {why}",
            starts=starts.date(), planned=written.on, why=last.why,
        )  # fmt: skip
    clocks = clocks_between(last.since, written.instant, so_far.zone) if last.since else None
    return _Laid(begins_at, (late, clocks) if clocks else (late,))


def _put_off(written: PlannedTime, until: Instant, so_far: Plan) -> PlannedTime:
    """The same hour of the first day on which a session begins no later than it may be put off."""
    planned = replace(written, on=max(written.on, until.day_in(written.zone)))
    latest = planned.instant.plus(so_far.protocol.put_off.amount)
    return planned if until <= latest else replace(planned, on=planned.on + _DAY)


def _window(session: Session, begins_at: Instant, so_far: Plan) -> Window:
    rule, ends_at = session.timing.window, begins_at.plus(session.timing.length)
    waits = [wait.at for wait in bounds(session, so_far)]
    if isinstance(rule, DaysAround):
        opens_at = _midnight(_days_after(begins_at.day_in(so_far.zone), -rule.before), so_far.zone)
        closes_at = _midnight(_days_after(ends_at.day_in(so_far.zone), rule.after + 1), so_far.zone)
        return Window(max([opens_at, *waits]), closes_at)
    dose = so_far.event(rule.dose).time
    closes_at = dose.opens_at.plus(rule.limit.amount)
    # A dose that took longer than its window leaves at least the session's own length of it.
    return Window(min(max([dose.closes_at, *waits]), closes_at.minus(session.timing.length)), closes_at)


def _midnight(day: date, zone: str) -> Instant:
    return PlannedTime(day, time(0), zone).instant


def _days_after(day: date, count: int) -> date:
    return day + timedelta(days=count)
