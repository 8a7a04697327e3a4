"""YMRS.

Eleven ratings, items 5, 6, 8 and 9 of 0 to 8 and the others of 0 to 4, are added up (Young 1978).
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form              | given             | total |      band
    ----------------------+-------------------+-------+----------
    nothing               | 11x0              |     0 | remission
    the highest remission | 10x1 2            |    12 | remission
    the lowest minimal    | 9x1 2x2           |    13 |   minimal
    the highest minimal   | 3x1 8x2           |    19 |   minimal
    the lowest mild       | 2x1 9x2           |    20 |      mild
    the highest mild      | 8x2 3x3           |    25 |      mild
    the lowest moderate   | 7x2 4x3           |    26 |  moderate
    the highest moderate  | 7x3 4x4           |    37 |  moderate
    the lowest severe     | 6x3 5x4           |    38 |    severe
    the highest there is  | 4x4 2x8 4 2x8 2x4 |    60 |    severe
    one missing           | 10x1 .            |       |
""")
def test_eleven_ratings_add_up_to_a_band(given: str | None, total: Decimal | None, band: str | None) -> None:
    found = scored("ymrs", given)
    assert (found.total, found.band) == (total, band)
