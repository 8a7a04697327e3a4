"""Blood pressure at screening: the newest day's readings, both numbers of one reading, the stricter of them.

Counts: whole readings of the newest day on which any was taken, if that day is recent. Of several readings
of that day the one with the worse answer counts. Half a reading says nothing by itself; where its one
number reaches a line, or a reading is doubtful, an ordinary reading beside it does not clear it. A reading
at the stop line is answered by measuring again: a lower reading later the same day ends the stop, and what
is left is a hold. A diagnosis of hypertension says nothing here, the reading decides; a hypertensive crisis
stops until a later day's reading.
"""

from __future__ import annotations

from dataclasses import dataclass

from kap.screening.answers import PRIMARY_CARE, Answers
from kap.screening.known import Known, not_recorded
from kap.screening.limits import Ground, Limit, Limits, Line, Scale
from kap.screening.rule import Rule
from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.facts import Course, Fact
from kap.vocabulary.findings import Finding, Verdict
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence

_SAYS = Answers("blood-pressure")
_READING, _CRISIS = "blood-pressure", ("hypertensive-crisis",)
_MISSING = (not_recorded(_READING),)

_NONE = sentence("No blood pressure is recorded on a known day.")
_OLD = sentence("The newest blood pressure is too old.")
_HALF = sentence("The newest blood pressure lacks one of its two numbers, or is marked as doubtful.")
_IN_CRISIS = sentence("A hypertensive crisis is recorded, and no later day's reading says that it is over.")
_CRISIS_DOUBTED = sentence("A hypertensive crisis is recorded and not confirmed.")
_MEASURE = sentence("Both numbers of a new reading.")
_MEASURE_LOWER = sentence("A lower reading; after a hold, also primary care's clearance.")
_CLEAR_HOLD = sentence("Primary care's clearance, or lower readings on a later day.")
_HIGHER = sentence("A higher reading.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BloodPressureLimits(Limits):
    """Where caution, hold and stop begin on each number, and how old a reading may be."""

    systolic: Scale
    diastolic: Scale
    reading_counts: Limit
    crisis: Ground


@dataclass(frozen=True, slots=True)
class _Judged:
    """One whole reading and the worse of its two lines."""

    fact: Fact
    line: Line | None

    @property
    def severity(self) -> int:
        return self.line.verdict.severity if self.line else 0


def blood_pressure(known: Known, limits: BloodPressureLimits) -> Finding:
    """Cautions, holds or stops for the day by the stricter reading of the newest day."""
    readings = known.measured(_READING)
    if crises := _unanswered(known.recorded(_CRISIS, Course.ACTIVE), readings):
        return _SAYS.stop_today(_IN_CRISIS, crises, limits.crisis.source, _MEASURE_LOWER, is_remeasured=True)
    if doubts := _unanswered(known.doubted(_CRISIS, Course.ACTIVE), readings):
        return _SAYS.unknown(_CRISIS_DOUBTED, doubts, limits.unanswered.source, _MEASURE, is_remeasured=True)
    counts = limits.reading_counts.source
    if not readings:
        return _SAYS.unknown(_NONE, _MISSING, counts, _MEASURE, is_remeasured=True)
    if not known.is_fresh(readings[0], limits.reading_counts):
        return _SAYS.unknown(_OLD, readings, counts, _MEASURE, is_remeasured=True)
    judged = [one for fact in readings if (one := _judged(fact, limits))]
    if not judged or (_may_be_worse(readings, limits) and _is_milder_than_unknown(judged)):
        return _SAYS.unknown(_HALF, readings, limits.unanswered.source, _MEASURE, is_remeasured=True)
    return _decided(judged, limits)


def _decided(judged: list[_Judged], limits: BloodPressureLimits) -> Finding:
    worst = max(judged, key=lambda one: one.severity)
    shown, line = (worst.fact,), worst.line
    reading = worst.fact.value
    if line is None:
        reason = sentence("The blood pressure is {reading} mmHg.", reading=reading)
        return _SAYS.proceed(reason, shown, limits.systolic.bands.source, _HIGHER)
    if line.verdict is Verdict.CAUTION:
        reason = sentence("The blood pressure is {reading} mmHg: raised, so it is watched.", reading=reading)
        return _SAYS.caution(reason, shown, line.source, _HIGHER)
    if line.verdict is Verdict.HOLD:
        reason = sentence("The blood pressure is {reading} mmHg: too high to begin.", reading=reading)
        return _SAYS.hold(PRIMARY_CARE, reason, shown, line.source, _CLEAR_HOLD)
    lower = [one for one in judged if one.severity < worst.severity]
    if later := [one for one in lower if _is_after_all(one.fact, judged, worst.severity)]:
        reason = sentence(
            "The blood pressure was {reading} mmHg and fell to {later} mmHg the same day.",
            reading=worst.fact.value,
            later=later[-1].fact.value,
        )
        return _SAYS.hold(PRIMARY_CARE, reason, [*shown, later[-1].fact], line.source, _CLEAR_HOLD)
    reason = sentence("The blood pressure is {reading} mmHg: no dose that day.", reading=reading)
    return _SAYS.stop_today(reason, shown, line.source, _MEASURE_LOWER, is_remeasured=True)


def _judged(fact: Fact, limits: BloodPressureLimits) -> _Judged | None:
    pressure = fact.value
    if not isinstance(pressure, BloodPressure) or not fact.is_known:
        return None
    if pressure.systolic is None or pressure.diastolic is None:
        return None
    upper = limits.systolic.line_reached(pressure.systolic)
    lower = limits.diastolic.line_reached(pressure.diastolic)
    if upper is None or (lower is not None and lower.verdict.severity > upper.verdict.severity):
        return _Judged(fact, lower)
    return _Judged(fact, upper)


def _may_be_worse(readings: list[Fact], limits: BloodPressureLimits) -> bool:
    """Whether a doubtful reading, or one number of half a reading, may hide a worse answer."""
    return any(not fact.is_known or _half_reaches(fact.value, limits) for fact in readings)


def _half_reaches(pressure: object, limits: BloodPressureLimits) -> bool:
    if not isinstance(pressure, BloodPressure) or pressure.is_whole:
        return False
    if pressure.systolic is not None:
        return limits.systolic.line_reached(pressure.systolic) is not None
    return pressure.diastolic is not None and limits.diastolic.line_reached(pressure.diastolic) is not None


def _is_milder_than_unknown(judged: list[_Judged]) -> bool:
    return all(one.severity < Verdict.UNKNOWN.severity for one in judged)


def _is_after_all(fact: Fact, judged: list[_Judged], severity: int) -> bool:
    """Whether a reading was surely taken after every reading of that severity."""
    worse = [one.fact.when for one in judged if one.severity == severity]
    moment = fact.when
    return isinstance(moment, Instant) and all(isinstance(at, Instant) and at < moment for at in worse)


def _unanswered(crises: list[Fact], readings: list[Fact]) -> list[Fact]:
    """The crises no later day's reading has answered; one without a day is never answered by a reading."""
    newest = readings[0].day if readings else None
    return [crisis for crisis in crises if crisis.day is None or newest is None or newest <= crisis.day]


RULE = Rule("blood-pressure", BloodPressureLimits, blood_pressure)
