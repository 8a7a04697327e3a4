"""The numbers dosing decides by, each with its source; they only ever tighten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from kap.vocabulary.errors import InputError
from kap.vocabulary.lengths import Length
from kap.vocabulary.quantities import Concentration, DosePerWeight, Mass, Volume, VolumeRate
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.sources import AnySource
from kap.vocabulary.spans import Span

At = TypeVar("At")


@dataclass(frozen=True, slots=True)
class Bound(Generic[At]):
    """One number that binds, and where it comes from."""

    at: At
    source: AnySource


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentLimits:
    """What binds the total of a session of one drug by one route.

    Missing: a limit that is None does not exist for this route; without `only` any amount may be given.
    """

    per_weight: Bound[DosePerWeight] | None
    first_per_weight: Bound[DosePerWeight] | None
    session: Bound[Mass] | None
    only: Bound[tuple[Mass, ...]] | None
    step: Bound[Mass]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightLimits:
    """How long a weighing counts, when it is questioned, and how ideal and adjusted weights are reckoned."""

    counts_for: Bound[Span]
    may_change_percent: Bound[Decimal]
    ideal_begins: Bound[Length]
    ideal_female: Bound[Mass]
    ideal_male: Bound[Mass]
    ideal_each_cm: Bound[Mass]
    adjusted_share: Bound[Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiquidLimits:
    """What can be drawn up and pumped, and from which concentration on a liquid is diluted for a vein."""

    concentrations: Bound[tuple[Concentration, ...]]
    diluted_from: Bound[Concentration]
    drawn_step: Bound[Volume]
    smallest_drawn: Bound[Volume]
    rate_step: Bound[VolumeRate]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyLimits:
    """How many doses are usual within how long."""

    doses: Bound[Decimal]
    within: Bound[Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseLimits:
    """One limits document: which it is, and what it says."""

    key: str
    effective_on: date
    treatments: Mapping[tuple[Drug, Route], TreatmentLimits]
    weights: WeightLimits
    liquids: LiquidLimits
    frequency: FrequencyLimits

    def of(self, drug: Drug, route: Route) -> TreatmentLimits:
        """What binds one drug by one route.

        Raises: InputError where the document says nothing: what has no limits is not given.
        """
        found = self.treatments.get((drug, route))
        if found is None:
            known = ", ".join(f"{one.value} {way.value}" for one, way in self.treatments)
            raise InputError(
                f"There are no dose limits for {drug.value} {route.value}; there are for {known}. "
                "Choose one of these."
            )
        return found
