"""Whether a session may be moved, and the plan that follows: what hangs on it moves with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kap.planning.plan import Plan, PlannedEvent
from kap.planning.planning import plan, window_of
from kap.planning.waiting import bounds, end_of_the_one_before
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant, Window
from kap.vocabulary.planned import PlannedTime
from kap.vocabulary.sentences import Sentence, sentence

_HELD = sentence("This session has begun or been held already: add a correction instead of moving it.")


def moved(made: Plan, session_id: str, to: PlannedTime) -> Plan:
    """The plan with one session moved, and all that hangs on it laid again.

    Raises: Refused with the reason where the session may not lie there; InputError for an unknown session.
    """
    for objection in objections(made, session_id, to):
        raise Refused(objection)
    changes = replace(made.changes, moved={**made.changes.moved, session_id: to})
    return plan(made.protocol, made.start_on, made.zone, changes)


def objections(made: Plan, session_id: str, to: PlannedTime) -> Iterator[Sentence]:
    """Every reason against moving a session there, the one that says most first."""
    session = made.protocol.session(session_id)
    if session_id in made.changes.held or session_id in made.changes.met:
        yield _HELD
        return
    so_far = made.up_to(session_id)
    time = Window.lasting(session.timing.length, to.instant)
    waits = [*bounds(session, so_far), *end_of_the_one_before(session, so_far)]
    for bound in sorted(waits, key=lambda bound: bound.at, reverse=True):
        if time.opens_at < bound.at:
            yield sentence(
                "It cannot begin at {asked}. {why} Choose {earliest} or later.",
                asked=_shown(time.opens_at, made.zone), why=bound.why,
                earliest=_shown(bound.at, made.zone),
            )  # fmt: skip
    window = window_of(session, so_far)
    if time.opens_at < window.opens_at:
        opens = _shown(window.opens_at, made.zone)
        yield sentence("The protocol lets it begin at {opens} at the earliest.", opens=opens)
    if time.closes_at > window.closes_at:
        closes = _shown(window.closes_at, made.zone)
        yield sentence("The protocol wants it to have ended by {closes}.", closes=closes)
    yield from _in_the_way(made, session_id, time)


def _in_the_way(made: Plan, session_id: str, time: Window) -> Iterator[Sentence]:
    """What was held later in the protocol cannot be pushed any more."""
    for event in _after(made, session_id):
        held = made.changes.held.get(event.session.id)
        if held and held.opens_at < time.closes_at:
            yield sentence("“{session}” comes after it and has been held.", session=event.session.title)


def _after(made: Plan, session_id: str) -> tuple[PlannedEvent, ...]:
    return made.events[len(made.up_to(session_id).events) + 1 :]


def _shown(at: Instant, zone: str) -> str:
    return at.in_zone(zone).strftime("%Y-%m-%d %H:%M")
