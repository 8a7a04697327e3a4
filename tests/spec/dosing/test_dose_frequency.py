"""How many doses come together.

Three doses within seven days are usual. One more waits for the medical director. The dose that is asked for
counts; one given exactly seven days before no longer does.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.dosing.asking import LIMITS, NOW, said

from kap.dosing.frequency import dose_frequency
from kap.vocabulary.spans import Span


@cases("""
    hours before this one                | hours               | count | answer
    -------------------------------------+---------------------+-------+-----------------------
    the first ever                       |                     |     1 | proceed
    two before, the third                | 48, 96              |     3 | proceed
    three before, the fourth             | 24, 48, 96          |     4 | hold: medical director
    three, one of them seven days ago    | 24, 48, 168         |     3 | proceed
    three, one just under seven days ago | 24, 48, 167.9       |     4 | hold: medical director
    a month of them, few of late         | 24, 400, 500, 600   |     2 | proceed
""")
def test_more_than_three_within_seven_days_waits_for_the_medical_director(
    hours: tuple[Decimal, ...] | None, count: int, answer: str
) -> None:
    found = dose_frequency([NOW.minus(Span.hours(one)) for one in hours or ()], NOW, LIMITS.frequency)
    assert said(found) == answer
    assert f"dose {count} within 7 d" in str(found.because.reason)


def test_a_dose_that_lies_ahead_is_not_counted() -> None:
    found = dose_frequency([NOW.plus(Span.hours(1)), NOW], NOW, LIMITS.frequency)
    assert "dose 1 within" in str(found.because.reason)
