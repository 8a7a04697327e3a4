"""MADRS.

Ten ratings of 0 to 6 are added up. Bands after Snaith 1986; Müller 2003 puts severe at 31.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import safety, scored


@cases("""
    the form             | given   | total |     band | band mueller 2003
    ---------------------+---------+-------+----------+------------------
    nothing              | 10x0    |     0 |     none |              none
    the lowest mild      | 6 1 8x0 |     7 |     mild |              mild
    just below mild      | 6 9x0   |     6 |     none |              none
    the highest mild     | 9x2 1   |    19 |     mild |              mild
    the lowest moderate  | 10x2    |    20 | moderate |          moderate
    30, both moderate    | 10x3    |    30 | moderate |          moderate
    31, only one severe  | 9x3 4   |    31 | moderate |            severe
    the highest moderate | 6x3 4x4 |    34 | moderate |            severe
    the lowest severe    | 5x3 5x4 |    35 |   severe |            severe
    the highest there is | 10x6    |    60 |   severe |            severe
    one missing          | 9x3 .   |       |          |
""")
def test_ten_ratings_add_up_to_a_band(
    given: str | None, total: Decimal | None, band: str | None, band_mueller_2003: str | None
) -> None:
    found = scored("madrs", given)
    assert (found.total, found.band, found.derived["band_mueller_2003"]) == (total, band, band_mueller_2003)


@cases("""
    the form | given |   urgency
    ---------+-------+----------
    1        | 9x0 1 |
    2        | 9x0 2 | 10 screen
    3        | 9x0 3 | 10 screen
    4        | 9x0 4 | 10 urgent
    6        | 9x0 6 | 10 urgent
""")
def test_item_10_is_a_safety_matter_from_2_on_and_urgent_from_4(
    given: str | None, urgency: str | None
) -> None:
    found = scored("madrs", given)
    assert safety(found) == urgency
