"""CEQ.

Twenty-six answers of 0 to 5 are added up raw; the key of the seven factors is not verified, and the score
says so.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form             | given     | total | mean
    ---------------------+-----------+-------+-----
    nothing              | 26x0      |     0 |    0
    each once            | 26x1      |    26 |    1
    half                 | 13x5 13x0 |    65 |  2.5
    the highest there is | 26x5      |   130 |    5
    one missing          | 25x5 .    |       |
""")
def test_twenty_six_answers_add_up(given: str | None, total: Decimal | None, mean: Decimal | None) -> None:
    found = scored("ceq", given)
    assert (found.total, found.derived["mean"]) == (total, mean)
