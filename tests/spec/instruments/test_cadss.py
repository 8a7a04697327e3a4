"""CADSS.

Twenty-three subjective items of 0 to 4 are added up; the key of the subscales is not verified.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form             | given    | total | band | dissociation present
    ---------------------+----------+-------+------+---------------------
    nothing              | 23x0     |     0 |      |                   no
    just below           | 4x1 19x0 |     4 |      |                   no
    just above           | 5x1 18x0 |     5 |      |                  yes
    the highest there is | 23x4     |    92 |      |                  yes
    one missing          | 22x4 .   |       |      |
""")
def test_twenty_three_answers_add_up(
    given: str | None, total: Decimal | None, band: str | None, dissociation_present: bool | None
) -> None:
    """Above 4 is often read as dissociation present."""
    found = scored("cadss", given)
    assert (found.total, found.band, found.derived["dissociation_present"]) == (
        total,
        band,
        dissociation_present,
    )
