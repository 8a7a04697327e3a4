"""BRS.

The mean of six answers of 1 to 5, with questions 2, 4 and 6 counting the other way round, is read to two decimals: low
below 3.00, normal from 3.00 to 4.30, high from 4.31 (Smith et al. 2013). A mean of six moves by a sixth, so the
borders lie between 2.83 and 3.00 and between 4.17 and 4.33. Nothing may be missing: no limit was found.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form                          | given       | total | band   | blank
    ----------------------------------+-------------+-------+--------+------
    the lowest there is               | 1 5 1 5 1 5 |     1 | low    |
    the same answer to all            | 6x1         |     3 | normal |
    the highest answer to all         | 6x5         |     3 | normal |
    half a point above the lowest     | 1 5 1 5 1 2 |   1.5 | low    |
    half a point below the border     | 1 4 3 3 3 3 |   2.5 | low    |
    the lowest normal                 | 6x3         |     3 | normal |
    half a point above the border     | 5 2 3 3 3 3 |   3.5 | normal |
    the highest there is              | 5 1 5 1 5 1 |     5 | high   |
    the first missing                 | . 1 5 1 5 1 |       |        |     1
    the last missing                  | 5 1 5 1 5 . |       |        |     6
""")
def test_the_mean_of_six_with_every_second_reversed(
    given: str | None, total: Decimal | None, band: str | None, blank: str | None
) -> None:
    found = scored("brs", given)
    assert (found.total, found.band, missing(found)) == (total, band, blank)


@cases("""
    the form                    | given       | total_to_two_decimals | band
    ----------------------------+-------------+-----------------------+-------
    the highest low             | 2 5x3       |                  2.83 | low
    the lowest normal           | 6x3         |                  3.00 | normal
    the highest normal          | 5 2 4 2 4 2 |                  4.17 | normal
    the lowest high             | 5 1 4 2 4 2 |                  4.33 | high
""")
def test_both_sides_of_each_border(given: str | None, total_to_two_decimals: Decimal, band: str) -> None:
    found = scored("brs", given)
    assert found.total is not None
    assert (round(found.total, 2), found.band) == (total_to_two_decimals, band)
