"""A dosing session as its timeline tells it: where it stands, what was checked, given, read and noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID

from kap.monitoring.alarms import Level, Sign
from kap.monitoring.vitals import Channel, Vitals
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Mass
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.sentences import Sentence
from kap.vocabulary.spans import Span


class Phase(Enum):
    """Where a session stands, in the order it goes through."""

    ARRIVED = "arrived"
    TIMED_OUT = "timed-out"
    DOSED = "dosed"
    RECOVERY = "recovery"
    LEFT = "left"


class Left(Enum):
    """How a person left the session."""

    HOME = "home"
    LODGING = "lodging"
    UNDOSED = "undosed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one item, when, and by whom."""

    value: str
    at: Instant
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One dose: what, how much, by which route, over how long, under which order.

    Missing: `over` is None for a dose that is given all at once.
    """

    order: UUID
    drug: Drug
    amount: Mass
    route: Route
    over: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """A dose that was given, by whom and with whom, and how it ended.

    Missing: `ended_at` is None while it runs; `why_stopped` is empty unless somebody stopped it.
    """

    id: UUID
    given: Given
    began_at: Instant
    people: tuple[str, ...]
    ended_at: Instant | None = None
    amount_in: Mass | None = None
    why_stopped: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that was noticed or done: its word from the list, when, by whom, and more words if any."""

    id: UUID
    what: str
    at: Instant
    by: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """An alarm as it was called out, and the person who took it.

    Missing: `taken_at` is None until somebody has.
    """

    id: UUID
    sign: Sign
    level: Level
    at: Instant
    reason: str
    taken_at: Instant | None = None
    taken_by: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """When and how a person left, and with whom."""

    at: Instant
    how: Left
    companion: str
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session as it stands; everything in the order it happened.

    Shape: `began` holds the moment each phase was reached; `checklist` the newest answer to each item.
    Missing: an item nobody answered is not in the checklist; `leaving` is None until the person left.
    """

    began: Mapping[Phase, Instant]
    checklist: Mapping[str, Answer] = field(default_factory=dict)
    doses: tuple[Dose, ...] = ()
    readings: tuple[Vitals, ...] = ()
    events: tuple[Event, ...] = ()
    alarms: tuple[Called, ...] = ()
    leaving: Leaving | None = None

    @property
    def phase(self) -> Phase:
        """Where it stands."""
        return max(self.began, key=list(Phase).index)

    @property
    def running(self) -> Dose | None:
        """The dose that runs now; None where none does."""
        return next((dose for dose in self.doses if dose.ended_at is None), None)

    @property
    def open_alarms(self) -> tuple[Called, ...]:
        """The alarms nobody has taken yet."""
        return tuple(alarm for alarm in self.alarms if alarm.taken_at is None)

    def newest(self, *channels: Channel) -> Vitals | None:
        """The newest reading that holds all of these channels."""
        whole = (one for one in reversed(self.readings) if all(c in one.numbers for c in channels))
        return next(whole, None)

    def first(self, *channels: Channel) -> Vitals | None:
        """The first reading of the session that holds all of these channels."""
        whole = (one for one in self.readings if all(c in one.numbers for c in channels))
        return next(whole, None)


@dataclass(frozen=True, slots=True)
class EventKind:
    """A word for what happens in a room, one tap each."""

    id: str
    name: Sentence


EVENTS: tuple[EventKind, ...] = (
    EventKind("nausea", Sentence("Nausea")),
    EventKind("vomiting", Sentence("Vomiting")),
    EventKind("distress", Sentence("Distress")),
    EventKind("headache", Sentence("Headache")),
    EventKind("toilet", Sentence("Toilet")),
    EventKind("music", Sentence("Music changed")),
    EventKind("light", Sentence("Light changed")),
    EventKind("oxygen", Sentence("Oxygen given")),
    EventKind("words", Sentence("Words spoken")),
    EventKind("note", Sentence("Note")),
)
