"""What the planning tables share: the five days in Denver, and how a moment is written there."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from kap.histories.acts import Act
from kap.planning.plan import Plan
from kap.planning.planning import plan
from kap.protocols.shelf import protocol
from kap.vocabulary.moments import Instant
from kap.vocabulary.planned import PlannedTime

DENVER = "America/Denver"
JUNE = date(2026, 6, 1)


def five_days(start: date = JUNE, zone: str = DENVER) -> Plan:
    """The five-day retreat from a first day, as nothing has happened yet."""
    return plan(protocol("intensive-5-day"), start, zone)


def shown(made: Plan, session: str) -> str:
    """When a session begins, as the wall there shows it."""
    return made.event(session).time.opens_at.in_zone(made.zone).strftime("%m-%d %H:%M")


def there(text: str, zone: str = DENVER) -> PlannedTime:
    """A time as it is written in the tables, MM-DD HH:MM, in June's year."""
    day, _, hour = text.partition(" ")
    return PlannedTime(date.fromisoformat(f"2026-{day}"), time.fromisoformat(hour), zone)


def done(number: int, at: Instant, by: str = "nurse") -> Act:
    """An act of this number, written down as it happened."""
    return Act(id=UUID(int=number), happened_at=at, recorded_at=at, by=by)
