"""The body weight a dose is reckoned on, and what is asked before a weight is relied on.

Ideal weight starts from a height and from which of two formulas a prescriber chose; it is never inferred from
what a chart says of a person's gender. A reckoned weight never exceeds the one on the scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from kap.dosing.answers import remeasure, unanswered
from kap.dosing.limits import WeightLimits
from kap.vocabulary.decimals import exact_product, plain
from kap.vocabulary.findings import Finding
from kap.vocabulary.lengths import Length
from kap.vocabulary.quantities import Mass
from kap.vocabulary.sentences import Sentence, sentence

RULE = "body-weight"
_PERCENT = 100

_MISSING = sentence("No body weight is recorded.")
_WEIGH = sentence("Weigh the person, and record kilograms.")
_NO_HEIGHT = sentence("The ideal weight needs a height and one of the two formulas.")
_GIVE_HEIGHT = sentence("Record the height and choose the formula, or reckon on the actual weight.")
_TOO_SHORT = "The formula for the ideal weight begins at {begins}, and this person is {height} tall."
_USE_ACTUAL = sentence("Reckon on the actual weight.")


class Basis(Enum):
    """Which weight a dose is reckoned on."""

    ACTUAL = "actual"
    IDEAL = "ideal"
    ADJUSTED = "adjusted"

    @property
    def words(self) -> Sentence:
        """How it is said beside the number."""
        return _BASES[self]


_BASES = {
    Basis.ACTUAL: sentence("actual weight"),
    Basis.IDEAL: sentence("ideal weight"),
    Basis.ADJUSTED: sentence("adjusted weight"),
}


class Formula(Enum):
    """Which of the two formulas for the ideal weight a prescriber chose."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the scale said on a day."""

    weight: Mass
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What is known of a person's size.

    Shape: `weighings` in the order they were made.
    """

    weighings: tuple[Weighing, ...] = ()
    height: Length | None = None
    formula: Formula | None = None

    @property
    def actual(self) -> Mass | None:
        """The newest weight.

        Missing: None where nobody was weighed.
        """
        return self.weighings[-1].weight if self.weighings else None


def ideal_weight(height: Length, formula: Formula, limits: WeightLimits) -> Mass:
    """The ideal weight for a height.

    Raises: InputError for a height below the one the formula begins at.
    """
    base = limits.ideal_female.at if formula is Formula.FEMALE else limits.ideal_male.at
    above = height - limits.ideal_begins.at
    return base + limits.ideal_each_cm.at.times(above.in_unit("cm"))


def adjusted_weight(actual: Mass, ideal: Mass, limits: WeightLimits) -> Mass:
    """The ideal weight and a share of what the person weighs above it."""
    return ideal + (actual - ideal).times(limits.adjusted_share.at) if actual > ideal else actual


def dosing_weight(body: Body, basis: Basis, limits: WeightLimits) -> Mass | Finding:
    """The weight a dose is reckoned on, or what is missing for it."""
    actual = body.actual
    if actual is None:
        return unanswered(RULE, _MISSING, limits.counts_for.source, _WEIGH)
    if basis is Basis.ACTUAL:
        return actual
    if body.height is None or body.formula is None:
        return unanswered(RULE, _NO_HEIGHT, limits.ideal_begins.source, _GIVE_HEIGHT)
    if body.height < limits.ideal_begins.at:
        reason = Sentence(_TOO_SHORT, {"begins": limits.ideal_begins.at, "height": body.height})
        return unanswered(RULE, reason, limits.ideal_begins.source, _USE_ACTUAL)
    ideal = ideal_weight(body.height, body.formula, limits)
    return min(actual, ideal) if basis is Basis.IDEAL else adjusted_weight(actual, ideal, limits)


def questioned_weight(body: Body, on: date, limits: WeightLimits) -> tuple[Finding, ...]:
    """Why the newest weight is not relied on yet; a weight nobody took is `dosing_weight`'s to miss."""
    if not body.weighings:
        return ()
    newest, allowed = body.weighings[-1], limits.counts_for
    if newest.on > on or (on - newest.on) > allowed.at.on_the_clock():
        reason = sentence("The weight is from {day}; one counts for {span}.", day=newest.on, span=allowed.at)
        return (remeasure(RULE, reason, allowed.source, _WEIGH),)
    found = (_jump(before.weight, newest.weight, limits) for before in body.weighings[-2:-1])
    return tuple(finding for finding in found if finding)


def _jump(before: Mass, now: Mass, limits: WeightLimits) -> Finding | None:
    bound = limits.may_change_percent
    if not _is_off(before, now, bound.at):
        return None
    template = "The weight was {before} and is now {now}: more than {percent} % off."
    said = {"before": before, "now": now, "percent": plain(bound.at)}
    if not _is_off(before, Mass.lb(now.in_unit("kg")), bound.at):
        template += " It reads like pounds written as kilograms."
    elif not _is_off(before, Mass.kg(now.in_unit("[lb_av]")), bound.at):
        template += " It reads like kilograms written as pounds."
    return remeasure(RULE, Sentence(template, said), bound.source, _WEIGH)


def _is_off(before: Mass, now: Mass, percent: Decimal) -> bool:
    apart = now - before if now > before else before - now
    return exact_product(apart.amount, Decimal(_PERCENT)) > exact_product(before.amount, percent)
