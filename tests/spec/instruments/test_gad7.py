"""GAD-7.

Seven answers of 0 to 3 are added up (Spitzer 2006).
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form             | given   | total |     band
    ---------------------+---------+-------+---------
    nothing              | 7x0     |     0 |  minimal
    the highest minimal  | 4x1 3x0 |     4 |  minimal
    the lowest mild      | 5x1 2x0 |     5 |     mild
    the highest mild     | 5x1 2x2 |     9 |     mild
    the lowest moderate  | 4x1 3x2 |    10 | moderate
    the highest moderate | 7x2     |    14 | moderate
    the lowest severe    | 6x2 3   |    15 |   severe
    the highest there is | 7x3     |    21 |   severe
""")
def test_seven_answers_add_up_to_a_band(given: str | None, total: Decimal | None, band: str | None) -> None:
    found = scored("gad7", given)
    assert (found.total, found.band) == (total, band)


@cases("""
    the form     | given | total | band | blank | complete
    -------------+-------+-------+------+-------+---------
    one missing  | 6x3 . |       |      |     7 |       no
    all answered | 7x1   |     7 | mild |       |      yes
""")
def test_no_rule_fills_in_a_missing_answer(
    given: str | None, total: Decimal | None, band: str | None, blank: str | None, complete: bool
) -> None:
    found = scored("gad7", given)
    assert (found.total, found.band, missing(found), found.complete) == (total, band, blank, complete)


@cases("""
    the form            | given   | at or above 10
    --------------------+---------+---------------
    just below          | 5x1 2x2 |             no
    exactly on the line | 4x1 3x2 |            yes
    one missing         | 6x3 .   |
""")
def test_ten_is_the_published_cut(given: str | None, at_or_above_10: bool | None) -> None:
    found = scored("gad7", given)
    assert found.derived["at_or_above_10"] == at_or_above_10
