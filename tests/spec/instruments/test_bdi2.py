"""BDI-II.

Only the total off the paper is recorded: the wording belongs to Pearson.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form             | given    | total |     band | blank
    ---------------------+----------+-------+----------+------
    0                    | 0        |     0 |  minimal |
    the highest minimal  | 13       |    13 |  minimal |
    the lowest mild      | 14       |    14 |     mild |
    the highest mild     | 19       |    19 |     mild |
    the lowest moderate  | 20       |    20 | moderate |
    the highest moderate | 28       |    28 | moderate |
    the lowest severe    | 29       |    29 |   severe |
    the highest there is | total=63 |    63 |   severe |
    not recorded         | .        |       |          | total
""")
def test_the_total_is_recorded_and_banded(
    given: str | None, total: Decimal | None, band: str | None, blank: str | None
) -> None:
    found = scored("bdi2", given)
    assert (found.total, found.band, missing(found)) == (total, band, blank)
