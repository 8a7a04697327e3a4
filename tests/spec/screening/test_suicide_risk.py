"""The risk of suicide.

The C-SSRS decides, and is never added up: high (question 4, question 5, or behavior within 3 months or since
the last contact) means no dose that day and none in a retreat; moderate (question 3, or older behavior) holds
for a same-day assessment; low (question 1 or 2) needs a note. Without a whole C-SSRS of the last 30 days the
answer is unknown, whatever an item 9 of zero says. A yes counts however little else is answered, and a missing
answer is not a no. Forms are written `question=answer`, 1 for yes.
"""

from __future__ import annotations

from tests.cases import cases
from tests.spec.screening.filled import CALM, filled
from tests.spec.screening.people import finding, findings, said

from kap.vocabulary.facts import FactStatus


@cases("""
    the screener of today                        | given                       | answer
    ---------------------------------------------+-----------------------------+----------------------
    no to everything                             | 1=0 2=0 3=0 4=0 5=0 6=0 7=0 | proceed
    no, and the questions it passes over         | 1=0 2=0 6=0                 | proceed
    wished to be dead                            | 1=1 2=0 6=0                 | caution
    thoughts of killing oneself                  | 1=0 2=1 3=0 4=0 5=0 6=0     | caution
    thoughts of how                              | 1=1 2=1 3=1 4=0 5=0 6=0     | hold: psychiatry
    behavior longer than three months ago        | 1=0 2=0 6=1 7=0             | hold: psychiatry
    some intention                               | 1=1 2=1 3=0 4=1 5=0 6=0     | stop today: remeasure
    a plan                                       | 1=1 2=1 3=0 4=0 5=1 6=0     | stop today: remeasure
    behavior within three months                 | 1=0 2=0 6=1 7=1             | stop today: remeasure
    calm thoughts, and behavior within 3 months  | 1=0 2=0 3=0 4=0 5=0 6=1 7=1 | stop today: remeasure
    nothing was answered                         |                             | unknown: remeasure
    thoughts only, no                            | 1=0 2=0                     | unknown: remeasure
    behavior only, no                            | 6=0                         | unknown: remeasure
    the first question only, no                  | 1=0                         | unknown: remeasure
    the first question only, yes                 | 1=1                         | unknown: remeasure
    thoughts of killing oneself, the rest missing | 2=1                        | unknown: remeasure
    thoughts of how, the rest missing            | 3=1                         | hold: psychiatry
    a plan, the rest missing                     | 5=1                         | stop today: remeasure
    behavior, and nobody asked when              | 1=0 2=0 6=1                 | hold: psychiatry
    behavior within 3 months, the rest missing   | 6=1 7=1                     | stop today: remeasure
    low, and the plan not asked                  | 1=1 2=1 3=0 4=0 6=0         | unknown: remeasure
""")
def test_the_worst_answer_of_the_screener_decides(given: str | None, answer: str) -> None:
    assert said(finding("suicide-risk", filled("cssrs-screener", given))) == answer


@cases("""
    since the last contact, today            | given                   | answer
    -----------------------------------------+-------------------------+----------------------
    no to everything                         | 1=0 2=0 6=0             | proceed
    wished to be dead                        | 1=1 2=0 6=0             | caution
    thoughts of how                          | 1=1 2=1 3=1 4=0 5=0 6=0 | hold: psychiatry
    some intention                           | 1=1 2=1 3=0 4=1 5=0 6=0 | stop today: remeasure
    did anything                             | 1=0 2=0 6=1             | stop today: remeasure
    nobody asked whether they did anything   | 1=0 2=0                 | unknown: remeasure
    did something, the rest missing          | 6=1                     | stop today: remeasure
""")
def test_a_form_since_the_last_contact_goes_on_from_a_calm_screener(given: str, answer: str) -> None:
    facts = [*filled("cssrs-screener", CALM, 60), *filled("cssrs-since-last-contact", given)]
    assert said(finding("suicide-risk", facts)) == answer


@cases("""
    what was asked                                    | screener                | ago | since       | since_ago | answer
    --------------------------------------------------+-------------------------+-----+-------------+-----------+----------------------
    only since the last contact                       |                         |     | 1=0 2=0 6=0 |         0 | unknown: remeasure
    a calm screener 365 days before                   | 1=0 2=0 6=0             | 365 | 1=0 2=0 6=0 |         0 | proceed
    a calm screener 366 days before                   | 1=0 2=0 6=0             | 366 | 1=0 2=0 6=0 |         0 | unknown: remeasure
    a plan last week, calm since                      | 1=1 2=1 3=1 4=1 5=1 6=0 |   7 | 1=0 2=0 6=0 |         0 | proceed
    thoughts of how last week, calm since             | 1=1 2=1 3=1 4=0 5=0 6=0 |   7 | 1=0 2=0 6=0 |         0 | proceed
    an attempt told last week, calm since             | 1=0 2=0 6=1 7=1         |   7 | 1=0 2=0 6=0 |         0 | stop today: remeasure
    an attempt told 92 days ago, calm since           | 1=0 2=0 6=1 7=1         |  92 | 1=0 2=0 6=0 |         0 | stop today: remeasure
    an attempt told 93 days ago, calm since           | 1=0 2=0 6=1 7=1         |  93 | 1=0 2=0 6=0 |         0 | hold: psychiatry
    an attempt long ago, calm since                   | 1=0 2=0 6=1 7=0         |   7 | 1=0 2=0 6=0 |         0 | hold: psychiatry
    a screener calm yesterday, a plan today           | 1=0 2=0 6=0             |   1 | 4=1         |         0 | stop today: remeasure
    behavior since, then a calm screener              | 1=0 2=0 6=0             |   0 | 1=0 2=0 6=1 |         1 | proceed
    a plan since, then a screener broken off          | 1=0                     |   0 | 5=1         |         1 | stop today: remeasure
    a calm form since, then a screener broken off     | 1=0                     |   0 | 1=0 2=0 6=0 |         1 | unknown: remeasure
""")  # fmt: skip
def test_a_later_and_whole_form_ends_what_it_asks_about_and_no_more(
    screener: str | None, ago: int | None, since: str, since_ago: int, answer: str
) -> None:
    facts = [*filled("cssrs-screener", screener, ago), *filled("cssrs-since-last-contact", since, since_ago)]
    assert said(finding("suicide-risk", facts)) == answer


@cases("""
    three forms, the last calm                       | screener    | ago | first       | then        | answer
    -------------------------------------------------+-------------+-----+-------------+-------------+----------------------
    all calm                                         | 1=0 2=0 6=0 |  20 | 1=0 2=0 6=0 | 1=0 2=0 6=0 | proceed
    behavior since, then a calm form since           | 1=0 2=0 6=0 |  20 | 1=0 2=0 6=1 | 1=0 2=0 6=0 | stop today: remeasure
    behavior not asked, then a calm form since       | 1=0 2=0 6=0 |  20 | 1=0 2=0     | 1=0 2=0 6=0 | proceed
    behavior since, a calm screener after both       | 1=0 2=0 6=0 |   0 | 1=0 2=0 6=1 | 1=0 2=0 6=0 | proceed
    an attempt told again by a screener, long ago    | 6=1 7=0     |   0 | 1=0 2=0 6=1 | 1=0 2=0 6=0 | hold: psychiatry
""")  # fmt: skip
def test_only_a_screener_ends_what_was_told_of_behavior(
    screener: str, ago: int, first: str, then: str, answer: str
) -> None:
    facts = [
        *filled("cssrs-since-last-contact", first, 9),
        *filled("cssrs-since-last-contact", then, 5),
        *filled("cssrs-screener", screener, ago),
    ]
    assert said(finding("suicide-risk", facts)) == answer


@cases("""
    how old the only screener is            | given           | ago | answer
    ----------------------------------------+-----------------+-----+----------------------
    calm, 30 days ago                       | 1=0 2=0 6=0     |  30 | proceed
    calm, 31 days ago                       | 1=0 2=0 6=0     |  31 | unknown: remeasure
    low, 30 days ago                        | 1=1 2=0 6=0     |  30 | caution
    low, 31 days ago                        | 1=1 2=0 6=0     |  31 | unknown: remeasure
    a plan, 30 days ago                     | 5=1             |  30 | stop today: remeasure
    a plan, 31 days ago                     | 5=1             |  31 | unknown: remeasure
    an attempt then recent, 92 days ago     | 1=0 2=0 6=1 7=1 |  92 | stop today: remeasure
    an attempt then recent, 93 days ago     | 1=0 2=0 6=1 7=1 |  93 | hold: psychiatry
    an attempt then old, 300 days ago       | 1=0 2=0 6=1 7=0 | 300 | hold: psychiatry
    calm, dated tomorrow                    | 1=0 2=0 6=0     |  -1 | unknown: remeasure
    an attempt, dated tomorrow              | 1=0 2=0 6=1 7=1 |  -1 | unknown: remeasure
    calm, without a date                    | 1=0 2=0 6=0     |     | unknown: remeasure
    a plan, without a date                  | 5=1             |     | unknown: remeasure
    an attempt, without a date              | 1=0 2=0 6=1 7=1 |     | hold: psychiatry
""")
def test_thoughts_count_for_thirty_days_and_behavior_grows_older(
    given: str, ago: int | None, answer: str
) -> None:
    assert said(finding("suicide-risk", filled("cssrs-screener", given, ago))) == answer


@cases("""
    two screeners of today                   | first               | first_at | second              | second_at | answer
    -----------------------------------------+---------------------+----------+---------------------+-----------+----------------------
    a plan, then calm                        | 1=1 2=1 5=1 6=0     | 09:00    | 1=0 2=0 6=0         | 15:00     | proceed
    a plan, then low                         | 1=1 2=1 5=1 6=0     | 09:00    | 1=1 2=0 6=0         | 15:00     | caution
    calm, then a plan                        | 1=0 2=0 6=0         | 09:00    | 1=1 2=1 5=1 6=0     | 15:00     | stop today: remeasure
    a plan and calm, at the same moment      | 1=1 2=1 5=1 6=0     | 09:00    | 1=0 2=0 6=0         | 09:00     | stop today: remeasure
    a plan and calm, nobody knows the times  | 1=1 2=1 5=1 6=0     |          | 1=0 2=0 6=0         |           | stop today: remeasure
    a plan at a time, calm at none           | 1=1 2=1 5=1 6=0     | 09:00    | 1=0 2=0 6=0         |           | stop today: remeasure
    a plan, then calm and broken off         | 1=1 2=1 5=1 6=0     | 09:00    | 1=0                 | 15:00     | stop today: remeasure
    low, then calm                           | 1=1 2=0 6=0         | 09:00    | 1=0 2=0 6=0         | 15:00     | proceed
    broken off, then calm                    | 1=1                 | 09:00    | 1=0 2=0 6=0         | 15:00     | proceed
""")  # fmt: skip
def test_of_one_day_the_worse_counts_unless_the_calmer_was_surely_later(
    first: str, first_at: str | None, second: str, second_at: str | None, answer: str
) -> None:
    facts = [*filled("cssrs-screener", first, at=first_at), *filled("cssrs-screener", second, at=second_at)]
    assert said(finding("suicide-risk", facts)) == answer


@cases("""
    what is doubtful                 | form           | given       | answer
    ---------------------------------+----------------+-------------+-------------------
    a calm screener                  | cssrs-screener | 1=0 2=0 6=0 | unknown: remeasure
    a screener that is high          | cssrs-screener | 5=1         | unknown: remeasure
    a positive item 9, no C-SSRS     | phq9           | 9=2         | unknown: remeasure
""")
def test_what_is_doubtful_is_asked_again(form: str, given: str, answer: str) -> None:
    facts = filled(form, given, status=FactStatus.DOUBTFUL)
    assert said(finding("suicide-risk", facts)) == answer


@cases("""
    since the calm C-SSRS           | form           | given | answer
    --------------------------------+----------------+-------+-------------------
    a doubtful item 9 of two        | phq9           | 9=2   | unknown: remeasure
    a doubtful screener, high       | cssrs-screener | 5=1   | unknown: remeasure
    a doubtful item 9 of zero       | phq9           | 9=0   | proceed
""")
def test_doubt_since_a_calm_c_ssrs_reopens_the_question(form: str, given: str, answer: str) -> None:
    facts = [
        *filled("cssrs-screener", CALM, 5),
        *filled(form, given, 0, status=FactStatus.DOUBTFUL),
    ]
    assert said(finding("suicide-risk", facts)) == answer


def test_a_low_risk_is_told_beside_what_is_still_missing() -> None:
    found = findings("suicide-risk", filled("cssrs-since-last-contact", "1=1 2=0 6=0"))
    assert [said(one) for one in found] == ["unknown: remeasure", "caution"]


@cases("""
    what stands beside an attempt long ago     | screener_ago | phq9 | since       | found
    -------------------------------------------+--------------+------+-------------+-------------------------------------
    nothing                                    |            0 |      |             | hold: psychiatry
    an item 9 of two since                     |            5 | 9=2  |             | hold: psychiatry, hold: remeasure
    a C-SSRS that has grown old                |           31 |      |             | hold: psychiatry, unknown: remeasure
    a wish to be dead since the last contact   |            5 |      | 1=1 2=0 6=0 | hold: psychiatry, caution
    a form since the last contact, broken off  |            5 |      | 1=0         | hold: psychiatry, unknown: remeasure
""")
def test_what_a_clearance_of_the_past_does_not_answer_is_a_finding_of_its_own(
    screener_ago: int, phq9: str | None, since: str | None, found: str
) -> None:
    facts = [
        *filled("cssrs-screener", "1=0 2=0 6=1 7=0", screener_ago),
        *filled("phq9", phq9),
        *filled("cssrs-since-last-contact", since),
    ]
    assert ", ".join(said(one) for one in findings("suicide-risk", facts)) == found


def test_a_high_risk_says_that_a_retreat_gives_no_dose_and_is_never_overridden() -> None:
    found = finding("suicide-risk", filled("cssrs-screener", "4=1"))
    assert "none in a retreat" in str(found.because.reason)
    assert not found.may_be_overridden
