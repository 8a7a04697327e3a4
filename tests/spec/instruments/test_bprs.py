"""BPRS.

Eighteen ratings of 1 to 7 are added up; 0 is not assessed and missing.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form                    | given                   | total | positive symptoms | blank
    ----------------------------+-------------------------+-------+-------------------+------
    nothing present             | 18x1                    |    18 |                 4 |
    the highest there is        | 18x7                    |   126 |                28 |
    4, 11, 12 and 15            | 3x1 7 6x1 2x7 2x1 7 3x1 |    42 |                28 |
    not assessed                | 17x1 0                  |       |                 4 |    18
    a positive one not assessed | 3x1 0 14x1              |       |                   |     4
""")
def test_eighteen_ratings_add_up(
    given: str | None, total: Decimal | None, positive_symptoms: Decimal | None, blank: str | None
) -> None:
    found = scored("bprs", given)
    assert (found.total, found.subscales["positive_symptoms"], missing(found)) == (
        total,
        positive_symptoms,
        blank,
    )
