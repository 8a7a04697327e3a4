"""SDS.

Three marks of 0 to 10 are added up; two counts of days stand beside them.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form             | given       | total | band | complete
    ---------------------+-------------+-------+------+---------
    nothing              | 3x0         |     0 |      |      yes
    the highest there is | 3x10        |    30 |      |      yes
    days are not added   | 3x4 4=7 5=7 |    12 |      |      yes
    one missing          | 2x4 .       |       |      |       no
""")
def test_three_marks_add_up_and_days_do_not(
    given: str | None, total: Decimal | None, band: str | None, complete: bool
) -> None:
    found = scored("sds", given)
    assert (found.total, found.band, found.complete) == (total, band, complete)
