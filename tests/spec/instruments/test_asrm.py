"""ASRM.

Five answers of 0 to 4 are added up; 6 or more is probable (Altman 1997). One missing answer is filled in by
proportion.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form                     | given   | total |                        band | blank
    -----------------------------+---------+-------+-----------------------------+------
    nothing                      | 5x0     |     0 |               below the cut |
    just below                   | 4x1 1   |     5 |               below the cut |
    exactly on the line          | 4x1 2   |     6 | probable mania or hypomania |
    the highest there is         | 5x4     |    20 | probable mania or hypomania |
    one missing                  | 4x2 .   |    10 | probable mania or hypomania |     5
    one missing, a quarter above | 3x1 2 . |  6.25 | probable mania or hypomania |     5
    two missing                  | 3x2 2x. |       |                             |  4, 5
""")
def test_six_or_more_is_probable_mania_or_hypomania(
    given: str | None, total: Decimal | None, band: str | None, blank: str | None
) -> None:
    found = scored("asrm", given)
    assert (found.total, found.band, missing(found)) == (total, band, blank)
