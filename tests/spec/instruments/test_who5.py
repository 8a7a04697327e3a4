"""WHO-5.

Five answers of 0 to 5, the sum times 4; higher is better.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form    | given   | total |              band | raw
    ------------+---------+-------+-------------------+----
    the lowest  | 5x0     |     0 | likely depression |   0
    28          | 2x2 3x1 |    28 | likely depression |   7
    32          | 3x2 2x1 |    32 |     low wellbeing |   8
    48          | 3x2 2x3 |    48 |     low wellbeing |  12
    52          | 2x2 3x3 |    52 |          adequate |  13
    the highest | 5x5     |   100 |          adequate |  25
    one missing | 4x5 .   |       |                   |
""")
def test_five_answers_times_four_is_a_score_of_a_hundred(
    given: str | None, total: Decimal | None, band: str | None, raw: Decimal | None
) -> None:
    found = scored("who5", given)
    assert (found.total, found.band, found.subscales["raw"]) == (total, band, raw)
