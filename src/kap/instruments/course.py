"""A person's course on one scale, as values for a chart: bands, points, gaps, doses, and what a change is.

What is missing stays a gap; no line is drawn across it and no number stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kap.instruments.change import change_between
from kap.instruments.change_rules import Outcome
from kap.instruments.checking import reach_of
from kap.instruments.definition import Direction, Instrument
from kap.instruments.scoring import TOTAL
from kap.vocabulary.bands import Band
from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant
from kap.vocabulary.sources import AnySource


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """One occasion the form was asked for.

    Missing: `number` is None where it was not answered, or too little to score.
    """

    at: Instant
    number: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One scale over time, from its lowest to its highest possible number.

    Shape: points and doses in order of time. Missing: `bands` is empty where none were published.
    """

    scale: str
    lowest: Decimal
    highest: Decimal
    direction: Direction
    bands: tuple[Band, ...]
    points: tuple[CoursePoint, ...]
    doses: tuple[Instant, ...]

    @property
    def runs(self) -> tuple[tuple[CoursePoint, ...], ...]:
        """The stretches without a gap, each drawn as one line."""
        runs: list[list[CoursePoint]] = [[]]
        for point in self.points:
            if point.number is None:
                runs.append([])
            else:
                runs[-1].append(point)
        return tuple(tuple(run) for run in runs if run)

    @property
    def baseline(self) -> CoursePoint | None:
        """What later scores are compared with: the last known before the first dose, else the first known."""
        known = [point for point in self.points if point.number is not None]
        before = [point for point in known if self.doses and point.at < self.doses[0]]
        return before[-1] if before else next(iter(known), None)

    @property
    def newest(self) -> CoursePoint | None:
        """The last known point after the baseline; none while there is nothing to compare."""
        start = self.baseline
        later = [point for point in self.points if point.number is not None and start and point.at > start.at]
        return later[-1] if later else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgment:
    """What one published rule says about the way from the baseline to a later score.

    Missing: `holds` is None where the rule does not speak about such a beginning, or a number is missing.
    """

    rule_set: str
    outcome: Outcome
    holds: bool | None
    source: AnySource


def course(
    definition: Instrument, points: Iterable[CoursePoint], doses: Iterable[Instant], scale: str = TOTAL
) -> Course:
    """One scale of an instrument over time.

    Raises: InputError when the instrument has no such scale.
    """
    found = definition.scoring.scale(scale)
    if found is None:
        raise InputError(f"{definition.key} has no scale {scale!r} to draw.")
    lowest, highest = reach_of(definition, found)
    return Course(
        scale=scale,
        lowest=Decimal(lowest.numerator) / lowest.denominator,
        highest=Decimal(highest.numerator) / highest.denominator,
        direction=definition.about.direction,
        bands=found.bands.bands if found.bands else (),
        points=tuple(sorted(points, key=lambda point: point.at)),
        doses=tuple(sorted(doses)),
    )


def judgments(definition: Instrument, drawn: Course, later: CoursePoint) -> tuple[Judgment, ...]:
    """What every published rule about this scale says of a later point, beside the baseline.

    Missing: empty while there is no baseline, or the point is the baseline itself or lies before it.
    """
    start = drawn.baseline
    if start is None or later.at <= start.at:
        return ()
    return tuple(
        Judgment(
            rule_set=rules.name, outcome=rule.outcome, holds=found.outcomes[rule.outcome], source=rule.source
        )
        for rules in definition.changes
        if rules.scale == drawn.scale
        for found in [change_between(definition, start.number, later.number, rules.name)]
        for rule in rules.rules
    )
