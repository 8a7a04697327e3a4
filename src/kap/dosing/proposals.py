"""A dose, proposed within limits: what was asked, every step of the arithmetic, every limit and its reason.

It proposes and orders nothing: only a prescriber orders.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kap.dosing.answers import not_today
from kap.dosing.caps import Cap, Tightening, caps_on, needs_weight
from kap.dosing.frequency import dose_frequency
from kap.dosing.limits import DoseLimits, TreatmentLimits
from kap.dosing.weights import RULE as WEIGHT_RULE
from kap.dosing.weights import Basis, Body, dosing_weight, questioned_weight
from kap.vocabulary.decimals import Rounding
from kap.vocabulary.findings import Finding, Verdict, worst_first
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import DosePerWeight, Mass
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.sources import AnySource

RULE = "session-dose"

_NOTHING = Mass.mg(0)
_NOTHING_LEFT = "The session's total is reached: {given} of at most {cap}, {why}."
_LATER = sentence("A dose in a later session.")
_OTHER_DEVICE = "The session's total by this route is one of {only}, and this would make {total}."
_CHOOSE_DEVICE = sentence("Choose one of these amounts.")
_TOO_SMALL = "{asked} is less than the smallest step of {step} that can be given by this route."
_ASK_MORE = sentence("Ask for at least that step, or choose another route.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseAsked:
    """What a prescriber asks for: by weight, or as it is."""

    drug: Drug
    route: Route
    amount: DosePerWeight | Mass
    basis: Basis = Basis.ACTUAL
    is_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What came before: what this session has given already, and when earlier doses were given."""

    given_in_session: Mass = _NOTHING
    doses_at: tuple[Instant, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the arithmetic: what was done, what it came to, and the source of a limit that did it."""

    what: Sentence
    comes_to: Mass
    source: AnySource | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A dose within limits and how it was reached.

    Missing: `dose` is None where nothing can be proposed; the findings say why.
    """

    asked: DoseAsked
    dose: Mass | None
    steps: tuple[Step, ...]
    caps: tuple[Cap, ...]
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of the findings."""
        return Verdict.worst(finding.verdict for finding in self.findings)

    @property
    def is_capped(self) -> bool:
        """Whether a limit made it less than was asked."""
        return any(step.source is not None for step in self.steps)


def propose(
    asked: DoseAsked, body: Body, before: Before, limits: DoseLimits, *, on: date, at: Instant,
    tightenings: Iterable[Tightening] = (),
) -> Proposal:  # fmt: skip
    """Proposes a dose for one person, within every limit.

    Raises: InputError where the limits say nothing about this drug and route.
    """
    binding, laid_over = limits.of(asked.drug, asked.route), tuple(tightenings)
    findings = [dose_frequency(before.doses_at, at, limits.frequency)]
    weight = dosing_weight(body, asked.basis, limits.weights)
    known = None if isinstance(weight, Finding) else weight
    is_by_weight = isinstance(asked.amount, DosePerWeight)
    if is_by_weight or needs_weight(binding, laid_over):
        findings += [weight] if isinstance(weight, Finding) else []
        findings += questioned_weight(body, on, limits.weights)
    caps = caps_on(binding, known, laid_over, is_first=asked.is_first)
    steps: tuple[Step, ...] = ()
    refusal: Finding | None = None
    if known is not None or not is_by_weight:
        steps, refusal = _reckoned(asked, known, before.given_in_session, binding, caps)
    if refusal:
        findings.append(refusal)
    is_complete = bool(steps) and refusal is None and all(f.rule != WEIGHT_RULE for f in findings)
    return Proposal(
        asked=asked,
        dose=steps[-1].comes_to if is_complete else None,
        steps=steps,
        caps=caps,
        findings=worst_first(findings),
    )


def _reckoned(
    asked: DoseAsked, weight: Mass | None, given: Mass, limits: TreatmentLimits, caps: tuple[Cap, ...]
) -> tuple[tuple[Step, ...], Finding | None]:
    steps = [_first_step(asked, weight)]
    if limits.only is not None and given + steps[0].comes_to not in limits.only.at:
        said = {
            "only": ", ".join(str(one) for one in limits.only.at),
            "total": given + steps[0].comes_to,
        }
        reason = Sentence(_OTHER_DEVICE, said)
        return tuple(steps), not_today(RULE, reason, limits.only.source, _CHOOSE_DEVICE)
    if refusal := _refuse_spent(given, caps):
        return tuple(steps), refusal
    steps += _capped(steps[0].comes_to, given, caps)
    return _rounded(steps, limits)


def _first_step(asked: DoseAsked, weight: Mass | None) -> Step:
    if isinstance(asked.amount, Mass) or weight is None:
        assert isinstance(asked.amount, Mass), "a dose by weight is reckoned where there is a weight"
        return Step(sentence("{mass} as it was asked for", mass=asked.amount), asked.amount)
    dose = asked.amount.for_weight(weight)
    what = sentence(
        "{dose} for {weight} ({basis})", dose=asked.amount, weight=weight, basis=asked.basis.words
    )
    return Step(what, dose)


def _refuse_spent(given: Mass, caps: tuple[Cap, ...]) -> Finding | None:
    for cap in caps:
        if given >= cap.at_most:
            said = {"given": given, "cap": cap.at_most, "why": cap.reason}
            return not_today(RULE, Sentence(_NOTHING_LEFT, said), cap.source, _LATER)
    return None


def _capped(dose: Mass, given: Mass, caps: tuple[Cap, ...]) -> list[Step]:
    if not caps or given + dose <= caps[0].at_most:
        return []
    tightest = caps[0]
    left = tightest.at_most - given
    if not given.amount:
        return [Step(sentence("Less, for {why}", why=tightest.reason), left, tightest.source)]
    what = sentence("Less, for {why}, of which {given} is given already", why=tightest.reason, given=given)
    return [Step(what, left, tightest.source)]


def _rounded(steps: list[Step], limits: TreatmentLimits) -> tuple[tuple[Step, ...], Finding | None]:
    dose, step = steps[-1].comes_to, limits.step.at
    whole = dose.rounded(step, Rounding.DOWN)
    if not whole.amount:
        reason = Sentence(_TOO_SMALL, {"asked": dose, "step": step})
        return tuple(steps), not_today(RULE, reason, limits.step.source, _ASK_MORE)
    if whole != dose:
        steps.append(Step(sentence("Rounded down to whole steps of {step}", step=step), whole))
    return tuple(steps), None
