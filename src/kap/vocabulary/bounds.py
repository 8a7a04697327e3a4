"""A result that is only a bound: below, or above, what a laboratory's method can tell apart."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from kap.vocabulary.decimals import exact, plain


class Side(Enum):
    """On which side of its number the true value lies."""

    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Bound:
    """“< 5”: the true value lies on one side of this number, and nobody knows where.

    Units: those of the fact that holds it.
    Raises: InputError when the number is not exact.

    >>> str(Bound(Side.BELOW, Decimal(5)))
    '< 5'
    >>> Bound(Side.BELOW, Decimal(5)).is_surely_below(Decimal(5))
    True
    """

    side: Side
    number: Decimal

    def __post_init__(self) -> None:
        exact(self.number)

    def is_surely_below(self, line: Decimal) -> bool:
        """Whether the true value is certainly less than a line."""
        match self.side:
            case Side.BELOW:
                return self.number <= line
            case Side.AT_MOST:
                return self.number < line
        return False

    def is_surely_above(self, line: Decimal) -> bool:
        """Whether the true value is certainly more than a line."""
        match self.side:
            case Side.ABOVE:
                return self.number >= line
            case Side.AT_LEAST:
                return self.number > line
        return False

    def __str__(self) -> str:
        """Reads as it is charted."""
        return f"{self.side.value} {plain(self.number)}"
