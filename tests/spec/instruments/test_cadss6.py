"""CADSS-6.

Six items of the CADSS (1, 2, 6, 7, 15 and 22) of 0 to 4 are added up; there is no cut.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form                      | given                     | total | band | blank
    ------------------------------+---------------------------+-------+------+------
    nothing                       | 6x0                       |     0 |      |
    each once                     | 6x1                       |     6 |      |
    the highest there is          | 6x4                       |    24 |      |
    the numbers of the full scale | 1=1 2=1 6=1 7=1 15=1 22=4 |     9 |      |
    one missing                   | 5x1 .                     |       |      |     6
""")
def test_six_answers_add_up(
    given: str | None, total: Decimal | None, band: str | None, blank: str | None
) -> None:
    found = scored("cadss6", given)
    assert (found.total, found.band, missing(found)) == (total, band, blank)
