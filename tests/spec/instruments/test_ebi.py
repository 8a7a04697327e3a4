"""EBI.

Six marks on a line from 0 to 100; the mean is the score, the sum is kept beside it.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form             | given     | total | sum
    ---------------------+-----------+-------+----
    nothing              | 6x0       |     0 |   0
    half                 | 3x100 3x0 |    50 | 300
    a fraction           | 3 5x0     |   0.5 |   3
    the highest there is | 6x100     |   100 | 600
    one missing          | 5x50 .    |       |
""")
def test_six_marks_have_a_mean_and_a_sum(
    given: str | None, total: Decimal | None, sum: Decimal | None
) -> None:
    found = scored("ebi", given)
    assert (found.total, found.subscales["sum"]) == (total, sum)
