"""How unreal things feel.

One rating of 0 to 10 in our own words, to watch the return to one's usual state; it is not a published
instrument.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form            | given | total | band | blank
    --------------------+-------+-------+------+------
    as always           | 0     |     0 |      |
    as unreal as can be | 10    |    10 |      |
    not asked           | .     |       |      |     1
""")
def test_one_number(given: str | None, total: Decimal | None, band: str | None, blank: str | None) -> None:
    found = scored("unreality", given)
    assert (found.total, found.band, missing(found)) == (total, band, blank)
