"""The risk of suicide, as other forms and the records tell it: each waits for the C-SSRS.

A positive item of another form, a recorded thought and an attempt are answered by a later C-SSRS and by nothing
milder. Forms are written `question=answer`, 1 for yes.
"""

from __future__ import annotations

from tests.cases import cases
from tests.spec.screening.filled import CALM, filled
from tests.spec.screening.people import entry, finding, said, told

from kap.vocabulary.facts import Course, Fact
from kap.vocabulary.partial_dates import PartialDate


@cases("""
    another form, and when                      | form      | given | ago | cssrs_ago | answer
    --------------------------------------------+-----------+-------+-----+-----------+----------------------
    PHQ-9 item 9 of zero, no C-SSRS             | phq9      | 9=0   |   0 |           | unknown: remeasure
    PHQ-9 item 9 of one, no C-SSRS              | phq9      | 9=1   |   0 |           | hold: remeasure
    PHQ-9 item 9 of three, no C-SSRS            | phq9      | 9=3   |   0 |           | hold: remeasure
    PHQ-9 without item 9, no C-SSRS             | phq9      | 1=3   |   0 |           | unknown: remeasure
    PHQ-9 without item 9, a calm C-SSRS         | phq9      | 1=3   |   0 |         0 | proceed
    item 9 of zero, a calm C-SSRS               | phq9      | 9=0   |   0 |         0 | proceed
    item 9 of one, a calm C-SSRS the same day   | phq9      | 9=1   |   0 |         0 | proceed
    item 9 of one, a calm C-SSRS the day after  | phq9      | 9=1   |   1 |         0 | proceed
    item 9 of one, a calm C-SSRS the day before | phq9      | 9=1   |   0 |         1 | hold: remeasure
    item 9 of one 30 days ago, no C-SSRS        | phq9      | 9=1   |  30 |           | hold: remeasure
    item 9 of one 31 days ago, no C-SSRS        | phq9      | 9=1   |  31 |           | unknown: remeasure
    MADRS item 10 of one                        | madrs     | 10=1  |   0 |           | unknown: remeasure
    MADRS item 10 of two                        | madrs     | 10=2  |   0 |           | hold: remeasure
    MADRS item 10 of four                       | madrs     | 10=4  |   0 |           | hold: remeasure
    QIDS item 12 of one                         | qids-sr16 | 12=1  |   0 |           | hold: remeasure
    HAM-D item 3 of one                         | hamd17    | 3=1   |   0 |           | hold: remeasure
    ASQ, a wish to be dead                      | asq       | 1=1   |   0 |           | hold: remeasure
    ASQ, thoughts right now                     | asq       | 5=1   |   0 |           | stop today: remeasure
    ASQ, thoughts now, C-SSRS the same day      | asq       | 5=1   |   0 |         0 | stop today: remeasure
    ASQ, thoughts now, calm C-SSRS next day     | asq       | 5=1   |   1 |         0 | proceed
    DASS-21 item 21, only a note                | dass21    | 21=3  |   0 |         0 | proceed
    PHQ-8 has no such question                  | phq8      | 1=3   |   0 |         0 | proceed
""")
def test_a_positive_item_of_another_form_waits_for_the_c_ssrs(
    form: str, given: str, ago: int, cssrs_ago: int | None, answer: str
) -> None:
    calm = [] if cssrs_ago is None else filled("cssrs-screener", CALM, cssrs_ago)
    assert said(finding("suicide-risk", [*filled(form, given, ago), *calm])) == answer


@cases("""
    item 9 of two, and a C-SSRS that day | item_at | cssrs_at | given       | answer
    -------------------------------------+---------+----------+-------------+------------------
    asked after it, calm                 | 09:00   | 09:20    | 1=0 2=0 6=0 | proceed
    asked after it, low                  | 09:00   | 09:20    | 1=1 2=0 6=0 | caution
    asked after it, and broken off       | 09:00   | 09:20    | 1=0         | hold: remeasure
    in the morning, the item at night    | 21:00   | 09:20    | 1=0 2=0 6=0 | hold: remeasure
""")
def test_the_c_ssrs_is_asked_after_the_positive_item(
    item_at: str, cssrs_at: str, given: str, answer: str
) -> None:
    facts = [*filled("phq9", "9=2", at=item_at), *filled("cssrs-screener", given, at=cssrs_at)]
    assert said(finding("suicide-risk", facts)) == answer


@cases("""
    what is on record                            | entry             | course           | ago | cssrs_ago | answer
    ---------------------------------------------+-------------------+------------------+-----+-----------+----------------------
    suicidal thoughts, no C-SSRS                 | suicidal-thoughts | active           | 100 |           | hold: remeasure
    suicidal thoughts, a calm C-SSRS since       | suicidal-thoughts | active           |   5 |         0 | proceed
    suicidal thoughts since the calm C-SSRS      | suicidal-thoughts | active           |   0 |         5 | hold: remeasure
    suicidal thoughts without a date, calm       | suicidal-thoughts | active           |     |         0 | proceed
    suicidal thoughts, over                      | suicidal-thoughts | past             |   5 |         9 | proceed
    suicidal thoughts, not confirmed, no C-SSRS  | suicidal-thoughts | suspected active |   5 |           | unknown: remeasure
    suicidal thoughts, not confirmed, since      | suicidal-thoughts | suspected active |   5 |         9 | unknown: remeasure
    suicidal thoughts, not confirmed, asked      | suicidal-thoughts | suspected active |   5 |         0 | proceed
    an intent, no C-SSRS                         | suicidal-intent   | active           |   5 |           | hold: psychiatry
    an intent, a calm C-SSRS since               | suicidal-intent   | active           |   5 |         0 | proceed
    an attempt 92 days ago                       | suicidal-behavior | active           |  92 |           | stop today: remeasure
    an attempt 93 days ago                       | suicidal-behavior | active           |  93 |           | hold: psychiatry
    an attempt 92 days ago, over                 | suicidal-behavior | past             |  92 |           | stop today: remeasure
    an attempt years ago, the C-SSRS tells none  | suicidal-behavior | past             | 900 |         0 | hold: psychiatry
    an attempt without a date                    | suicidal-behavior | active           |     |         0 | hold: psychiatry
    an attempt nobody confirmed, no C-SSRS       | suicidal-behavior | suspected active |  90 |           | unknown: remeasure
    an attempt nobody confirmed, asked since     | suicidal-behavior | suspected active |  90 |         0 | proceed
    a brother's attempt                          | suicidal-behavior | family           |  90 |         0 | proceed
""")  # fmt: skip
def test_what_the_records_tell_waits_for_the_c_ssrs_too(
    entry: str, course: str, ago: int | None, cssrs_ago: int | None, answer: str
) -> None:
    calm = [] if cssrs_ago is None else filled("cssrs-screener", CALM, cssrs_ago)
    assert said(finding("suicide-risk", [told(entry, course, ago), *calm])) == answer


@cases("""
    an attempt 60 days ago, and a screener of today | given           | answer
    ------------------------------------------------+-----------------+----------------------
    tells of none                                   | 1=0 2=0 6=0     | stop today: remeasure
    tells of behavior longer ago                    | 1=0 2=0 6=1 7=0 | hold: psychiatry
    tells of behavior within three months           | 1=0 2=0 6=1 7=1 | stop today: remeasure
""")
def test_a_screener_that_tells_of_none_contradicts_an_attempt_on_record(given: str, answer: str) -> None:
    facts = [entry("suicidal-behavior", Course.PAST, ago=60), *filled("cssrs-screener", given)]
    assert said(finding("suicide-risk", facts)) == answer


@cases("""
    an attempt of which only this is known | when    | answer
    ---------------------------------------+---------+----------------------
    this month                             | 2026-11 | stop today: remeasure
    this year                              | 2026    | stop today: remeasure
    August, 82 days before at the latest   | 2026-08 | stop today: remeasure
    July, 113 days before at the latest    | 2026-07 | hold: psychiatry
    last year                              | 2025    | hold: psychiatry
""")
def test_an_attempt_that_may_be_recent_is(when: str, answer: str) -> None:
    attempt = Fact(
        what="suicidal-behavior",
        value="attempt",
        course=Course.PAST,
        when=PartialDate(when),
        came_from="Condition/c1#code",
    )
    assert said(finding("suicide-risk", [attempt])) == answer
