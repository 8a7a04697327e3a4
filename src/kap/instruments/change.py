"""What a later score is beside an earlier one, by one named set of published rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kap.instruments.change_rules import ChangeRule, ChangeRules, Outcome
from kap.instruments.definition import Direction, Instrument
from kap.instruments.rules import all_known
from kap.instruments.scoring import TOTAL, Score
from kap.vocabulary.decimals import exact_product, exact_sum, quotient
from kap.vocabulary.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How far a scale moved, and what that counts as.

    Units: `improved_points` is above zero for a change to the better, whichever way the scale runs.
    Missing: a number or an outcome is None when a score is missing, when percent of an earlier zero is asked,
    or when the rule does not speak about such an earlier score.
    """

    scale: str
    rule_set: str
    before: Decimal | None
    after: Decimal | None
    improved_points: Decimal | None
    improved_percent: Decimal | None
    outcomes: Mapping[Outcome, bool | None]


def change(definition: Instrument, before: Score, after: Score, rule_set: str) -> Change:
    """Compares two scores of one version of an instrument.

    Raises: InputError when a score belongs to another version or there is no such set of rules.
    """
    for one in (before, after):
        if one.instrument != definition.key:
            raise InputError(
                f"A score of {one.instrument} cannot be read as {definition.key}: "
                "compare scores of the same version."
            )
    scale = _rules(definition, rule_set).scale
    return change_between(definition, _number(before, scale), _number(after, scale), rule_set)


def change_between(
    definition: Instrument, earlier: Decimal | None, later: Decimal | None, rule_set: str
) -> Change:
    """Compares two numbers of the scale a set of rules speaks about.

    Raises: InputError when there is no such set of rules.
    """
    rules = _rules(definition, rule_set)
    points = _improved(definition, earlier, later)
    percent = (
        quotient(exact_product(points, Decimal(100)), earlier) if points is not None and earlier else None
    )
    return Change(
        scale=rules.scale,
        rule_set=rules.name,
        before=earlier,
        after=later,
        improved_points=points,
        improved_percent=percent,
        outcomes={rule.outcome: _holds(rule, earlier, later, points, percent) for rule in rules.rules},
    )


def _rules(definition: Instrument, rule_set: str) -> ChangeRules:
    for rules in definition.changes:
        if rules.name == rule_set:
            return rules
    names = ", ".join(rules.name for rules in definition.changes) or "none"
    raise InputError(f"{definition.key} has no change rules named {rule_set!r}; it has {names}.")


def _number(score: Score, scale: str) -> Decimal | None:
    return score.total if scale == TOTAL else score.subscales[scale]


def _improved(definition: Instrument, before: Decimal | None, after: Decimal | None) -> Decimal | None:
    if before is None or after is None:
        return None
    risen = exact_sum(after, -before)
    return risen if definition.about.direction is Direction.HIGHER_IS_BETTER else -risen


def _holds(
    rule: ChangeRule,
    before: Decimal | None,
    after: Decimal | None,
    points: Decimal | None,
    percent: Decimal | None,
) -> bool | None:
    if rule.before_at_least is not None and (before is None or before < rule.before_at_least):
        return None
    worsened = None if points is None else -points
    return all_known(
        None if number is None else number >= limit
        for number, limit in (
            (points, rule.improved_points),
            (percent, rule.improved_percent),
            (worsened, rule.worsened_points),
            (after, rule.after_at_least),
            (None if after is None else -after, None if rule.after_at_most is None else -rule.after_at_most),
        )
        if limit is not None
    )
