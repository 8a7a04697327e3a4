"""ASQ.

Any yes, or a refusal, to questions 1 to 4 is positive; question 5 decides whether it is acute (NIMH).
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, safety, scored


@cases("""
    the form           | given         | total |               band |          urgency
    -------------------+---------------+-------+--------------------+-----------------
    all no             | 4x0 .         |       |           negative |
    1 yes              | 1 3x0 0       |       | non-acute positive |         1 screen
    2 yes              | 0 1 2x0 0     |       | non-acute positive |         2 screen
    3 yes              | 2x0 1 0 0     |       | non-acute positive |         3 screen
    4 yes              | 3x0 1 0       |       | non-acute positive |         4 screen
    a refusal          | 3x0 Refused 0 |       | non-acute positive |         4 screen
    thoughts right now | 1 3x0 1       |       |     acute positive | 1 screen, 5 high
""")
def test_any_yes_or_refusal_is_positive_and_question_5_makes_it_acute(
    given: str | None, total: Decimal | None, band: str | None, urgency: str | None
) -> None:
    found = scored("asq", given)
    assert (found.total, found.band, safety(found)) == (total, band, urgency)


@cases("""
    the form                   | given   |           band |      blank
    ---------------------------+---------+----------------+-----------
    one blank                  | 3x0 2x. |                |       4, 5
    positive, acuity not asked | 1 3x0 . |                |          5
    acute is certain at once   | 4x. 1   | acute positive | 1, 2, 3, 4
""")
def test_a_blank_is_no_refusal_and_leaves_the_answer_open(
    given: str | None, band: str | None, blank: str | None
) -> None:
    found = scored("asq", given)
    assert (found.band, missing(found)) == (band, blank)
