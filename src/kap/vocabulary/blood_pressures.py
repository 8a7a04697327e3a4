"""Both numbers of one blood-pressure reading, kept together so that no rule can mix two readings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from kap.vocabulary.decimals import exact, plain
from kap.vocabulary.errors import InputError


@dataclass(frozen=True, slots=True)
class BloodPressure:
    """One reading of the upper and the lower pressure in an artery.

    Units: millimeters of mercury.
    Missing: a number nobody recorded is None, and the reading is then not whole.
    Raises: InputError when both numbers are missing, inexact or not above zero.
    """

    systolic: Decimal | None
    diastolic: Decimal | None

    UNIT: ClassVar[str] = "mm[Hg]"

    def __post_init__(self) -> None:
        numbers = [number for number in (self.systolic, self.diastolic) if number is not None]
        if not numbers:
            raise InputError("A blood pressure needs at least one of its two numbers.")
        if any(exact(number) <= 0 for number in numbers):
            raise InputError("A blood pressure lies above zero: check the number and its unit.")

    @property
    def is_whole(self) -> bool:
        """Whether both numbers were recorded."""
        return self.systolic is not None and self.diastolic is not None

    def __str__(self) -> str:
        """Reads as it is charted, with a question mark for the number nobody recorded."""
        upper, lower = (
            "?" if number is None else plain(number) for number in (self.systolic, self.diastolic)
        )
        return f"{upper}/{lower}"
