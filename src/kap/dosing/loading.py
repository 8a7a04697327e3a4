"""Reads a document of dose limits; a mistake in it is refused with file and line, never at the bedside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TypeVar

from kap.dosing.limits import (
    Bound,
    DoseLimits,
    FrequencyLimits,
    LiquidLimits,
    TreatmentLimits,
    WeightLimits,
)
from kap.vocabulary.declared import Declared, declared
from kap.vocabulary.declared_sources import Sources, cited, sources_from
from kap.vocabulary.lengths import Length
from kap.vocabulary.quantities import Concentration, DosePerWeight, Mass, Volume, VolumeRate
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.spans import Span
from kap.vocabulary.ucum import quantity_from

At = TypeVar("At")
Kind = TypeVar("Kind", bound=Quantity)


@cache
def packaged_limits() -> DoseLimits:
    """The limits that come with OpenKAP."""
    name = "limits.yaml"
    return limits_from(name, files("kap.dosing").joinpath("library", name).read_text(encoding="utf-8"))


def limits_from(file: str, text: str) -> DoseLimits:
    """Reads a limits document.

    Raises: DeclarationError, with file and line, when a number, a unit or a source is lacking or wrong.
    """
    whole = declared(file, text)
    parts = whole.parts(
        needed=(
            "document", "version", "effective_on", "decides", "treatments", "weights", "liquids", "frequency",
            "sources",
        )
    )  # fmt: skip
    read = _Reader(sources_from(parts["sources"]))
    parts["decides"].text()
    return DoseLimits(
        key=f"{parts['document'].text()}@{parts['version'].whole()}",
        effective_on=parts["effective_on"].day(),
        treatments={read.treatment(name): read.limits(part) for name, part in parts["treatments"].pairs()},
        weights=read.weights(parts["weights"]),
        liquids=read.liquids(parts["liquids"]),
        frequency=read.frequency(parts["frequency"]),
    )


@dataclass(frozen=True)
class _Reader:
    """Reads the parts of a limits document, each number with the source it cites."""

    sources: Sources

    def treatment(self, name: Declared) -> tuple[Drug, Route]:
        drug, _, route = name.text().partition(" ")
        known = {(one.value, way.value): (one, way) for one in Drug for way in Route}
        if (drug, route) not in known:
            raise name.wrong("expected a drug and a route, like 'ketamine iv'.")
        return known[drug, route]

    def limits(self, part: Declared) -> TreatmentLimits:
        given = part.parts(needed=("step",), optional=("per_weight", "first_per_weight", "session", "only"))
        found = part.named()

        def optional(name: str, kind: type[Kind]) -> Bound[Kind] | None:
            return self.bound(found[name], kind) if name in found else None

        return TreatmentLimits(
            per_weight=optional("per_weight", DosePerWeight),
            first_per_weight=optional("first_per_weight", DosePerWeight),
            session=optional("session", Mass),
            only=self.bounds(found["only"], Mass) if "only" in found else None,
            step=self.bound(given["step"], Mass),
        )

    def weights(self, part: Declared) -> WeightLimits:
        given = part.parts(needed=tuple(WeightLimits.__dataclass_fields__))
        return WeightLimits(
            counts_for=self.bound(given["counts_for"], Span),
            may_change_percent=self.number(given["may_change_percent"]),
            ideal_begins=self.bound(given["ideal_begins"], Length),
            ideal_female=self.bound(given["ideal_female"], Mass),
            ideal_male=self.bound(given["ideal_male"], Mass),
            ideal_each_cm=self.bound(given["ideal_each_cm"], Mass),
            adjusted_share=self.number(given["adjusted_share"]),
        )

    def liquids(self, part: Declared) -> LiquidLimits:
        given = part.parts(needed=tuple(LiquidLimits.__dataclass_fields__))
        return LiquidLimits(
            concentrations=self.bounds(given["concentrations"], Concentration),
            diluted_from=self.bound(given["diluted_from"], Concentration),
            drawn_step=self.bound(given["drawn_step"], Volume),
            smallest_drawn=self.bound(given["smallest_drawn"], Volume),
            rate_step=self.bound(given["rate_step"], VolumeRate),
        )

    def frequency(self, part: Declared) -> FrequencyLimits:
        given = part.parts(needed=("doses", "within"))
        return FrequencyLimits(doses=self.number(given["doses"]), within=self.bound(given["within"], Span))

    def number(self, part: Declared) -> Bound[Decimal]:
        return self._cited(part, lambda at: at.number())

    def bound(self, part: Declared, kind: type[Kind]) -> Bound[Kind]:
        return self._cited(part, lambda at: _quantity(at, kind))

    def bounds(self, part: Declared, kind: type[Kind]) -> Bound[tuple[Kind, ...]]:
        return self._cited(part, lambda at: tuple(_quantity(one, kind) for one in at.listed()))

    def _cited(self, part: Declared, read: Callable[[Declared], At]) -> Bound[At]:
        given = part.parts(needed=("at", "source"))
        return Bound(read(given["at"]), cited(given["source"], self.sources))


def _quantity(part: Declared, kind: type[Kind]) -> Kind:
    quantity = part.made(lambda: quantity_from(part.text()))
    if not isinstance(quantity, kind):
        raise part.wrong(f"expected a {kind.__name__}, found a {type(quantity).__name__}.")
    return quantity
