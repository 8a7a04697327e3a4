"""The shape every quantity shares: an exact number that never travels without its unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from kap.vocabulary.decimals import Rounding, exact, exact_product, exact_sum, plain, quotient, whole_steps
from kap.vocabulary.errors import InputError

# What a person reads where the UCUM code would be misread; everything else is read as it is coded.
READ_ALOUD = {
    "ug": "mcg",
    "[lb_av]": "lb",
    "[in_i]": "in",
    "ug/mL": "mcg/mL",
    "ug/kg": "mcg/kg",
    "ug/min": "mcg/min",
}


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """A number with its unit, kept in the unit it was written in; equal amounts are equal in any unit.

    Units: UCUM codes. The first of `UNITS` is the one sums of unlike units are written in.
    Raises: InputError for an unknown unit, an inexact number, or a negative one: none of these can be.
    """

    value: Decimal
    unit: str

    UNITS: ClassVar[Mapping[str, Decimal]] = {}

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", exact(self.value))
        if self.unit not in self.UNITS:
            raise InputError(
                f"{type(self).__name__} is not measured in {self.unit!r}: use one of {', '.join(self.UNITS)}."
            )
        if self.value < 0:
            raise InputError(f"A {type(self).__name__} cannot be negative: check the number and its order.")

    @classmethod
    def of(cls, number: Decimal | int | str, unit: str) -> Self:
        """Takes a number exactly as it was written, in its unit."""
        return cls(exact(number), unit)

    @classmethod
    def in_first_unit(cls, amount: Decimal) -> Self:
        """Takes an amount already counted in the first of the units."""
        return cls(amount, next(iter(cls.UNITS)))

    @property
    def amount(self) -> Decimal:
        """The amount counted in the first of the units, exactly."""
        return exact_product(self.value, self.UNITS[self.unit])

    def in_unit(self, unit: str) -> Decimal:
        """The number in another unit of the same kind, exact where decimals allow, else to 40 digits."""
        if unit == self.unit:
            return self.value
        return quotient(self.amount, type(self).of(1, unit).amount)

    def rounded(self, step: Self, rounding: Rounding) -> Self:
        """The nearest amount that whole steps can deliver, by a named rule, in the step's unit.

        Raises: InputError when the step is zero.
        """
        steps = whole_steps(self.amount, step.amount, rounding)
        return type(self)(exact_product(steps, step.value), step.unit)

    def times(self, count: Decimal | int) -> Self:
        """So many of it, in the same unit."""
        return type(self)(exact_product(self.value, exact(count)), self.unit)

    def __add__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        if other.unit == self.unit:
            return type(self)(exact_sum(self.value, other.value), self.unit)
        return self.in_first_unit(exact_sum(self.amount, other.amount))

    def __sub__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        if other > self:
            raise InputError(f"{other} cannot be taken from {self}: there is less than that.")
        if other.unit == self.unit:
            return type(self)(exact_sum(self.value, other.value.copy_negate()), self.unit)
        return self.in_first_unit(exact_sum(self.amount, other.amount.copy_negate()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quantity) or type(other) is not type(self):
            return NotImplemented
        return self.amount == other.amount

    def __hash__(self) -> int:
        return hash((type(self), self.amount))

    def __lt__(self, other: Self) -> bool:
        return self.amount < other.amount if type(other) is type(self) else NotImplemented

    def __le__(self, other: Self) -> bool:
        return self.amount <= other.amount if type(other) is type(self) else NotImplemented

    def __gt__(self, other: Self) -> bool:
        return self.amount > other.amount if type(other) is type(self) else NotImplemented

    def __ge__(self, other: Self) -> bool:
        return self.amount >= other.amount if type(other) is type(self) else NotImplemented

    def __str__(self) -> str:
        """Reads aloud, as on a label: `50 mcg`, `154 lb`."""
        return f"{plain(self.value)} {READ_ALOUD.get(self.unit, self.unit)}"

    @property
    def ucum(self) -> str:
        """The number and its UCUM code, as it is stored and exchanged."""
        return f"{plain(self.value)} {self.unit}"
