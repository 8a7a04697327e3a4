"""Aldrete, modified 1995.

Five criteria of 0 to 2; 9 or more may leave recovery.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form             | given   | total |               band
    ---------------------+---------+-------+-------------------
    nothing              | 5x0     |     0 |               stay
    just below           | 3x2 2x1 |     8 |               stay
    exactly on the line  | 4x2 1   |     9 | may leave recovery
    the highest there is | 5x2     |    10 | may leave recovery
    one missing          | 4x2 .   |       |
""")
def test_nine_or_more_may_leave_recovery(given: str | None, total: Decimal | None, band: str | None) -> None:
    found = scored("aldrete", given)
    assert (found.total, found.band) == (total, band)
