"""VOC.

How true the words feel from 1 to 7; the target is 6 or 7.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form  | given | total | at target
    ----------+-------+-------+----------
    1         | 1     |     1 |        no
    5         | 5     |     5 |        no
    6         | 6     |     6 |       yes
    7         | 7     |     7 |       yes
    not asked | .     |       |
""")
def test_the_target_is_six_or_seven(given: str | None, total: Decimal | None, at_target: bool | None) -> None:
    found = scored("voc", given)
    assert (found.total, found.derived["at_target"]) == (total, at_target)
