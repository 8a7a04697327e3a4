"""DAST-10.

Ten yes or no questions; for question 3 only, no counts 1.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form                  | given         | total |        band
    --------------------------+---------------+-------+------------
    no drugs, can always stop | 2x0 1 7x0     |     0 |        none
    cannot always stop        | 10x0          |     1 |         low
    two                       | 1 9x0         |     2 |         low
    the lowest moderate       | 2x1 8x0       |     3 |    moderate
    the highest moderate      | 2x1 0 2x1 5x0 |     5 |    moderate
    the lowest substantial    | 2x1 0 3x1 4x0 |     6 | substantial
    the highest substantial   | 2x1 0 5x1 2x0 |     8 | substantial
    the lowest severe         | 2x1 0 6x1 0   |     9 |      severe
    the highest there is      | 2x1 0 7x1     |    10 |      severe
    one missing               | 2x1 . 7x1     |       |
""")
def test_yes_counts_except_for_question_3(given: str | None, total: Decimal | None, band: str | None) -> None:
    found = scored("dast10", given)
    assert (found.total, found.band) == (total, band)
