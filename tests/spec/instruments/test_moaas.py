"""MOAA/S.

One observed rating of 0 to 5; below 5 is sedated, 0 is loss of consciousness.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form          | given | total |                  band
    ------------------+-------+-------+----------------------
    nothing wakes     | 0     |     0 | loss of consciousness
    a painful squeeze | 1     |     1 |               sedated
    prodding          | 2     |     2 |               sedated
    called loudly     | 3     |     3 |               sedated
    lethargic         | 4     |     4 |               sedated
    at once           | 5     |     5 |                 awake
    not rated         | .     |       |
""")
def test_each_number_has_its_band(given: str | None, total: Decimal | None, band: str | None) -> None:
    found = scored("moaas", given)
    assert (found.total, found.band) == (total, band)
