"""HAM-D17.

Seventeen ratings, nine of 0 to 4 and eight of 0 to 2 (items 4 to 6, 12 to 14, 16 and 17), are added up.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, safety, scored


@cases("""
    the form               | given                 | total |        band
    -----------------------+-----------------------+-------+------------
    nothing                | 17x0                  |     0 |        none
    just below mild        | 7x1 10x0              |     7 |        none
    the lowest mild        | 8x1 9x0               |     8 |        mild
    the highest mild       | 13x1 4x0              |    13 |        mild
    the lowest moderate    | 14x1 3x0              |    14 |    moderate
    the highest moderate   | 2x2 14x1 0            |    18 |    moderate
    the lowest severe      | 2x2 15x1              |    19 |      severe
    the highest severe     | 5x2 12x1              |    22 |      severe
    the lowest very severe | 6x2 11x1              |    23 | very severe
    the highest there is   | 3x4 3x2 5x4 3x2 4 2x2 |    52 | very severe
""")
def test_seventeen_ratings_add_up_to_a_band(
    given: str | None, total: Decimal | None, band: str | None
) -> None:
    found = scored("hamd17", given)
    assert (found.total, found.band) == (total, band)


@cases("""
    the form     | given    | total | blank
    -------------+----------+-------+------
    assessed     | 17x1     |    17 |
    not assessed | 15x1 3 1 |       |    16
""")
def test_weight_loss_that_was_not_assessed_is_missing_and_not_three(
    given: str | None, total: Decimal | None, blank: str | None
) -> None:
    found = scored("hamd17", given)
    assert (found.total, missing(found)) == (total, blank)


@cases("""
    the form | given      |  urgency
    ---------+------------+---------
    0        | 17x0       |
    1        | 2x0 1 14x0 | 3 screen
    2        | 2x0 2 14x0 | 3 screen
    3        | 2x0 3 14x0 | 3 urgent
    4        | 2x0 4 14x0 | 3 urgent
""")
def test_item_3_is_a_safety_matter_from_1_on_and_urgent_from_3(
    given: str | None, urgency: str | None
) -> None:
    found = scored("hamd17", given)
    assert safety(found) == urgency
