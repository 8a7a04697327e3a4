"""MDQ.

Thirteen yes or no questions, whether several came together (14) and how much of a problem they were (15).
Positive is seven or more and together and at least a moderate problem; the total alone is not the screen.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form                   | given       | total | positive screen | complete
    ---------------------------+-------------+-------+-----------------+---------
    seven, together, moderate  | 7x1 6x0 1 2 |     7 |             yes |      yes
    six                        | 6x1 7x0 1 3 |     6 |              no |      yes
    not together               | 13x1 0 3    |    13 |              no |      yes
    a minor problem            | 13x1 1 1    |    13 |              no |      yes
    together not answered      | 7x1 6x0 . 2 |     7 |                 |       no
    none, the rest passed over | 13x0 2x.    |     0 |              no |      yes
    one, together passed over  | 1 12x0 . 1  |     1 |              no |      yes
""")
def test_positive_needs_seven_together_and_a_problem(
    given: str | None, total: Decimal | None, positive_screen: bool | None, complete: bool
) -> None:
    found = scored("mdq", given)
    assert (found.total, found.derived["positive_screen"], found.complete) == (
        total,
        positive_screen,
        complete,
    )
