"""WSAS.

Five ratings of 0 to 8 are added up (Mundt 2002). Who does not work leaves question 1 out; the highest is
then 32.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form             | given   | total |                       band | complete
    ---------------------+---------+-------+----------------------------+---------
    nothing              | 5x0     |     0 |                subclinical |      yes
    just below           | 4x2 1   |     9 |                subclinical |      yes
    10                   | 5x2     |    10 |                significant |      yes
    20                   | 5x4     |    20 |                significant |      yes
    21                   | 4x4 5   |    21 | moderately severe or worse |      yes
    the highest there is | 5x8     |    40 | moderately severe or worse |      yes
    does not work        | n/a 4x8 |    32 | moderately severe or worse |      yes
    work not answered    | . 4x8   |       |                            |       no
""")
def test_five_ratings_add_up_to_a_band(
    given: str | None, total: Decimal | None, band: str | None, complete: bool
) -> None:
    found = scored("wsas", given)
    assert (found.total, found.band, found.complete) == (total, band, complete)
