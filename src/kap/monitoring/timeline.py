"""A session replayed from its timeline: each kind of entry, and what it changes.

An entry that arrives late takes its place by when it happened. What was charted wrongly is struck, not
removed: the entry stays, and the state is told without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from kap.histories.entries import Entry
from kap.histories.history import reading_order, told_from
from kap.monitoring.alarms import Level, Sign
from kap.monitoring.session import Answer, Called, Dose, Event, Given, Leaving, Left, Phase, Session
from kap.monitoring.vitals import Channel, Vitals
from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Mass
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.spans import Span
from kap.vocabulary.ucum import quantity_from

ARRIVED, CHECKED, TIMED_OUT = "arrived", "checked", "timed_out"
DOSE_GIVEN, DOSE_ENDED, DOSE_STOPPED, DOSE_HELD = "dose_given", "dose_ended", "dose_stopped", "dose_held"
VITALS_TAKEN, EVENT_NOTED, STRUCK = "vitals_taken", "event_noted", "struck"
ALARM_RAISED, ALARM_TAKEN = "alarm_raised", "alarm_taken"
MOVED_TO_RECOVERY, LEFT = "moved_to_recovery", "left"


def session_from(entries: Iterable[Entry]) -> Session:
    """The session as its entries tell it, in the order things happened; the arrival begins it in any case.

    Raises: InputError when no entry begins it.
    """
    known = tuple(entries)
    struck = {entry.body["entry"] for entry in known if entry.name == STRUCK}
    left = [entry for entry in told_order(known) if str(entry.id) not in struck]
    return told_from(left, state_after, "A session begins with an arrival; none is here.")


def told_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries in the order they are told: as they happened, but an answer never before what it answers.

    Clocks differ: a monitor's may run ahead of the person who takes its alarm, or behind the arrival.
    """
    known = reading_order(entries)
    moments = {str(entry.id): entry.happened_at for entry in known}

    def place(entry: Entry) -> tuple[bool, Instant, bool]:
        body = entry.body
        answered = moments.get(body.get("alarm") or body.get("dose") or "")
        at = entry.happened_at if answered is None else max(entry.happened_at, answered)
        return entry.name != ARRIVED, at, answered is not None

    return tuple(sorted(known, key=place))


def state_after(session: Session | None, entry: Entry) -> Session:
    """The session after one more entry.

    Raises: InputError for an entry before the arrival, a second arrival, or a kind not known here.
    """
    if entry.name == ARRIVED and session is None:
        return Session(began={Phase.ARRIVED: entry.happened_at})
    if session is None or entry.name == ARRIVED:
        raise InputError("A session begins with one arrival, before anything else is done.")
    change = _CHANGES.get(entry.name)
    if change is None:
        raise InputError(f"{entry.kind!r} is nothing that happens in a session.")
    return change(session, entry, entry.body)


Change = Callable[[Session, Entry, dict[str, Any]], Session]


def _checked(session: Session, entry: Entry, body: dict[str, Any]) -> Session:
    answer = Answer(body["answer"], entry.happened_at, entry.by)
    return replace(session, checklist={**session.checklist, body["item"]: answer})


def _timed_out(session: Session, entry: Entry, body: dict[str, Any]) -> Session:
    return _reached(session, Phase.TIMED_OUT, entry.happened_at)


def _given(session: Session, entry: Entry, body: dict[str, Any]) -> Session:
    given = Given(
        order=UUID(body["order"]),
        drug=Drug(body["drug"]),
        amount=_mass(body["amount"]),
        route=Route(body["route"]),
        over=_span(body.get("over")),
    )
    people = (entry.by, body["with"])
    dose = Dose(id=entry.id, given=given, began_at=entry.happened_at, people=people)
    if given.over is None:
        dose = replace(dose, ended_at=entry.happened_at, amount_in=given.amount)
    dosed = replace(session, doses=(*session.doses, dose))
    return _reached(dosed, Phase.DOSED, entry.happened_at)


def _ended(session: Session, entry: Entry, body: dict[str, Any]) -> Session:
    def end(dose: Dose) -> Dose:
        return replace(dose, ended_at=entry.happened_at, amount_in=dose.given.amount)

    return _with_dose(session, UUID(body["dose"]), end)


def _stopped(session: Session, entry: Entry, body: dict[str, Any]) -> Session:
    def stop(dose: Dose) -> Dose:
        return replace(
            dose, ended_at=entry.happened_at, amount_in=_mass(body["amount_in"]), why_stopped=body["why"]
        )

    return _with_dose(session, UUID(body["dose"]), stop)


def _with_dose(session: Session, id: UUID, change: Callable[[Dose], Dose]) -> Session:
    # Of two endings the first stands.
    doses = (change(dose) if dose.id == id and dose.ended_at is None else dose for dose in session.doses)
    return replace(session, doses=tuple(doses))


def _held(session: Session, entry: Entry, body: dict[str, Any]) -> Session:
    return _with_event(session, entry, DOSE_HELD, body["why"])


def _vitals(session: Session, entry: Entry, body: dict[str, Any]) -> Session:
    numbers = {Channel(name): Decimal(number) for name, number in body["numbers"].items()}
    vitals = Vitals(
        entry=entry.id,
        at=entry.happened_at,
        numbers=numbers,
        is_by_voice=body["is_by_voice"],
        came_from=body["came_from"],
    )
    return replace(session, readings=(*session.readings, vitals))


def _noted(session: Session, entry: Entry, body: dict[str, Any]) -> Session:
    return _with_event(session, entry, body["what"], body["words"])


def _struck(session: Session, entry: Entry, body: dict[str, Any]) -> Session:
    return session


def _raised(session: Session, entry: Entry, body: dict[str, Any]) -> Session:
    called = Called(
        id=entry.id,
        sign=Sign(body["sign"]),
        level=Level(body["level"]),
        at=entry.happened_at,
        reason=body["reason"],
    )
    return replace(session, alarms=(*session.alarms, called))


def _taken(session: Session, entry: Entry, body: dict[str, Any]) -> Session:
    def take(alarm: Called) -> Called:
        if alarm.id != UUID(body["alarm"]) or alarm.taken_at is not None:
            return alarm
        return replace(alarm, taken_at=entry.happened_at, taken_by=entry.by, done=body["done"])

    return replace(session, alarms=tuple(take(alarm) for alarm in session.alarms))


def _recovering(session: Session, entry: Entry, body: dict[str, Any]) -> Session:
    return _reached(session, Phase.RECOVERY, entry.happened_at)


def _left(session: Session, entry: Entry, body: dict[str, Any]) -> Session:
    leaving = Leaving(
        at=entry.happened_at,
        how=Left(body["how"]),
        companion=body["companion"],
        by=entry.by,
        why=body["why"],
    )
    gone = session if session.leaving else replace(session, leaving=leaving)
    return _reached(gone, Phase.LEFT, entry.happened_at)


def _with_event(session: Session, entry: Entry, what: str, words: str) -> Session:
    event = Event(id=entry.id, what=what, at=entry.happened_at, by=entry.by, words=words)
    return replace(session, events=(*session.events, event))


def _reached(session: Session, phase: Phase, at: Instant) -> Session:
    return replace(session, began={phase: at, **session.began})


def _mass(text: str) -> Mass:
    read = quantity_from(text)
    assert isinstance(read, Mass)
    return read


def _span(text: str | None) -> Span | None:
    if text is None:
        return None
    read = quantity_from(text)
    assert isinstance(read, Span)
    return read


_CHANGES: dict[str, Change] = {
    CHECKED: _checked,
    TIMED_OUT: _timed_out,
    DOSE_GIVEN: _given,
    DOSE_ENDED: _ended,
    DOSE_STOPPED: _stopped,
    DOSE_HELD: _held,
    VITALS_TAKEN: _vitals,
    EVENT_NOTED: _noted,
    STRUCK: _struck,
    ALARM_RAISED: _raised,
    ALARM_TAKEN: _taken,
    MOVED_TO_RECOVERY: _recovering,
    LEFT: _left,
}
