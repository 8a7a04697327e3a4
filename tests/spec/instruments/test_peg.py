"""PEG.

The mean of three ratings of 0 to 10: pain, enjoyment, general activity.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form             | given | total | blank
    ---------------------+-------+-------+------
    nothing              | 3x0   |     0 |
    each its own         | 4 5 6 |     5 |
    no whole rating      | 2x5 2 |     4 |
    the highest there is | 3x10  |    10 |
    one missing          | 5 . 5 |       |     2
""")
def test_three_ratings_have_a_mean(given: str | None, total: Decimal | None, blank: str | None) -> None:
    found = scored("peg", given)
    assert (found.total, missing(found)) == (total, blank)
