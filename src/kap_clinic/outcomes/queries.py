"""One person's outcome put together from plans and measures; run inside ``acting()``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kap.instruments.course import Course, Judgment
from kap.instruments.definition import Instrument
from kap.instruments.scoring import TOTAL
from kap.instruments.shelf import instrument
from kap.integration.adherence import Adherence, adherence
from kap.integration.windows import packaged_windows
from kap.outcomes.person import AroundDose, answers, around_doses
from kap.protocols.definition import SessionKind
from kap.vocabulary.moments import Instant
from kap_clinic.database.door import Acting
from kap_clinic.measures import asked
from kap_clinic.measures import queries as measures
from kap_clinic.measures.course_shown import course_of
from kap_clinic.plans import queries as plans
from kap_clinic.plans.queries import SessionLine

SHOWN = ("phq9", "gad7")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One instrument's way from before the first dose to now, and what the published rules say of it.

    Missing: ``course`` is None until something was scored; ``answers`` is empty until there is something to
    compare.
    """

    definition: Instrument
    course: Course | None
    around: tuple[AroundDose, ...]
    answers: tuple[Judgment, ...]
    missed: int


@dataclass(frozen=True, kw_only=True)
class PersonOutcome:
    """What is known of one person's outcome.

    Shape: ``doses`` are those that were begun, in time.
    """

    doses: tuple[SessionLine, ...]
    integrated: Adherence
    outcomes: Mapping[str, Outcome]


def outcome_of(act: Acting, person: UUID, at: Instant) -> PersonOutcome:
    """Return one person's outcome.

    Raises: Refused without access to the chart.
    """
    lines = plans.sessions_of(act, person)
    doses = tuple(line for line in lines if line.kind is SessionKind.DOSE and line.began_at)
    given = [line.began_at for line in doses if line.began_at]
    held = [line.began_at for line in lines if line.kind is SessionKind.INTEGRATION and line.began_at]
    return PersonOutcome(
        doses=doses,
        integrated=adherence(_instants(given), _instants(held), packaged_windows(), at),
        outcomes={name: _outcome(act, person, name, given) for name in SHOWN},
    )


def _outcome(act: Acting, person: UUID, name: str, given: list[datetime]) -> Outcome:
    definition = instrument(name)
    points, missed = measures.scores_of(act, person, name), asked.missed_of(act, person, name)
    drawn = course_of(definition, TOTAL, points, missed, given) if points else None
    return Outcome(
        definition=definition,
        course=drawn,
        around=around_doses(drawn) if drawn else (),
        answers=answers(definition, drawn) if drawn else (),
        missed=len(missed),
    )


def _instants(moments: list[datetime]) -> list[Instant]:
    return [Instant(at) for at in moments]
