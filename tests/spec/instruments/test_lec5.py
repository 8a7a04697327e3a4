"""LEC-5.

Seventeen events, each with one or more of six kinds of exposure (1 happened to me, 2 witnessed, 3 learned
about, 4 part of my job, 5 not sure, 6 does not apply). There is no score.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form     | given      | total | happened to me | witnessed | part of my job | complete
    -------------+------------+-------+----------------+-----------+----------------+---------
    nothing      | 17x6       |       |              0 |         0 |              0 |      yes
    in two ways  | 1+2 16x6   |       |              1 |         1 |              0 |      yes
    three events | 1 1 4 14x6 |       |              2 |         0 |              1 |      yes
    one blank    | 16x1 .     |       |                |           |                |       no
""")
def test_events_are_counted_by_kind_of_exposure_and_never_scored(
    given: str | None,
    total: Decimal | None,
    happened_to_me: Decimal | None,
    witnessed: Decimal | None,
    part_of_my_job: Decimal | None,
    complete: bool,
) -> None:
    found = scored("lec5", given)
    assert (
        found.total,
        found.derived["happened_to_me"],
        found.derived["witnessed"],
        found.derived["part_of_my_job"],
        found.complete,
    ) == (total, happened_to_me, witnessed, part_of_my_job, complete)
