"""Masses, volumes, concentrations, doses per weight and rates, and the only arithmetic that makes sense.

A dose per weight times a body weight is a mass; a mass divided by a concentration is a volume; a volume
over a span is a pump rate. Anything else is refused by the type, before it can reach a syringe.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar, overload

from kap.vocabulary.decimals import exact_product, quotient
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.spans import Span

_PER_MINUTE = Decimal(60)
_SECONDS_AN_HOUR = Decimal(3600)
_MILLIGRAMS_A_KILOGRAM = Decimal(1_000_000)


class Mass(Quantity):
    """How much of a substance there is, or how heavy a person is."""

    __slots__ = ()
    UNITS: ClassVar[Mapping[str, Decimal]] = {
        "mg": Decimal(1),
        "ug": Decimal("0.001"),
        "g": Decimal(1000),
        "kg": Decimal(1_000_000),
        "[lb_av]": Decimal("453592.37"),  # the international avoirdupois pound, exact by definition
    }

    @classmethod
    def mg(cls, number: Decimal | int | str) -> Mass:
        """A mass in milligrams."""
        return cls.of(number, "mg")

    @classmethod
    def ug(cls, number: Decimal | int | str) -> Mass:
        """A mass in micrograms."""
        return cls.of(number, "ug")

    @classmethod
    def g(cls, number: Decimal | int | str) -> Mass:
        """A mass in grams."""
        return cls.of(number, "g")

    @classmethod
    def kg(cls, number: Decimal | int | str) -> Mass:
        """A body weight in kilograms."""
        return cls.of(number, "kg")

    @classmethod
    def lb(cls, number: Decimal | int | str) -> Mass:
        """A body weight in pounds."""
        return cls.of(number, "[lb_av]")

    def per_weight(self, weight: Mass) -> DosePerWeight:
        """What this dose is for each kilogram of a person."""
        return DosePerWeight.in_first_unit(
            quotient(exact_product(self.amount, _MILLIGRAMS_A_KILOGRAM), weight.amount)
        )

    def share_of(self, whole: Mass) -> Decimal:
        """How many times the other mass goes into this one."""
        return quotient(self.amount, whole.amount)

    @overload
    def __truediv__(self, other: Concentration) -> Volume: ...
    @overload
    def __truediv__(self, other: Volume) -> Concentration: ...
    @overload
    def __truediv__(self, other: Span) -> MassRate: ...
    def __truediv__(self, other: Concentration | Volume | Span) -> Volume | Concentration | MassRate:
        match other:
            case Concentration():
                return Volume.in_first_unit(quotient(self.amount, other.amount))
            case Volume():
                return Concentration.in_first_unit(quotient(self.amount, other.amount))
            case Span():
                return MassRate.in_first_unit(quotient(_an_hour_of(self), other.amount))
        return NotImplemented


class Volume(Quantity):
    """How much of a liquid there is."""

    __slots__ = ()
    UNITS: ClassVar[Mapping[str, Decimal]] = {
        "mL": Decimal(1),
        "uL": Decimal("0.001"),
        "L": Decimal(1000),
    }

    @classmethod
    def ml(cls, number: Decimal | int | str) -> Volume:
        """A volume in milliliters."""
        return cls.of(number, "mL")

    @overload
    def __truediv__(self, other: Span) -> VolumeRate: ...
    @overload
    def __truediv__(self, other: VolumeRate) -> Span: ...
    def __truediv__(self, other: Span | VolumeRate) -> VolumeRate | Span:
        match other:
            case Span():
                return VolumeRate.in_first_unit(quotient(_an_hour_of(self), other.amount))
            case VolumeRate():
                return Span.in_first_unit(quotient(_an_hour_of(self), other.amount))
        return NotImplemented


class Concentration(Quantity):
    """How much of a substance there is in each milliliter."""

    __slots__ = ()
    UNITS: ClassVar[Mapping[str, Decimal]] = {
        "mg/mL": Decimal(1),
        "ug/mL": Decimal("0.001"),
        "g/L": Decimal(1),
    }

    @classmethod
    def mg_per_ml(cls, number: Decimal | int | str) -> Concentration:
        """A concentration in milligrams per milliliter."""
        return cls.of(number, "mg/mL")

    def __mul__(self, volume: Volume) -> Mass:
        if not isinstance(volume, Volume):
            return NotImplemented
        return Mass.in_first_unit(exact_product(self.amount, volume.amount))


class DosePerWeight(Quantity):
    """How much of a substance is meant for each kilogram of a person."""

    __slots__ = ()
    UNITS: ClassVar[Mapping[str, Decimal]] = {"mg/kg": Decimal(1), "ug/kg": Decimal("0.001")}

    @classmethod
    def mg_per_kg(cls, number: Decimal | int | str) -> DosePerWeight:
        """A dose in milligrams for each kilogram."""
        return cls.of(number, "mg/kg")

    def for_weight(self, weight: Mass) -> Mass:
        """The dose for a person of this weight, exactly.

        >>> str(DosePerWeight.mg_per_kg("0.5").for_weight(Mass.kg(70)))
        '35 mg'
        """
        product = exact_product(self.amount, weight.amount)
        return Mass.in_first_unit(exact_product(product, 1 / _MILLIGRAMS_A_KILOGRAM))

    def __mul__(self, weight: Mass) -> Mass:
        return self.for_weight(weight) if isinstance(weight, Mass) else NotImplemented


class MassRate(Quantity):
    """How fast a substance is given."""

    __slots__ = ()
    UNITS: ClassVar[Mapping[str, Decimal]] = {
        "mg/h": Decimal(1),
        "mg/min": _PER_MINUTE,
        "ug/min": Decimal("0.06"),
    }

    @classmethod
    def mg_per_h(cls, number: Decimal | int | str) -> MassRate:
        """A rate in milligrams an hour."""
        return cls.of(number, "mg/h")

    def __mul__(self, span: Span) -> Mass:
        if not isinstance(span, Span):
            return NotImplemented
        return Mass.in_first_unit(quotient(exact_product(self.amount, span.amount), _SECONDS_AN_HOUR))

    def __truediv__(self, concentration: Concentration) -> VolumeRate:
        if not isinstance(concentration, Concentration):
            return NotImplemented
        return VolumeRate.in_first_unit(quotient(self.amount, concentration.amount))


class VolumeRate(Quantity):
    """How fast a pump or a flow meter runs."""

    __slots__ = ()
    UNITS: ClassVar[Mapping[str, Decimal]] = {
        "mL/h": Decimal(1),
        "mL/min": _PER_MINUTE,
        "L/min": Decimal(60_000),
    }

    @classmethod
    def ml_per_h(cls, number: Decimal | int | str) -> VolumeRate:
        """A rate in milliliters an hour."""
        return cls.of(number, "mL/h")

    @overload
    def __mul__(self, other: Span) -> Volume: ...
    @overload
    def __mul__(self, other: Concentration) -> MassRate: ...
    def __mul__(self, other: Span | Concentration) -> Volume | MassRate:
        match other:
            case Span():
                product = exact_product(self.amount, other.amount)
                return Volume.in_first_unit(quotient(product, _SECONDS_AN_HOUR))
            case Concentration():
                return MassRate.in_first_unit(exact_product(self.amount, other.amount))
        return NotImplemented


def _an_hour_of(quantity: Quantity) -> Decimal:
    # Multiplied first and divided last: 50 mL at 75 mL/h is exactly 40 min, not two thirds of an hour.
    return exact_product(quantity.amount, _SECONDS_AN_HOUR)
