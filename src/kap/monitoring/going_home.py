"""Whether somebody may go home or to their lodging: every criterion is a finding; time is never enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from kap.monitoring.checklist import ESCORT, INSTRUCTED, OBSERVER, STEADY, WITH_WHOM
from kap.monitoring.gate import IF_ANSWERED, IF_MEASURED, Asked, Gate
from kap.monitoring.packaged import text_of
from kap.monitoring.session import Dose, Left, Session
from kap.monitoring.vitals import Channel, Vitals
from kap.screening.limits import Ground, Limit, Limits, limits_from
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.decimals import exact, exact_product, plain
from kap.vocabulary.facts import Fact
from kap.vocabulary.findings import Finding, Verdict
from kap.vocabulary.moments import Instant
from kap.vocabulary.routes import Route
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.spans import Span

_HUNDRED = 100
_BY_THE_ROOM = "the session's timeline"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingHomeLimits(Limits):
    """How long to wait after each way of giving, and what every criterion asks for."""

    after_infusion: Limit
    after_injection: Limit
    after_mouth: Limit
    after_nose: Limit
    systolic_below: Limit
    diastolic_below: Limit
    systolic_from: Limit
    within_of_first: Limit
    vitals_count: Limit
    oxygen_from: Limit
    awake_at: Limit
    companion: Ground
    steady: Ground
    instructions: Ground
    alarms: Ground

    def wait_after(self, route: Route) -> Limit:
        """How long somebody stays after a dose by this route."""
        return {
            Route.IV: self.after_infusion,
            Route.IM: self.after_injection,
            Route.SC: self.after_injection,
            Route.IN: self.after_nose,
        }.get(route, self.after_mouth)


def may_go_home(
    session: Session, limits: GoingHomeLimits, at: Instant, to: Left = Left.HOME
) -> tuple[Finding, ...]:
    """Every criterion in the order a nurse goes through them; who was given nothing waits for nothing."""
    waiting = tuple(_waited(dose, limits, at) for dose in session.doses)
    return (
        *waiting,
        _pressure(session, limits, at),
        _near_the_first(session, limits, at),
        _oxygen(session, limits, at),
        _awake(session, limits, at),
        _answered(session, STEADY, _STEADY, limits.steady),
        _with_somebody(session, limits, to),
        _answered(session, INSTRUCTED, _INSTRUCTED, limits.instructions),
        _alarms(session, limits),
    )


def _waited(dose: Dose, limits: GoingHomeLimits, at: Instant) -> Finding:
    gate, limit = Gate("time-since-the-dose"), limits.wait_after(dose.given.route)
    wait = Span.of(limit.value, limit.unit.value)
    if dose.ended_at is None:
        reason = sentence("The end of the dose is not recorded.")
        change = sentence("The end of the dose is recorded.")
        return gate.says(Verdict.UNKNOWN, reason, limit.source, change, Fact.missing("end of the dose"))
    fact = Fact(what="end of the dose", value=dose.ended_at, came_from=_BY_THE_ROOM)
    ends_at = dose.ended_at.plus(wait)
    if at < ends_at:
        left = _minutes_up(ends_at.since(at))
        reason = sentence("{left} of {wait} are left since the dose ended.", left=left, wait=wait)
        change = sentence("{left} more.", left=left)
        return gate.says(Verdict.HOLD, reason, limit.source, change, fact, is_remeasured=True)
    reason = sentence("At least {wait} have gone since the dose ended.", wait=wait)
    return gate.says(Verdict.PROCEED, reason, limit.source, IF_MEASURED, fact)


def _minutes_up(left: Span) -> Span:
    return Span.minutes(-(-left.on_the_clock() // timedelta(minutes=1)))


def _pressure(session: Session, limits: GoingHomeLimits, at: Instant) -> Finding:
    gate = Gate("blood-pressure")
    reading = _fresh(session, limits, at, Channel.SYSTOLIC, Channel.DIASTOLIC)
    if reading is None:
        return _unread(gate, limits, "blood pressure")
    upper, lower = reading.numbers[Channel.SYSTOLIC], reading.numbers[Channel.DIASTOLIC]
    reason = sentence("The blood pressure is {reading} mmHg.", reading=reading.pressure)
    for is_so, limit in (
        (upper < limits.systolic_below.value, limits.systolic_below),
        (lower < limits.diastolic_below.value, limits.diastolic_below),
        (upper >= limits.systolic_from.value, limits.systolic_from),
    ):
        if not is_so:
            return gate.says(
                Verdict.HOLD, reason, limit.source, IF_MEASURED, _cuff(reading), is_remeasured=True
            )  # fmt: skip
    return gate.says(Verdict.PROCEED, reason, limits.systolic_below.source, IF_MEASURED, _cuff(reading))


def _near_the_first(session: Session, limits: GoingHomeLimits, at: Instant) -> Finding:
    gate, share = Gate("near-the-first-pressure"), limits.within_of_first
    first = session.first(Channel.SYSTOLIC, Channel.DIASTOLIC)
    reading = _fresh(session, limits, at, Channel.SYSTOLIC, Channel.DIASTOLIC)
    is_before = first is not None and all(first.at < dose.began_at for dose in session.doses)
    if first is None or reading is None or not is_before:
        return _unread(gate, limits, "blood pressure to compare with the first")
    said = {"now": reading.pressure, "first": first.pressure}
    far = [
        channel
        for channel in (Channel.SYSTOLIC, Channel.DIASTOLIC)
        if _is_far(first, reading, channel, share)
    ]
    if far:
        reason = Sentence("{now} mmHg is not yet near the first reading, {first} mmHg.", said)
        return gate.says(
            Verdict.HOLD, reason, share.source, IF_MEASURED, _cuff(first), _cuff(reading), is_remeasured=True
        )  # fmt: skip
    reason = Sentence("{now} mmHg is near the first reading, {first} mmHg.", said)
    return gate.says(Verdict.PROCEED, reason, share.source, IF_MEASURED, _cuff(first), _cuff(reading))


def _is_far(first: Vitals, now: Vitals, channel: Channel, share: Limit) -> bool:
    was, is_now = first.numbers[channel], now.numbers[channel]
    return exact_product(abs(is_now - was), exact(_HUNDRED)) > exact_product(was, share.value)


def _oxygen(session: Session, limits: GoingHomeLimits, at: Instant) -> Finding:
    gate, reading = Gate("oxygen"), _fresh(session, limits, at, Channel.OXYGEN)
    if reading is None:
        return _unread(gate, limits, "oxygen saturation")
    number = reading.numbers[Channel.OXYGEN]
    fact = _number("oxygen saturation", reading, Channel.OXYGEN, limits.oxygen_from.unit)
    verdict = Verdict.PROCEED if number >= limits.oxygen_from.value else Verdict.HOLD
    reason = sentence("Oxygen saturation is {number} %.", number=plain(number))
    return gate.says(verdict, reason, limits.oxygen_from.source, IF_MEASURED, fact, is_remeasured=True)


def _awake(session: Session, limits: GoingHomeLimits, at: Instant) -> Finding:
    gate, reading = Gate("awake"), _fresh(session, limits, at, Channel.SEDATION)
    if reading is None or not reading.is_by_voice:
        return _unread(gate, limits, "sedation by voice")
    number = reading.numbers[Channel.SEDATION]
    fact = _number("MOAA/S", reading, Channel.SEDATION, limits.awake_at.unit)
    verdict = Verdict.PROCEED if number >= limits.awake_at.value else Verdict.HOLD
    reason = sentence("MOAA/S is {number} by voice.", number=plain(number))
    return gate.says(verdict, reason, limits.awake_at.source, IF_MEASURED, fact, is_remeasured=True)


_STEADY = Asked(
    sentence("Oriented, steady on their feet, nausea bearable."),
    sentence("Not yet oriented, or not steady, or nauseated."),
    sentence("Nobody has seen the person stand and walk."),
)
_INSTRUCTED = Asked(
    sentence("Instructions were given and understood."),
    sentence("Instructions were not understood."),
    sentence("Nobody has given the instructions yet."),
)


def _answered(session: Session, item: str, asked: Asked, ground: Ground) -> Finding:
    return Gate(item).answered(session.checklist.get(item), asked, ground.source, Verdict.HOLD)


def _with_somebody(session: Session, limits: GoingHomeLimits, to: Left) -> Finding:
    gate, answer, source = Gate("companion"), session.checklist.get(WITH_WHOM), limits.companion.source
    if answer is None:
        reason = sentence("Nobody has said who takes the person over.")
        return gate.says(Verdict.UNKNOWN, reason, source, IF_ANSWERED, Fact.missing("companion"))
    fact = Fact(what="companion", value=answer.value, when=answer.at, came_from=_BY_THE_ROOM)
    is_observed = answer.value.startswith(OBSERVER)
    if answer.value == ESCORT and to is Left.HOME:
        return gate.says(Verdict.PROCEED, sentence("The escort is here."), source, IF_ANSWERED, fact)
    if is_observed and to is Left.LODGING:
        reason = sentence("A named person stays overnight.")
        return gate.says(Verdict.PROCEED, reason, source, IF_ANSWERED, fact)
    reason = (
        sentence("An escort takes somebody home.")
        if to is Left.HOME
        else sentence("A named person stays overnight at the lodging.")
    )
    change = sentence("The right person is here.")
    return gate.says(Verdict.HOLD, reason, source, change, fact)


def _alarms(session: Session, limits: GoingHomeLimits) -> Finding:
    gate, left = Gate("alarms"), session.open_alarms
    change = sentence("A person takes every alarm.")
    if left:
        reason = sentence("An alarm waits for a person: {reason}", reason=left[0].reason)
        return gate.says(Verdict.HOLD, reason, limits.alarms.source, change)
    return gate.says(Verdict.PROCEED, sentence("No alarm waits."), limits.alarms.source, change)


def _fresh(session: Session, limits: GoingHomeLimits, at: Instant, *channels: Channel) -> Vitals | None:
    """The newest reading that was taken after every dose ended, and not long ago."""
    reading, counts = session.newest(*channels), limits.vitals_count
    if reading is None or reading.at > at:
        return None
    if any(dose.ended_at is None or reading.at < dose.ended_at for dose in session.doses):
        return None
    return reading if at.since(reading.at) <= Span.of(counts.value, counts.unit.value) else None


def _unread(gate: Gate, limits: GoingHomeLimits, what: str) -> Finding:
    reason = sentence("There is no fresh {what} since the dose ended.", what=what)
    counts = limits.vitals_count.source
    return gate.says(Verdict.UNKNOWN, reason, counts, IF_MEASURED, Fact.missing(what), is_remeasured=True)


def _cuff(reading: Vitals) -> Fact:
    return Fact(what="blood-pressure", value=reading.pressure, when=reading.at, came_from=reading.came_from)


def _number(what: str, reading: Vitals, channel: Channel, unit: UcumUnit) -> Fact:
    return Fact(
        what=what, value=reading.numbers[channel], unit=unit, when=reading.at, came_from=reading.came_from
    )


@cache
def packaged_going_home() -> GoingHomeLimits:
    """The limits this version came with."""
    return limits_from("going-home.yaml", text_of("limits", "going-home.yaml"), GoingHomeLimits)
