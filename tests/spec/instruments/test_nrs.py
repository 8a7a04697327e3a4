"""NRS.

Pain from 0 to 10.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form  | given | total | band | blank
    ----------+-------+-------+------+------
    none      | 0     |     0 |      |
    some      | 4     |     4 |      |
    the worst | 10    |    10 |      |
    not asked | .     |       |      |     1
""")
def test_one_number(given: str | None, total: Decimal | None, band: str | None, blank: str | None) -> None:
    found = scored("nrs", given)
    assert (found.total, found.band, missing(found)) == (total, band, blank)
