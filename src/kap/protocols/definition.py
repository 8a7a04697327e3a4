"""What a protocol is made of; every number in it carries its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import Generic, TypeVar

from kap.vocabulary.errors import InputError
from kap.vocabulary.quantities import DosePerWeight
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.sources import AnySource
from kap.vocabulary.spans import Span

Amount = TypeVar("Amount", bound=Quantity)


class SessionKind(Enum):
    """What a session is for; the list is closed, and later versions only add to it."""

    SCREENING = "screening"
    PREPARATION = "preparation"
    DOSE = "dose"
    INTEGRATION = "integration"
    REST = "rest"
    PRACTICE = "practice"
    DISCHARGE = "discharge"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True)
class Rule(Generic[Amount]):
    """One number of a protocol, with its unit and where it comes from."""

    amount: Amount
    source: AnySource


@dataclass(frozen=True, slots=True)
class OnDay:
    """A session that has a day and an hour of its own; day 1 is the day the protocol starts."""

    day: int
    at: time


@dataclass(frozen=True, slots=True)
class After:
    """A session that begins so long after another has ended, whatever the clock then shows."""

    session: str
    by: Span


@dataclass(frozen=True, slots=True)
class DaysAround:
    """A session may be held so many calendar days before or after the day it is planned on."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class WithinDose:
    """A session must have ended within a time that counts from the start of a dose."""

    dose: str
    limit: Rule[Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a session is held, how long it takes, and between which moments it may lie."""

    when: OnDay | After
    length: Span
    window: DaysAround | WithinDose


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One meeting of a protocol: what it is for, when it is, and what must have been held before it."""

    id: str
    kind: SessionKind
    phase: str
    title: str
    timing: Timing
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a protocol with a name people use."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRules:
    """How the doses of a protocol begin, how fast they are given, and how far apart they must lie.

    Units: `spacing` counts elapsed hours from the start of one dose to the start of the next.
    Shape: `usual_spacing` is what others keep; a protocol below it says so wherever it is shown.
    """

    start: Rule[DosePerWeight]
    over: Rule[Span]
    spacing: Rule[Span]
    usual_spacing: Rule[Span]

    @property
    def are_below_usual_spacing(self) -> bool:
        """Whether doses may lie closer together than is usual."""
        return self.spacing.amount < self.usual_spacing.amount


@dataclass(frozen=True, slots=True)
class Night:
    """The hours in which no integration begins, across a midnight; the morning begins at `ends`."""

    begins: time
    ends: time
    source: AnySource

    def holds(self, hour: time) -> bool:
        """Whether the clock shows a time of the night."""
        return hour >= self.begins or hour < self.ends

    def __str__(self) -> str:
        """Reads as `21:00 to 08:00`."""
        return f"{self.begins:%H:%M} to {self.ends:%H:%M}"


@dataclass(frozen=True, slots=True)
class MeasureAt:
    """An instrument and the sessions it is answered at."""

    instrument: str
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a protocol is, in words, and what it gives by which routes."""

    title: str
    describes: str
    effective_on: date
    drug: Drug
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """A treatment written down, in one version.

    Shape: `sessions` stand in the order they are held; `put_off` is how much later than planned a session may
    still begin on its day before it waits for the same hour of the next; in the `night` integration waits.
    """

    id: str
    version: int
    about: About
    phases: tuple[Phase, ...]
    sessions: tuple[Session, ...]
    doses: DoseRules
    put_off: Rule[Span]
    night: Night
    measures: tuple[MeasureAt, ...]
    sources: Mapping[str, AnySource]

    @property
    def key(self) -> str:
        """Its id and version, as a plan keeps it."""
        return f"{self.id}@{self.version}"

    @property
    def dose_sessions(self) -> tuple[Session, ...]:
        """The sessions in which a dose is given."""
        return tuple(session for session in self.sessions if session.kind is SessionKind.DOSE)

    def session(self, session_id: str) -> Session:
        """One session by its id.

        Raises: InputError when there is none.
        """
        for session in self.sessions:
            if session.id == session_id:
                return session
        raise InputError(
            f"{self.id} has no session {session_id[:40]!r}: give one of "
            f"{', '.join(session.id for session in self.sessions)}."
        )

    def phase(self, phase_id: str) -> Phase:
        """One phase by its id."""
        return next(phase for phase in self.phases if phase.id == phase_id)
