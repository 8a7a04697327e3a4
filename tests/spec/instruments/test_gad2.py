"""GAD-2.

The first two questions of the GAD-7; 3 or more is positive.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, scored


@cases("""
    the form            | given | total |     band | blank
    --------------------+-------+-------+----------+------
    neither             | 2x0   |     0 | negative |
    just below          | 1 1   |     2 | negative |
    exactly on the line | 2 1   |     3 | positive |
    both every day      | 2x3   |     6 | positive |
    one missing         | . 3   |       |          |     1
""")
def test_three_or_more_is_positive(
    given: str | None, total: Decimal | None, band: str | None, blank: str | None
) -> None:
    found = scored("gad2", given)
    assert (found.total, found.band, missing(found)) == (total, band, blank)
