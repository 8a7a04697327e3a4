"""C-SSRS screener, since last contact.

Questions 1 to 6 are never added up; the worst single answer decides (Columbia triage). A level that a
missing answer could still raise is not given. Any behavior since the last contact is high.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import missing, safety, scored


@cases("""
    the form          | given         | total |     band |           urgency
    ------------------+---------------+-------+----------+------------------
    none of it        | 2x0 6=0       |       |     none |
    1 wish to be dead | 1 0 6=0       |       |      low |             1 low
    2 thoughts        | 0 1 3x0 6=0   |       |      low |             2 low
    3 method          | 0 2x1 2x0 6=0 |       | moderate | 2 low, 3 moderate
    4 some intent     | 0 1 0 1 0 6=0 |       |     high |     2 low, 4 high
    5 plan and intent | 0 1 2x0 1 6=0 |       |     high |     2 low, 5 high
    6 any behavior    | 2x0 6=1       |       |     high |            6 high
""")
def test_the_worst_single_answer_decides_and_nothing_is_added_up(
    given: str | None, total: Decimal | None, band: str | None, urgency: str | None
) -> None:
    found = scored("cssrs-since-last-contact", given)
    assert (found.total, found.band, safety(found)) == (total, band, urgency)


@cases("""
    the form                | given     | band |      urgency |         blank
    ------------------------+-----------+------+--------------+--------------
    behavior not asked      | 2x1 3x0 . |      | 1 low, 2 low |             6
    high is certain at once | 6=1       | high |       6 high | 1, 2, 3, 4, 5
""")
def test_a_level_is_given_only_when_no_missing_answer_could_raise_it(
    given: str | None, band: str | None, urgency: str | None, blank: str | None
) -> None:
    found = scored("cssrs-since-last-contact", given)
    assert (found.band, safety(found), missing(found)) == (band, urgency, blank)
