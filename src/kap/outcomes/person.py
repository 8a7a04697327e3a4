"""One person's way on one scale, dose by dose, and whether it counts as a response."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from kap.instruments.change_rules import Outcome
from kap.instruments.course import Course, CoursePoint, Judgment, judgments
from kap.instruments.definition import Instrument
from kap.vocabulary.moments import Instant

ANSWERED = (Outcome.RESPONSE, Outcome.REMISSION)


@dataclass(frozen=True, slots=True)
class AroundDose:
    """One dose and the scores around it.

    Missing: `before` is None where nothing was scored before it; `after` where nothing was scored between it
    and the next dose. A missing score is never the one before it again.
    """

    dose_at: Instant
    before: CoursePoint | None
    after: CoursePoint | None


def around_doses(drawn: Course) -> tuple[AroundDose, ...]:
    """Every dose with the last score before it, and the first between it and the next dose."""
    known = [point for point in drawn.points if point.number is not None]
    return tuple(
        AroundDose(
            dose,
            next((point for point in reversed(known) if point.at <= dose), None),
            next(
                (point for point in known if dose < point.at and (later is None or point.at <= later)), None
            ),
        )
        for dose, later in zip_longest(drawn.doses, drawn.doses[1:])
    )


def answers(definition: Instrument, drawn: Course) -> tuple[Judgment, ...]:
    """What each published rule says of response and remission, from the baseline to the newest score.

    Missing: empty where there are not two scores to compare, or no rule was published.
    """
    newest = drawn.newest
    if newest is None:
        return ()
    return tuple(one for one in judgments(definition, drawn, newest) if one.outcome in ANSWERED)
