"""BRS.

The mean of six answers of 1 to 5, with questions 2, 4 and 6 counting the other way round: low below 3.00, normal
from 3.00 to 4.30, high from 4.31 (PhenX 251401). A mean of six moves by a sixth, so 4.31 lies between a raw sum of
25 (4.17) and of 26 (4.33). Nothing may be missing.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form                          | given       | raw | total | band   | blank
    ----------------------------------+-------------+-----+-------+--------+------
    the lowest there is               | 1 5 1 5 1 5 |   6 |     1 | low    |
    the same answer to all            | 6x1         |  18 |     3 | normal |
    the highest answer to all         | 6x5         |  18 |     3 | normal |
    half a point above the lowest     | 1 5 1 5 1 2 |   9 |   1.5 | low    |
    half a point below the border     | 1 4 3 3 3 3 |  15 |   2.5 | low    |
    the lowest normal                 | 6x3         |  18 |     3 | normal |
    half a point above the border     | 5 2 3 3 3 3 |  21 |   3.5 | normal |
    the highest there is              | 5 1 5 1 5 1 |  30 |     5 | high   |
    the first missing                 | . 1 5 1 5 1 |     |       |        |     1
    the last missing                  | 5 1 5 1 5 . |     |       |        |     6
""")
def test_the_mean_of_six_with_every_second_reversed(
    given: str | None, raw: Decimal | None, total: Decimal | None, band: str | None, blank: str | None
) -> None:
    found = scored("brs", given)
    assert (found.subscales["raw"], found.total, found.derived["raw_band"]) == (raw, total, band)
    assert missing(found) == blank


@cases("""
    the form                    | given       | raw | band
    ----------------------------+-------------+-----+-------
    the highest low, 2.83       | 2 5x3       |  17 | low
    the lowest normal, 3.00     | 6x3         |  18 | normal
    the highest normal, 4.17    | 5 2 4 2 4 2 |  25 | normal
    the lowest high, 4.33       | 5 1 4 2 4 2 |  26 | high
""")
def test_both_sides_of_each_border(given: str | None, raw: Decimal | None, band: str | None) -> None:
    found = scored("brs", given)
    assert (found.subscales["raw"], found.derived["raw_band"]) == (raw, band)
