"""PHQ-9.

Nine answers of 0 to 3 are added up (Kroenke, Spitzer and Williams 2001). Up to two missing answers stand at
the mean of the others (Arrieta 2017). Item 9 asks about suicide and counts on its own.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, safety, scored


@cases("""
    the form                      | given   | total |              band
    ------------------------------+---------+-------+------------------
    nothing at all                | 9x0     |     0 |           minimal
    the highest minimal           | 4x1 5x0 |     4 |           minimal
    the lowest mild               | 5x1 4x0 |     5 |              mild
    the highest mild              | 9x1     |     9 |              mild
    the lowest moderate           | 8x1 2   |    10 |          moderate
    the highest moderate          | 4x1 5x2 |    14 |          moderate
    the lowest moderately severe  | 3x1 6x2 |    15 | moderately severe
    the highest moderately severe | 8x2 3   |    19 | moderately severe
    the lowest severe             | 7x2 2x3 |    20 |            severe
    everything nearly every day   | 9x3     |    27 |            severe
""")
def test_nine_answers_add_up_to_a_band(given: str | None, total: Decimal | None, band: str | None) -> None:
    found = scored("phq9", given)
    assert (found.total, found.band) == (total, band)


@cases("""
    the form                     | given     | total |              band |                     blank
    -----------------------------+-----------+-------+-------------------+--------------------------
    two missing                  | 7x2 2x.   |    18 | moderately severe |                      8, 9
    one missing, no whole number | 1 7x1 .   |     9 |              mild |                         9
    between two whole scores     | 4x1 4x2 . |  13.5 |          moderate |                         9
    half a point short of mild   | 4x1 4x0 . |   4.5 |           minimal |                         9
    three missing                | 6x2 3x.   |       |                   |                   7, 8, 9
    nobody answered              |           |       |                   | 1, 2, 3, 4, 5, 6, 7, 8, 9
""")
def test_up_to_two_missing_answers_stand_at_the_mean_of_the_others(
    given: str | None, total: Decimal | None, band: str | None, blank: str | None
) -> None:
    """Seven answers of 2 make 14; nine of them would make 18."""
    found = scored("phq9", given)
    assert (found.total, found.band, missing(found)) == (total, band, blank)


@cases("""
    the form                 | given    | total |  urgency
    -------------------------+----------+-------+---------
    not at all               | 9x0      |     0 |
    several days             | 8x0 1    |     1 | 9 screen
    nearly every day         | 8x0 3    |     3 | 9 screen
    the only answer there is | 8x. 2    |       | 9 screen
    everything but item 9    | 8x3 0    |    24 |
    difficulty is not added  | 9x1 10=3 |     9 | 9 screen
""")
def test_item_9_asks_for_a_look_at_suicide_risk_whatever_the_total(
    given: str | None, total: Decimal | None, urgency: str | None
) -> None:
    found = scored("phq9", given)
    assert (found.total, safety(found)) == (total, urgency)


@cases("""
    the form                       | given       | major depressive syndrome | other depressive syndrome
    -------------------------------+-------------+---------------------------+--------------------------
    five with item 1               | 5x2 4x0     |                       yes |                        no
    five by one thought of death   | 4x2 4x0 1   |                       yes |                        no
    four with item 1               | 4x2 5x0     |                        no |                       yes
    two with item 2                | 0 2x2 6x0   |                        no |                       yes
    one alone                      | 2 8x0       |                        no |                        no
    five without item 1 or 2       | 2x1 5x2 2x0 |                        no |                        no
    a missing answer could decide  | 4x2 4x0 .   |                           |
    a missing answer cannot decide | 5x2 3x0 .   |                       yes |                        no
""")
def test_the_diagnostic_rule_counts_more_than_half_the_days_and_any_thought_of_death(
    given: str | None, major_depressive_syndrome: bool | None, other_depressive_syndrome: bool | None
) -> None:
    """Five or more with item 1 or 2 is a major syndrome, two to four another one; item 9 counts from 1 on."""
    found = scored("phq9", given)
    assert (found.derived["major_depressive_syndrome"], found.derived["other_depressive_syndrome"]) == (
        major_depressive_syndrome,
        other_depressive_syndrome,
    )
