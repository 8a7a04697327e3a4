"""C-SSRS screener, recent.

Questions 1 to 6 are never added up; the worst single answer decides (Columbia triage). A level that a
missing answer could still raise is not given. 6a asks whether the behavior was within 3 months.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, safety, scored


@cases("""
    the form                    | given         | total |     band |            urgency | blank
    ----------------------------+---------------+-------+----------+--------------------+------
    none of it                  | 2x0 6=0       |       |     none |                    |
    1 wish to be dead           | 1 0 6=0       |       |      low |              1 low |
    2 thoughts                  | 0 1 3x0 6=0   |       |      low |              2 low |
    3 method                    | 0 1 1 2x0 6=0 |       | moderate |  2 low, 3 moderate |
    4 some intent               | 0 1 0 1 0 6=0 |       |     high |      2 low, 4 high |
    5 plan and intent           | 0 1 2x0 1 6=0 |       |     high |      2 low, 5 high |
    6 behavior longer ago       | 2x0 6=1 7=0   |       | moderate |         6 moderate |
    6a behavior within 3 months | 2x0 6=1 7=1   |       |     high | 6 moderate, 7 high |
""")
def test_the_worst_single_answer_decides_and_nothing_is_added_up(
    given: str | None, total: Decimal | None, band: str | None, urgency: str | None, blank: str | None
) -> None:
    found = scored("cssrs-screener", given)
    assert (found.total, found.band, safety(found), missing(found)) == (total, band, urgency, blank)


@cases("""
    the form                  | given     |     band |    urgency |               blank
    --------------------------+-----------+----------+------------+--------------------
    only question 4 answered  | 4=1       |     high |     4 high |    1, 2, 3, 5, 6, 7
    behavior not asked        | 1 0 5x.   |          |      1 low |                6, 7
    when it was not asked     | 2x0 6=1   |          | 6 moderate |                   7
    nobody asked              |           |          |            | 1, 2, 3, 4, 5, 6, 7
    answered although skipped | 0 0 1 6=0 | moderate | 3 moderate |
""")
def test_a_level_is_given_only_when_no_missing_answer_could_raise_it(
    given: str | None, band: str | None, urgency: str | None, blank: str | None
) -> None:
    found = scored("cssrs-screener", given)
    assert (found.band, safety(found), missing(found)) == (band, urgency, blank)
