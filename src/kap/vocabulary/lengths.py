"""How tall a person is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from kap.vocabulary.quantity import Quantity


class Length(Quantity):
    """A person's height."""

    __slots__ = ()
    UNITS: ClassVar[Mapping[str, Decimal]] = {
        "cm": Decimal(1),
        "m": Decimal(100),
        "[in_i]": Decimal("2.54"),  # the international inch, exact by definition
    }

    @classmethod
    def cm(cls, number: Decimal | int | str) -> Length:
        """A height in centimeters."""
        return cls.of(number, "cm")
