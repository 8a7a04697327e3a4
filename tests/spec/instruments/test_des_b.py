"""DES-B.

Eight answers of 0 to 4, added and averaged. Up to two missing answers are filled in by proportion and the
result is rounded; there is no cut.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form             | given       | total | band | average |   blank
    ---------------------+-------------+-------+------+---------+--------
    nothing              | 8x0         |     0 |      |       0 |
    each once            | 8x1         |     8 |      |       1 |
    the highest there is | 8x4         |    32 |      |       4 |
    two missing          | 6x3 2x.     |    24 |      |       3 |    7, 8
    rounded half up      | 4x1 2x2 2x. |    11 |      |   1.375 |    7, 8
    three missing        | 5x3 3x.     |       |      |         | 6, 7, 8
""")
def test_eight_answers_are_added_and_averaged(
    given: str | None, total: Decimal | None, band: str | None, average: Decimal | None, blank: str | None
) -> None:
    found = scored("des-b", given)
    assert (found.total, found.band, found.derived["average"], missing(found)) == (
        total,
        band,
        average,
        blank,
    )
