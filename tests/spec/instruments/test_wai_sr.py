"""WAI-SR.

Twelve answers of 1 to 5: task 1, 2, 10, 12; bond 3, 5, 7, 9; goal 4, 6, 8, 11.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form       | given                   | total | task | bond | goal
    ---------------+-------------------------+-------+------+------+-----
    the lowest     | 12x1                    |    12 |    4 |    4 |    4
    the highest    | 12x5                    |    60 |   20 |   20 |   20
    each by itself | 2x1 2 3 2 3 2 3 2 1 3 1 |    24 |    4 |    8 |   12
    one missing    | . 11x5                  |       |      |   20 |   20
""")
def test_three_scales_of_four_answers(
    given: str | None, total: Decimal | None, task: Decimal | None, bond: Decimal | None, goal: Decimal | None
) -> None:
    found = scored("wai-sr", given)
    assert (found.total, found.subscales["task"], found.subscales["bond"], found.subscales["goal"]) == (
        total,
        task,
        bond,
        goal,
    )
