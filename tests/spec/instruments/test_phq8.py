"""PHQ-8.

The PHQ-9 without its question about suicide: eight questions, nothing may be missing. It is for places where
nobody would hear an answer to the ninth; a low score says nothing about suicide.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form                       | given       | total |              band | at 10 | blank
    -------------------------------+-------------+-------+-------------------+-------+------
    nothing                        | 8x0         |     0 |              none | no    |
    top of none                    | 4x1 4x0     |     4 |              none | no    |
    bottom of mild                 | 5x1 3x0     |     5 |              mild | no    |
    just below the cut             | 3x3 5x0     |     9 |              mild | no    |
    on the cut, bottom of moderate | 3x3 1 4x0   |    10 |          moderate | yes   |
    top of moderate                | 4x3 2 3x0   |    14 |          moderate | yes   |
    bottom of moderately severe    | 5x3 3x0     |    15 | moderately severe | yes   |
    top of moderately severe       | 6x3 1 0     |    19 | moderately severe | yes   |
    bottom of severe               | 6x3 2 0     |    20 |            severe | yes   |
    every day                      | 8x3         |    24 |            severe | yes   |
    one missing                    | 7x3 .       |       |                   |       |     8
""")
def test_bands_and_cut(
    given: str | None, total: Decimal | None, band: str | None, at_10: bool | None, blank: str | None
) -> None:
    found = scored("phq8", given)
    assert (found.total, found.band, found.derived["at_or_above_10"]) == (total, band, at_10)
    assert missing(found) == blank
    assert found.safety == ()
