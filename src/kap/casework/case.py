"""A case as it stands: its kind, its clock, who owns it, what was tried, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass

from kap.casework.kind import CaseKind
from kap.casework.safety import ACKNOWLEDGED
from kap.vocabulary.moments import Instant, Window
from kap.vocabulary.spans import Span

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to get an answer: when, by whom, and how it went."""

    at: Instant
    by: str
    how: str


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was noted as done: when, by whom, what (an id of the kind), and in which words."""

    at: Instant
    by: str
    what: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How a case ended: the outcome, who said so (and in which capacity), and who recorded it."""

    at: Instant
    by: str
    outcome: str
    said_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Something that waits for a person until a person closes it.

    Shape: `clock` opens when the case was opened, or last raised, and closes when it is due.
    """

    kind: CaseKind
    clock: Window
    owner: str
    attempts: tuple[Attempt, ...] = ()
    notes: tuple[Note, ...] = ()
    closing: Closing | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.closing is None

    @property
    def acknowledged_at(self) -> Instant | None:
        """When somebody took it.

        Missing: None while nobody has, since it was opened or last raised.
        """
        taken = (one.at for one in self.notes if one.what == ACKNOWLEDGED and one.at >= self.clock.opens_at)
        return min(taken, default=None)

    def has_noted(self, what: str) -> bool:
        """Whether this was noted as done, before or after the case was raised."""
        return any(one.what == what for one in self.notes)

    def is_late(self, at: Instant) -> bool:
        """Whether it still waits after it was due."""
        return self.is_open and at >= self.clock.closes_at

    def time_left(self, at: Instant) -> Span:
        """How long until it is due; none once it is late."""
        return self.clock.time_left(at)

    def percent_gone(self, at: Instant) -> int:
        """The part of its time that has gone, rounded down, so that 100 means late."""
        whole = self.clock.length.on_the_clock()
        left = self.time_left(at).on_the_clock()
        return min(_WHOLE, max(0, (whole - left) * _WHOLE // whole))

    def risen_to(self, at: Instant) -> str | None:
        """The role that must know by now.

        Missing: None while the case is in time, or closed.
        """
        if not self.is_late(at):
            return None
        late_for = at.since(self.clock.closes_at)
        reached = [rung.role for rung in self.kind.ladder if rung.late_for <= late_for]
        return reached[-1] if reached else None
