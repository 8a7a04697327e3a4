"""PADSS, modified.

Five criteria of 0 to 2; 9 or more is fit to leave with an escort.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form             | given   | total |               band
    ---------------------+---------+-------+-------------------
    nothing              | 5x0     |     0 |               stay
    just below           | 3x2 2x1 |     8 |               stay
    exactly on the line  | 4x2 1   |     9 | fit with an escort
    the highest there is | 5x2     |    10 | fit with an escort
    one missing          | 4x2 .   |       |
""")
def test_nine_or_more_is_fit_with_an_escort(
    given: str | None, total: Decimal | None, band: str | None
) -> None:
    found = scored("padss", given)
    assert (found.total, found.band) == (total, band)
