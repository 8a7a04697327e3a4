"""QIDS-SR16.

Sixteen answers of 0 to 3 make nine domains: of sleep (1 to 4), appetite and weight (6 to 9) and movement
(15, 16) only the highest counts. Appetite is asked as less or more, weight as lost or gained: one of each
pair is answered.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, safety, scored


@cases("""
    the form                          | given                 | total |        band
    ----------------------------------+-----------------------+-------+------------
    nothing                           | 16x0                  |     0 |        none
    only the highest of sleep counts  | 4x3 12x0              |     3 |        none
    only the highest of weight counts | 5x0 4x2 7x0           |     2 |        none
    the lowest mild                   | 4x0 3 4x0 2 1 5x0     |     6 |        mild
    just below mild                   | 4x0 3 4x0 2 6x0       |     5 |        none
    the highest mild                  | 4x2 2 4x2 2x2 5x0     |    10 |        mild
    the lowest moderate               | 4x2 2 4x2 2x2 1 4x0   |    11 |    moderate
    the highest moderate              | 4x2 2 4x2 4x2 1 2x0   |    15 |    moderate
    the lowest severe                 | 4x2 2 4x2 5x2 2x0     |    16 |      severe
    the highest severe                | 4x3 3 4x2 2x2 3x2 2x2 |    20 |      severe
    the lowest very severe            | 4x3 3 4x3 5x2 2 0     |    21 | very severe
    the highest there is              | 16x3                  |    27 | very severe
""")
def test_nine_domains_add_up_to_a_band(given: str | None, total: Decimal | None, band: str | None) -> None:
    found = scored("qids-sr16", given)
    assert (found.total, found.band) == (total, band)


@cases("""
    the form                     | given               | total | complete |      blank
    -----------------------------+---------------------+-------+----------+-----------
    less appetite, weight lost   | 5x1 1 . 1 . 7x1     |     9 |      yes |
    more appetite, weight gained | 5x1 . 1 . 2 7x1     |    10 |      yes |
    weight not answered          | 5x1 1 3x. 7x1       |     9 |       no |       8, 9
    one of sleep missing         | 3x1 . 1 1 . 1 . 7x1 |     9 |       no |          4
    all of sleep missing         | 4x. 1 1 . 1 . 7x1   |       |       no | 1, 2, 3, 4
    mood missing                 | 4x1 . 1 . 1 . 7x1   |       |       no |          5
""")
def test_one_of_less_or_more_appetite_is_enough(
    given: str | None, total: Decimal | None, complete: bool, blank: str | None
) -> None:
    found = scored("qids-sr16", given)
    assert (found.total, found.complete, missing(found)) == (total, complete, blank)


@cases("""
    the form | given      |   urgency
    ---------+------------+----------
    0        | 16x0       |
    1        | 11x0 1 4x0 | 12 screen
    2        | 11x0 2 4x0 | 12 urgent
    3        | 11x0 3 4x0 | 12 urgent
""")
def test_item_12_is_a_safety_matter_from_1_on_and_urgent_from_2(
    given: str | None, urgency: str | None
) -> None:
    found = scored("qids-sr16", given)
    assert safety(found) == urgency
