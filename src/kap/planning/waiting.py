"""What a session of a plan waits for: the end of what it needs, and the time that must lie between doses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from kap.planning.plan import Plan, PlannedEvent
from kap.protocols.definition import Session, SessionKind
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.spans import Span


@dataclass(frozen=True, slots=True)
class Bound:
    """A moment before which a session cannot begin, and why in words.

    Missing: `since` is the moment elapsed hours are counted from; None where nothing is counted.
    """

    at: Instant
    why: Sentence
    since: Instant | None = None


def bounds(session: Session, so_far: Plan) -> Iterator[Bound]:
    """What one session must wait for by the protocol.

    Missing: a session that is met waits for nothing, and nothing waits for it.
    """
    for earlier in _waiting(session, so_far):
        if earlier.session.id in session.needs:
            yield _end_of(earlier, so_far.zone)
        if session.kind is earlier.session.kind is SessionKind.DOSE:
            yield _spacing_after(earlier, so_far)


def end_of_the_one_before(session: Session, so_far: Plan) -> Iterator[Bound]:
    """The end of whatever the client is in before it: nobody can be in two sessions at once."""
    waiting = list(_waiting(session, so_far))
    if waiting:
        yield _end_of(max(waiting, key=lambda event: event.time.closes_at), so_far.zone)


def clocks_between(earlier: Instant, later: Instant, zone: str) -> Sentence | None:
    """Says that the clocks skip an hour between two moments; None where they do not."""
    before, after = earlier.in_zone(zone).utcoffset(), later.in_zone(zone).utcoffset()
    skipped = (after or timedelta(0)) - (before or timedelta(0))
    if skipped <= timedelta(0):
        return None
    minutes = Span.minutes(skipped // timedelta(minutes=1))
    return sentence("The clocks skip {skipped} in between.", skipped=minutes)


def _waiting(session: Session, so_far: Plan) -> Iterator[PlannedEvent]:
    changes, events = so_far.changes, so_far.events
    if session.id in changes.met:
        return
    # What was passed over when a later session was held keeps nobody waiting any more.
    held = [place for place, event in enumerate(events) if event.session.id in changes.held]
    reached = held[-1] if held else 0
    for place, event in enumerate(events):
        if event.session.id not in changes.met and (place >= reached or event.session.id in changes.held):
            yield event


def _end_of(event: PlannedEvent, zone: str) -> Bound:
    ends_at = event.time.closes_at
    ends = ends_at.in_zone(zone).strftime("%Y-%m-%d %H:%M")
    return Bound(ends_at, sentence("“{session}” ends at {ends}.", session=event.session.title, ends=ends))


def _spacing_after(dose: PlannedEvent, so_far: Plan) -> Bound:
    spacing = so_far.protocol.doses.spacing.amount
    why = sentence(
        "{spacing} must pass after the start of “{dose}”.", spacing=spacing, dose=dose.session.title
    )
    return Bound(dose.time.opens_at.plus(spacing), why, since=dose.time.opens_at)
