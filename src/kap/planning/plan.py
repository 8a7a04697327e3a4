"""A plan as it stands: events with their times, their windows and the reasons they lie where they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kap.protocols.definition import Protocol, Session
from kap.vocabulary.moments import Window
from kap.vocabulary.planned import PlannedTime
from kap.vocabulary.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What reality did to a plan: sessions moved, sessions held (from when to when), sessions already met.

    Shape: a session that is met needs not be held any more; nothing waits for it.
    """

    moved: Mapping[str, PlannedTime] = field(default_factory=dict)
    held: Mapping[str, Window] = field(default_factory=dict)
    met: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """One session on the calendar: from when to when, between which moments it may lie, and why there."""

    session: Session
    time: Window
    window: Window
    reasons: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A protocol laid over days in one zone; day 1 is `start_on`.

    Shape: `events` stand in the order of the protocol's sessions.
    """

    protocol: Protocol
    start_on: date
    zone: str
    changes: Changes
    events: tuple[PlannedEvent, ...]

    def event(self, session_id: str) -> PlannedEvent:
        """The event of one session.

        Raises: InputError when the protocol has no such session.
        """
        session = self.protocol.session(session_id)
        return next(event for event in self.events if event.session is session)

    def day_of(self, event: PlannedEvent) -> int:
        """Which day of the protocol it begins on there; the day before day 1 is 0."""
        return (event.time.opens_at.day_in(self.zone) - self.start_on).days + 1

    def up_to(self, session_id: str) -> Plan:
        """The plan with only what stands before one session.

        Raises: InputError when the protocol has no such session.
        """
        last = self.protocol.sessions.index(self.protocol.session(session_id))
        return replace(self, events=self.events[:last])
