"""K10.

Ten answers of 1 to 5 are added up, 10 to 50, and cut twice: as the Australian Bureau of Statistics does and as
primary care does. After "none of the time" to question 2 or 5 the next is not asked and counts 1. Up to two missing
answers stand at the mean of the others, rounded to a whole number.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form                | given   | total |      band |    primary care
    ------------------------+---------+-------+-----------+-----------------
    none of the time        | 10x1    |    10 |       low | likely to be well
    the highest low         | 5x1 5x2 |    15 |       low | likely to be well
    the lowest moderate     | 4x1 6x2 |    16 |  moderate | likely to be well
    the highest to be well  | 1 9x2   |    19 |  moderate | likely to be well
    the lowest mild         | 10x2    |    20 |  moderate |            mild
    the highest moderate    | 9x2 3   |    21 |  moderate |            mild
    the lowest high         | 8x2 2x3 |    22 |      high |            mild
    the highest mild        | 6x2 4x3 |    24 |      high |            mild
    the lowest of 25        | 5x2 5x3 |    25 |      high |        moderate
    the highest high        | 2 9x3   |    29 |      high |        moderate
    the lowest very high    | 10x3    |    30 | very high |          severe
    all of the time         | 10x5    |    50 | very high |          severe
""")
def test_ten_answers_add_up_and_are_cut_twice(
    given: str | None, total: Decimal | None, band: str | None, primary_care: str | None
) -> None:
    found = scored("k10", given)
    assert (found.total, found.band, found.derived["band_primary_care"]) == (total, band, primary_care)
    assert found.safety == ()


@cases("""
    what was left out                  | given             | total |      band | blank
    -----------------------------------+-------------------+-------+-----------+--------
    3, after 2 was none of the time    | 2 1 . 7x2         |    18 |  moderate |
    6, after 5 was none of the time    | 4x2 1 . 4x2       |    18 |  moderate |
    3 and 6, both passed over          | 1 1 . 1 1 . 4x1   |    10 |       low |
    3, though 2 was a little           | 2x2 . 7x2         |    20 |  moderate | 3
    6, though 5 was a little           | 5x2 . 4x2         |    20 |  moderate | 6
    one, 14 over nine is 15.6          | . 4x1 5x2         |    16 |  moderate | 1
    one, 32 over nine is 35.6          | . 5x4 4x3         |    36 | very high | 1
    two, 26 over eight is 32.5         | 2x. 6x3 2x4       |    33 | very high | 1, 2
    two at the lowest                  | 8x1 2x.           |    10 |       low | 9, 10
    two, and 3 passed over             | 2 1 . 5x2 2x.     |    18 |  moderate | 9, 10
    three                              | 7x5 3x.           |       |           | 8, 9, 10
    everything                         | 10x.              |       |           | 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
""")
def test_what_may_be_left_out(
    given: str | None, total: Decimal | None, band: str | None, blank: str | None
) -> None:
    found = scored("k10", given)
    assert (found.total, found.band) == (total, band)
    assert missing(found) == blank
