"""What a session's total may not pass, each limit with its reason; the tightest decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kap.dosing.limits import Bound, TreatmentLimits
from kap.vocabulary.quantities import DosePerWeight, Mass
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.sources import AnySource


@dataclass(frozen=True, slots=True)
class Tightening:
    """A tighter limit that somebody else lays over these: a protocol, a caution, the prescriber.

    Shape: `whose` completes "At most 40 mg: …".
    """

    at_most: Mass | DosePerWeight
    whose: Sentence
    source: AnySource


@dataclass(frozen=True, slots=True)
class Cap:
    """The most a session's total may be, and why."""

    at_most: Mass
    reason: Sentence
    source: AnySource


def caps_on(
    limits: TreatmentLimits, weight: Mass | None, tightenings: Iterable[Tightening], *, is_first: bool
) -> tuple[Cap, ...]:
    """Every cap that binds, the tightest first; more tightenings never let more through.

    Missing: without a weight only the caps in milligrams are told; whoever asks must know that.
    """
    caps = [*_declared(limits, weight, is_first=is_first), *_laid_over(tightenings, weight)]
    return tuple(sorted(caps, key=lambda cap: cap.at_most))


def needs_weight(limits: TreatmentLimits, tightenings: Iterable[Tightening]) -> bool:
    """Whether a cap is told for each kilogram."""
    return limits.per_weight is not None or any(isinstance(one.at_most, DosePerWeight) for one in tightenings)


def _declared(limits: TreatmentLimits, weight: Mass | None, *, is_first: bool) -> list[Cap]:
    caps = []
    if limits.session is not None:
        reason = sentence("at most {mass} a session by this route", mass=limits.session.at)
        caps.append(Cap(limits.session.at, reason, limits.session.source))
    if weight is None:
        return caps
    if limits.per_weight is not None:
        template = "at most {dose} a session by this route, for {weight}"
        caps.append(_for_weight(limits.per_weight, weight, template))
    if limits.first_per_weight is not None and is_first:
        template = "at most {dose} at the first exposure, for {weight}"
        caps.append(_for_weight(limits.first_per_weight, weight, template))
    return caps


def _for_weight(bound: Bound[DosePerWeight], weight: Mass, template: str) -> Cap:
    return Cap(
        bound.at.for_weight(weight), Sentence(template, {"dose": bound.at, "weight": weight}), bound.source
    )


def _laid_over(tightenings: Iterable[Tightening], weight: Mass | None) -> list[Cap]:
    caps = []
    for one in tightenings:
        if isinstance(one.at_most, Mass):
            caps.append(Cap(one.at_most, one.whose, one.source))
        elif weight is not None:
            caps.append(Cap(one.at_most.for_weight(weight), one.whose, one.source))
    return caps
