"""Published rules for what counts as a change, as named sets: several coexist, a site chooses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from kap.vocabulary.sources import AnySource


class Outcome(Enum):
    """What a later score is, beside an earlier one."""

    RESPONSE = "response"
    PARTIAL_RESPONSE = "partial response"
    REMISSION = "remission"
    RECOVERY = "recovery"
    MEANINGFUL_IMPROVEMENT = "meaningful improvement"
    RELIABLE_IMPROVEMENT = "reliable improvement"
    DETERIORATION = "deterioration"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRule:
    """One outcome and what it takes; every part that is given must hold.

    Units: points of the scale; percent of the earlier score. `improved` and `worsened` follow the scale's
    direction, so a rise of a wellbeing scale is an improvement.
    Shape: `before_at_least` says whom the rule speaks about at all.
    """

    outcome: Outcome
    source: AnySource
    improved_points: Decimal | None = None
    improved_percent: Decimal | None = None
    worsened_points: Decimal | None = None
    after_at_least: Decimal | None = None
    after_at_most: Decimal | None = None
    before_at_least: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRules:
    """A named set of rules about one scale."""

    name: str
    scale: str
    rules: tuple[ChangeRule, ...]
