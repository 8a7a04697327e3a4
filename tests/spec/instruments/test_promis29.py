"""PROMIS-29.

Seven domains of four answers of 1 to 5 as raw sums, and pain of 0 to 10. There is no total, and without the
site's table no T-score.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form    | given    | total | physical function | pain intensity | physical function t
    ------------+----------+-------+-------------------+----------------+--------------------
    the lowest  | 28x1 0   |       |                 4 |              0 |
    the highest | 28x5 10  |       |                20 |             10 |
    one missing | . 27x3 4 |       |                   |              4 |
""")
def test_each_domain_is_four_answers_added(
    given: str | None,
    total: Decimal | None,
    physical_function: Decimal | None,
    pain_intensity: Decimal | None,
    physical_function_t: Decimal | None,
) -> None:
    found = scored("promis29", given)
    assert (
        found.total,
        found.subscales["physical_function"],
        found.subscales["pain_intensity"],
        found.derived["physical_function_t"],
    ) == (total, physical_function, pain_intensity, physical_function_t)
