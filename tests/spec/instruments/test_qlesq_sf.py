"""Q-LES-Q-SF.

Fourteen answers of 1 to 5 are added; percent of the highest is (sum - 14) / 56. Questions 15 and 16 stand
alone.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form             | given          | total | percent of maximum | complete
    ---------------------+----------------+-------+--------------------+---------
    the lowest           | 14x1           |    14 |                  0 |      yes
    half                 | 14x3           |    42 |                 50 |      yes
    the highest there is | 14x5 15=1 16=1 |    70 |                100 |      yes
    one missing          | 13x5 .         |       |                    |       no
""")
def test_fourteen_answers_add_up(
    given: str | None, total: Decimal | None, percent_of_maximum: Decimal | None, complete: bool
) -> None:
    found = scored("qlesq-sf", given)
    assert (found.total, found.derived["percent_of_maximum"], found.complete) == (
        total,
        percent_of_maximum,
        complete,
    )
