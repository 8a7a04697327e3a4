"""K6.

Six answers of 0 to 4 are added up; moderate distress from 5 on (Prochaska 2012), serious from 13 on (NCHS 2015).
Nothing may be missing: no rule for a missing answer was found.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form             | given       | total |        band | at 13 | blank
    ---------------------+-------------+-------+-------------+-------+------
    none of the time     | 6x0         |     0 | none or low | no    |
    the highest low      | 4x1 2x0     |     4 | none or low | no    |
    the lowest moderate  | 5x1 0       |     5 |    moderate | no    |
    the highest moderate | 6x2         |    12 |    moderate | no    |
    the lowest serious   | 5x2 3       |    13 |     serious | yes   |
    all of the time      | 6x4         |    24 |     serious | yes   |
    the first missing    | . 5x4       |       |             |       | 1
    the last missing     | 5x4 .       |       |             |       | 6
    nothing answered     | 6x.         |       |             |       | 1, 2, 3, 4, 5, 6
""")
def test_six_answers_add_up_to_a_band_and_a_cut(
    given: str | None, total: Decimal | None, band: str | None, at_13: bool | None, blank: str | None
) -> None:
    found = scored("k6", given)
    assert (found.total, found.band, found.derived["at_or_above_13"]) == (total, band, at_13)
    assert missing(found) == blank
    assert found.safety == ()


@cases("""
    the only answer that counts | given   | total
    ----------------------------+---------+------
    nervous                     | 1 5x0   |     1
    hopeless                    | 0 1 4x0 |     1
    restless                    | 2x0 2 3x0 | 2
    depressed                   | 3x0 3 2x0 | 3
    an effort                   | 4x0 4 0 |     4
    worthless                   | 5x0 4   |     4
""")
def test_every_question_counts_once(given: str | None, total: Decimal | None) -> None:
    assert scored("k6", given).total == total
