"""When something happened and how long something stays open; time is always handed in, never looked up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from kap.vocabulary.errors import InputError
from kap.vocabulary.spans import Span
from kap.vocabulary.zones import zone


@dataclass(frozen=True, slots=True, order=True)
class Instant:
    """A moment that is the same everywhere, held in UTC.

    Raises: InputError when the given time has no zone.
    """

    at: datetime

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise InputError("A time without a zone is not a moment: give one with its offset.")
        object.__setattr__(self, "at", self.at.astimezone(UTC))

    @classmethod
    def parse(cls, text: str) -> Instant:
        """Reads an ISO 8601 time with its offset.

        Raises: InputError when it cannot be read or has no offset.
        """
        try:
            return cls(datetime.fromisoformat(text))
        except ValueError as wrong:
            raise InputError(f"{text!r} is not a time: write one like 2026-11-21T17:27:00-07:00.") from wrong

    def plus(self, span: Span) -> Instant:
        """The moment that much later.

        Raises: InputError when it lies beyond the calendar.
        """
        try:
            return Instant(self.at + span.on_the_clock())
        except OverflowError as wrong:
            raise InputError("The moment lies beyond the calendar: check the span.") from wrong

    def minus(self, span: Span) -> Instant:
        """The moment that much earlier.

        Raises: InputError when it lies before the calendar.
        """
        try:
            return Instant(self.at - span.on_the_clock())
        except OverflowError as wrong:
            raise InputError("The moment lies before the calendar: check the span.") from wrong

    def since(self, earlier: Instant) -> Span:
        """How long ago the earlier moment was.

        Raises: InputError when it was not earlier.
        """
        return Span.between(self.at - earlier.at)

    def in_zone(self, name: str) -> datetime:
        """What the clock on the wall showed there."""
        return self.at.astimezone(zone(name))

    def day_in(self, name: str) -> date:
        """What the calendar on the wall showed there."""
        return self.in_zone(name).date()

    def __str__(self) -> str:
        """Reads as ISO 8601 with its offset."""
        return self.at.isoformat()


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time: open from the instant it opens, closed from the instant it closes.

    Two windows that only touch do not overlap, and every moment belongs to exactly one of them.
    Raises: InputError when it would close before it has been open at all.
    """

    opens_at: Instant
    closes_at: Instant

    def __post_init__(self) -> None:
        if self.closes_at <= self.opens_at:
            raise InputError("A window must close after it opens: check both times.")

    @classmethod
    def lasting(cls, span: Span, opens_at: Instant) -> Window:
        """A window of this length."""
        return cls(opens_at, opens_at.plus(span))

    @property
    def length(self) -> Span:
        """How long it is open."""
        return self.closes_at.since(self.opens_at)

    def contains(self, at: Instant) -> bool:
        """Whether it is open at this moment."""
        return self.opens_at <= at < self.closes_at

    def overlaps(self, other: Window) -> bool:
        """Whether there is a moment at which both are open."""
        return self.opens_at < other.closes_at and other.opens_at < self.closes_at

    def time_left(self, at: Instant) -> Span:
        """How long until it closes; none once it has closed."""
        return self.closes_at.since(at) if at < self.closes_at else Span.seconds(0)

    def time_until_open(self, at: Instant) -> Span:
        """How long until it opens; none once it has opened."""
        return self.opens_at.since(at) if at < self.opens_at else Span.seconds(0)
