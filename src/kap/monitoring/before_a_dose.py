"""What must be so before a dose: each item of the checklist and each vital sign gives one finding.

The pregnancy and the companion of the person are asked of screening's own rules, with what was answered today
beside what the chart knows. Unknown is never clear, and nothing here is overridden: it is answered, or
measured again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from kap.monitoring.checklist import (
    ATE_AT,
    COMPANION,
    CONSENT,
    DRANK_AT,
    EQUIPMENT,
    IDENTITY,
    PREGNANCY,
    RISKS,
    SUICIDE_RISK,
    fact,
    told,
)
from kap.monitoring.gate import IF_ANSWERED, IF_MEASURED, Asked, Gate
from kap.monitoring.packaged import text_of
from kap.monitoring.session import Session
from kap.monitoring.vitals import Channel, Vitals
from kap.screening.columbia import Heard, together_with, told_on, worst_level
from kap.screening.known import Known
from kap.screening.limits import Ground, Limit, Limits, Line, Scale, limits_from
from kap.screening.registry import Rulebook
from kap.vocabulary.decimals import plain
from kap.vocabulary.facts import Fact
from kap.vocabulary.findings import Finding, Scope, Verdict
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeDoseLimits(Limits):
    """The lines of the blood pressure, the other gates, and how long a reading and a fast count."""

    systolic: Scale
    diastolic: Scale
    vitals_count: Limit
    oxygen_from: Limit
    heart_rate_from: Limit
    heart_rate_to: Limit
    food_before: Limit
    drink_before: Limit
    consent: Ground
    suicide_risk: Ground
    equipment: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What is known outside the session: the chart's facts, the rules, the date at the place, the moment."""

    chart: tuple[Fact, ...]
    rulebook: Rulebook
    limits: BeforeDoseLimits
    on: date
    at: Instant


def before_a_dose(session: Session, day: Day) -> tuple[Finding, ...]:
    """Everything that must be so before this dose, in the order it is asked."""
    limits = day.limits
    return (
        _confirmed(session, IDENTITY, _WHO, limits.unanswered),
        _confirmed(session, CONSENT, _AGREED, limits.consent),
        _pressure(session, day),
        _gate(session, day, Channel.OXYGEN, "oxygen", limits.oxygen_from, None),
        _gate(session, day, Channel.HEART_RATE, "heart-rate", limits.heart_rate_from, limits.heart_rate_to),
        _screened(session, day, COMPANION),
        _screened(session, day, PREGNANCY),
        _suicide_risk(session, day),
        _fasting(session, ATE_AT, limits.food_before, day),
        _fasting(session, DRANK_AT, limits.drink_before, day),
        _confirmed(session, EQUIPMENT, _READY, limits.equipment),
    )  # fmt: skip


_WHO = Asked(
    sentence("The person said their name and birth date."),
    sentence("Name or birth date do not agree with the chart."),
    sentence("Nobody has asked for name and birth date."),
)
_AGREED = Asked(
    sentence("The consent for this drug and route is signed and still wanted."),
    sentence("There is no consent for this dose."),
    sentence("Nobody has asked whether the consent still stands."),
)
_READY = Asked(
    sentence("Oxygen, suction, bag and mask, defibrillator and rescue drugs were checked today."),
    sentence("Something of the emergency equipment is missing."),
    sentence("Nobody has checked the emergency equipment today."),
)


def _confirmed(session: Session, item: str, asked: Asked, ground: Ground) -> Finding:
    return Gate(item).answered(session.checklist.get(item), asked, ground.source, Verdict.STOP)


def _pressure(session: Session, day: Day) -> Finding:
    gate, limits = Gate("blood-pressure"), day.limits
    reading = _fresh(session, day, Channel.SYSTOLIC, Channel.DIASTOLIC)
    if reading is None:
        reason = sentence("There is no whole blood pressure of the last hour.")
        counts = limits.vitals_count.source
        return gate.says(
            Verdict.UNKNOWN, reason, counts, IF_MEASURED, Fact.missing("blood-pressure"), is_remeasured=True
        )  # fmt: skip
    line = _worse_line(reading, limits)
    reason = sentence("The blood pressure is {reading} mmHg.", reading=reading.pressure)
    read = Fact(what="blood-pressure", value=reading.pressure, when=reading.at, came_from=reading.came_from)
    verdict = line.verdict if line else Verdict.PROCEED
    source = line.source if line else limits.systolic.bands.source
    return gate.says(verdict, reason, source, IF_MEASURED, read, is_remeasured=True)


def _worse_line(reading: Vitals, limits: BeforeDoseLimits) -> Line | None:
    lines = (
        limits.systolic.line_reached(reading.numbers[Channel.SYSTOLIC]),
        limits.diastolic.line_reached(reading.numbers[Channel.DIASTOLIC]),
    )
    reached = [line for line in lines if line is not None]
    return max(reached, key=lambda line: line.verdict.severity, default=None)


def _gate(
    session: Session, day: Day, channel: Channel, rule: str, lowest: Limit, highest: Limit | None
) -> Finding:
    gate, reading = Gate(rule), _fresh(session, day, channel)
    if reading is None:
        reason = sentence("There is no reading of the last hour.")
        counts = day.limits.vitals_count.source
        return gate.says(Verdict.UNKNOWN, reason, counts, IF_MEASURED, Fact.missing(rule), is_remeasured=True)
    number = reading.numbers[channel]
    read = Fact(what=rule, value=number, unit=lowest.unit, when=reading.at, came_from=reading.came_from)
    said = {"number": plain(number), "unit": lowest.unit.value}
    if number < lowest.value:
        reason = Sentence("{number} {unit} is below {line}.", {**said, "line": plain(lowest.value)})
        return gate.says(Verdict.HOLD, reason, lowest.source, IF_MEASURED, read, is_remeasured=True)
    if highest is not None and number > highest.value:
        reason = Sentence("{number} {unit} is above {line}.", {**said, "line": plain(highest.value)})
        return gate.says(Verdict.HOLD, reason, highest.source, IF_MEASURED, read, is_remeasured=True)
    return gate.says(Verdict.PROCEED, Sentence("{number} {unit}.", said), lowest.source, IF_MEASURED, read)


def _fresh(session: Session, day: Day, *channels: Channel) -> Vitals | None:
    reading = session.newest(*channels)
    if reading is None or reading.at > day.at:
        return None
    counts = day.limits.vitals_count
    return reading if day.at.since(reading.at) <= Span.of(counts.value, counts.unit.value) else None


def _screened(session: Session, day: Day, rule: str) -> Finding:
    """What screening's own rule says of the chart's facts and today's answer together."""
    known = Known([*day.chart, *told(rule, session.checklist.get(rule), day.on)], day.on)
    entry, limits = next(pair for pair in day.rulebook.entries if pair[0].id == rule)
    found = entry.findings(known, limits)
    worst = max(found, key=lambda finding: finding.verdict.severity)
    return replace(worst, scope=Scope.TODAY)


def _suicide_risk(session: Session, day: Day) -> Finding:
    """What today's C-SSRS says: the form where one was filled in, the answer of the checklist where none was.

    An answer that was typed never ends a yes of a form; a whole form that came later ends what was typed.
    """
    gate, source, parts = Gate(SUICIDE_RISK), day.limits.suicide_risk.source, told_on(day.chart, day.on)
    if (answer := session.checklist.get(SUICIDE_RISK)) is not None:
        typed = Heard(fact(SUICIDE_RISK, answer, day.on), answer.value, is_whole=True)
        parts = together_with(parts, typed)
    if not parts:
        reason = sentence("Nobody has asked the C-SSRS since the last contact.")
        return gate.says(Verdict.UNKNOWN, reason, source, IF_ANSWERED, Fact.missing(SUICIDE_RISK))
    level, told = worst_level(parts), [one.fact for one in parts]
    change = sentence("The C-SSRS is asked again.")
    if not all(one.is_whole for one in parts) and RISKS[level].severity < Verdict.UNKNOWN.severity:
        reason = sentence("Today's C-SSRS was not answered to its end.")
        return gate.says(Verdict.UNKNOWN, reason, source, change, *told, is_remeasured=True)
    reason = sentence("The C-SSRS since the last contact says: {risk}.", risk=level)
    return gate.says(RISKS[level], reason, source, change, *told, is_remeasured=True)


def _fasting(session: Session, item: str, limit: Limit, day: Day) -> Finding:
    gate, answer = Gate(item), session.checklist.get(item)
    if answer is None:
        reason = sentence("Nobody has asked when the person last ate or drank.")
        return gate.says(Verdict.UNKNOWN, reason, limit.source, IF_ANSWERED, Fact.missing(item))
    last, wanted = Instant.parse(answer.value), Span.of(limit.value, limit.unit.value)
    said = fact(item, answer, day.on, last)
    clear_at = last.plus(wanted)
    if day.at < clear_at:
        reason = sentence("Less than {span} ago.", span=wanted)
        change = sentence("It is {span} ago.", span=wanted)
        return gate.says(Verdict.HOLD, reason, limit.source, change, said)
    reason = sentence("At least {span} ago.", span=wanted)
    return gate.says(Verdict.PROCEED, reason, limit.source, IF_ANSWERED, said)


@cache
def packaged_before_a_dose() -> BeforeDoseLimits:
    """The limits this version came with."""
    return limits_from("before-a-dose.yaml", text_of("limits", "before-a-dose.yaml"), BeforeDoseLimits)
