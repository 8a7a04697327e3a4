"""ISI.

Seven answers of 0 to 4 are added up (Morin 2011).
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form                 | given   | total |         band | at or above 10
    -------------------------+---------+-------+--------------+---------------
    nothing                  | 7x0     |     0 |         none |             no
    the highest none         | 7x1     |     7 |         none |             no
    the lowest subthreshold  | 6x1 2   |     8 | subthreshold |             no
    9                        | 5x1 2x2 |     9 | subthreshold |             no
    10                       | 4x1 3x2 |    10 | subthreshold |            yes
    the highest subthreshold | 7x2     |    14 | subthreshold |            yes
    the lowest moderate      | 6x2 3   |    15 |     moderate |            yes
    the highest moderate     | 7x3     |    21 |     moderate |            yes
    the lowest severe        | 6x3 4   |    22 |       severe |            yes
    the highest there is     | 7x4     |    28 |       severe |            yes
    one missing              | 6x4 .   |       |              |
""")
def test_seven_answers_add_up_to_a_band(
    given: str | None, total: Decimal | None, band: str | None, at_or_above_10: bool | None
) -> None:
    found = scored("isi", given)
    assert (found.total, found.band, found.derived["at_or_above_10"]) == (total, band, at_or_above_10)
