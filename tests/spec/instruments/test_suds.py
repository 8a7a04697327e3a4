"""SUDS.

Disturbance from 0 to 10; the target is 0 or 1.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form  | given | total | at target
    ----------+-------+-------+----------
    0         | 0     |     0 |       yes
    1         | 1     |     1 |       yes
    2         | 2     |     2 |        no
    10        | 10    |    10 |        no
    not asked | .     |       |
""")
def test_the_target_is_nought_or_one(
    given: str | None, total: Decimal | None, at_target: bool | None
) -> None:
    found = scored("suds", given)
    assert (found.total, found.derived["at_target"]) == (total, at_target)
