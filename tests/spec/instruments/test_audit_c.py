"""AUDIT-C.

The first three questions of the AUDIT, 0 to 12; 4 or more for men and 3 or more for women is positive.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form              | given | total | positive for men | positive for women
    ----------------------+-------+-------+------------------+-------------------
    never                 | 3x0   |     0 |               no |                 no
    never, the rest blank | 0 2x. |     0 |               no |                 no
    2                     | 2 2x0 |     2 |               no |                 no
    3                     | 3x1   |     3 |               no |                yes
    4                     | 2 2x1 |     4 |              yes |                yes
    the highest there is  | 3x4   |    12 |              yes |                yes
    one missing           | 2 . 1 |       |                  |
""")
def test_three_answers_add_up_to_a_cut_for_men_and_women(
    given: str | None, total: Decimal | None, positive_for_men: bool | None, positive_for_women: bool | None
) -> None:
    found = scored("audit-c", given)
    assert (found.total, found.derived["positive_for_men"], found.derived["positive_for_women"]) == (
        total,
        positive_for_men,
        positive_for_women,
    )
