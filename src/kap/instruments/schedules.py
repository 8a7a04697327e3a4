"""When forms are asked: rounds of forms anchored to a dose or to the calendar, as declared data.

A round opens, is due and closes; what was answered inside its window is not asked again. How much time a
round takes of the client is known before it is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import pairwise

from kap.instruments.definition import AnsweredBy, Instrument
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.sources import AnySource, UnverifiedSource
from kap.vocabulary.spans import Span
from kap.vocabulary.zones import zone

# A day's round opens, and messages go out, when the client's day has begun.
QUIET_FROM, QUIET_UNTIL = time(21), time(8)
QUIET_SOURCE = UnverifiedSource(
    key="no message to a client from 21:00 to 08:00 where they are, OpenKAP's own default",
    stated_on=date(2026, 11, 21),
)


class Anchor(Enum):
    """What a round is timed by."""

    START = "start"
    BEFORE_DOSE = "before dose"
    AFTER_DOSE = "after dose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How far from its anchor a round opens, is due and closes; before a dose that is counted backward."""

    opens: Span
    due: Span
    closes: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Forms asked together, on one occasion.

    Shape: `on_days` counts local days after the schedule's first day, for rounds anchored to it.
    Missing: `at_most_minutes` is None where nobody set a limit.
    """

    name: str
    forms: tuple[str, ...]
    anchor: Anchor
    opening: Opening
    on_days: tuple[int, ...] = ()
    at_most_minutes: int | None = None
    source: AnySource

    def minutes(self, library: Mapping[str, Instrument]) -> int:
        """How long the client needs for it, by each form's own minutes; ratings take none of theirs."""
        return sum(
            library[form].about.minutes
            for form in self.forms
            if library[form].about.answered_by is AnsweredBy.CLIENT
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A versioned set of rounds."""

    id: str
    version: int
    title: str
    rounds: tuple[Round, ...]
    sources: Mapping[str, AnySource]

    @property
    def key(self) -> str:
        """Its id with its version, as kept beside whoever follows it: `usual@1`."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose that rounds are anchored to: its id, and when it is or was given."""

    id: str
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class DueForm:
    """One form on one occasion: from when it may be answered, by when it should be, and when it is too late.

    Shape: `occasion` is the dose's id, or the local day for a round of the calendar.
    """

    round: str
    form: str
    anchor: Anchor
    occasion: str
    opens_at: Instant
    due_at: Instant
    closes_at: Instant

    def is_open(self, at: Instant) -> bool:
        """Whether it may be answered at a moment."""
        return self.opens_at <= at < self.closes_at

    def is_answered(self, answered_at: Iterable[Instant]) -> bool:
        """Whether one of these answers to the same form was given inside its window."""
        return any(self.is_open(at) for at in answered_at)


def due_forms(schedule: Schedule, starts_on: date, time_zone: str, doses: Iterable[Dose]) -> list[DueForm]:
    """Every form the schedule asks of somebody who started on a local day and has these doses, in order.

    Raises: InputError when there is no such zone.
    """
    given = list(doses)
    found = [form for one in schedule.rounds for form in _forms_of(one, starts_on, time_zone, given)]
    return sorted(found, key=lambda form: (form.opens_at, form.due_at, form.form))


def may_be_messaged(at: Instant, time_zone: str) -> bool:
    """Whether a message may reach a client now: never from 21:00 to 08:00 where they are."""
    clock = at.at.astimezone(zone(time_zone)).time()
    return QUIET_UNTIL <= clock < QUIET_FROM


def next_message_at(at: Instant, time_zone: str) -> Instant:
    """The first moment from now on at which a message may reach a client."""
    if may_be_messaged(at, time_zone):
        return at
    there = at.at.astimezone(zone(time_zone))
    day = there.date() + timedelta(days=1) if there.time() >= QUIET_FROM else there.date()
    return Instant(datetime.combine(day, QUIET_UNTIL, zone(time_zone)))


def overlaps(schedule: Schedule, library: Mapping[str, Instrument]) -> list[Sentence]:
    """Where a form is asked again sooner than the time it asks about, so that neighboring scores overlap."""
    return [
        sentence(
            "{title} is asked every {days} days in '{round}', and asks about {recall}: "
            "neighboring scores speak partly of the same days.",
            title=library[form].about.title,
            days=closest,
            round=one.name,
            recall=library[form].about.recall,
        )
        for one in schedule.rounds
        if (closest := _closest(one)) is not None
        for form in one.forms
        if closest < (library[form].about.recall_days or 0)
    ]


def _closest(one: Round) -> int | None:
    days = sorted(one.on_days)
    return min((later - earlier for earlier, later in pairwise(days)), default=None)


def _forms_of(one: Round, starts_on: date, time_zone: str, doses: list[Dose]) -> Iterator[DueForm]:
    for occasion, (opens_at, due_at, closes_at) in _windows(one, starts_on, time_zone, doses):
        for form in one.forms:
            yield DueForm(
                round=one.name,
                form=form,
                anchor=one.anchor,
                occasion=occasion,
                opens_at=opens_at,
                due_at=due_at,
                closes_at=closes_at,
            )


def _windows(
    one: Round, starts_on: date, time_zone: str, doses: list[Dose]
) -> Iterator[tuple[str, tuple[Instant, Instant, Instant]]]:
    spans = (one.opening.opens, one.opening.due, one.opening.closes)
    if one.anchor is Anchor.START:
        for number in one.on_days:
            day = starts_on + timedelta(days=number)
            morning = Instant(datetime.combine(day, QUIET_UNTIL, zone(time_zone)))
            yield day.isoformat(), _each(morning.plus, spans)
        return
    for dose in doses:
        away = dose.at.minus if one.anchor is Anchor.BEFORE_DOSE else dose.at.plus
        yield dose.id, _each(away, spans)


def _each(
    away: Callable[[Span], Instant], spans: tuple[Span, Span, Span]
) -> tuple[Instant, Instant, Instant]:
    opens, due, closes = spans
    return away(opens), away(due), away(closes)
