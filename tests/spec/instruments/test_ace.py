"""ACE.

Ten yes or no questions; four or more is a marker of risk.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form    | given   | total |            band
    ------------+---------+-------+----------------
    none        | 10x0    |     0 | fewer than four
    three       | 3x1 7x0 |     3 | fewer than four
    four        | 4x1 6x0 |     4 |    four or more
    all         | 10x1    |    10 |    four or more
    one missing | 9x0 .   |       |
""")
def test_four_or_more_is_the_marker(given: str | None, total: Decimal | None, band: str | None) -> None:
    found = scored("ace", given)
    assert (found.total, found.band) == (total, band)
