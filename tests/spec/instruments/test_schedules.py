"""Schedules.

A schedule asks forms in rounds, each timed by a dose or by the calendar. A round opens, is due and closes.
An answer given inside its window serves it, so that nobody is asked the same thing twice. Messages reach a
client only by day, where the client is.
"""

from datetime import date

from tests.cases import cases

from kap.instruments.loading_schedules import schedule
from kap.instruments.schedules import Anchor, Dose, due_forms, may_be_messaged, next_message_at, overlaps
from kap.instruments.shelf import library
from kap.vocabulary.moments import Instant

DENVER = "America/Denver"
DOSE = Dose("dose 1", Instant.parse("2026-03-09T10:00:00-06:00"))


@cases("""
    which form, by which round        | round          | form                     | opens                     | due                       | closes
    ----------------------------------+----------------+--------------------------+---------------------------+---------------------------+--------------------------
    intake, the first morning         | intake         | phq9                     | 2026-03-02T08:00:00-07:00 | 2026-03-05T08:00:00-07:00 | 2026-03-16T09:00:00-06:00
    intake, rated by a clinician      | intake         | cssrs-screener           | 2026-03-02T08:00:00-07:00 | 2026-03-05T08:00:00-07:00 | 2026-03-16T09:00:00-06:00
    three days before the dose        | before a dose  | gad7                     | 2026-03-06T09:00:00-07:00 | 2026-03-08T22:00:00-06:00 | 2026-03-09T10:00:00-06:00
    the day after the dose            | after a dose   | cssrs-since-last-contact | 2026-03-10T10:00:00-06:00 | 2026-03-11T10:00:00-06:00 | 2026-03-12T10:00:00-06:00
    by the clock after clocks changed | follow-up      | pcl5                     | 2026-04-01T08:00:00-06:00 | 2026-04-04T08:00:00-06:00 | 2026-04-15T08:00:00-06:00
""")
def test_a_round_opens_is_due_and_closes(
    round: str, form: str, opens: Instant, due: Instant, closes: Instant
) -> None:
    found = due_forms(schedule("usual"), date(2026, 3, 2), DENVER, [DOSE])
    first = next(one for one in found if (one.round, one.form) == (round, form))
    assert (first.opens_at, first.due_at, first.closes_at) == (opens, due, closes)


def test_without_a_dose_only_the_calendar_asks() -> None:
    found = due_forms(schedule("usual"), date(2026, 3, 2), DENVER, [])
    assert {one.anchor for one in found} == {Anchor.START}
    assert found == sorted(found, key=lambda one: (one.opens_at, one.due_at, one.form))


@cases("""
    an answer given                 | answered at               | serves
    --------------------------------+---------------------------+-------
    the moment the round opens      | 2026-03-06T09:00:00-07:00 | yes
    a second before                 | 2026-03-06T08:59:59-07:00 | no
    the evening before the dose     | 2026-03-08T21:00:00-06:00 | yes
    as the dose begins              | 2026-03-09T10:00:00-06:00 | no
""")
def test_an_answer_inside_the_window_serves_the_round(answered_at: Instant, serves: bool) -> None:
    found = due_forms(schedule("usual"), date(2026, 3, 2), DENVER, [DOSE])
    before = next(one for one in found if one.anchor is Anchor.BEFORE_DOSE)
    assert before.is_answered([answered_at]) is serves


@cases("""
    how long it takes the client    | round                    | minutes
    --------------------------------+--------------------------+--------
    intake, of at most 25           | intake                   | 14
    before a dose, of at most 5     | before a dose            | 5
    rated by a clinician            | after a dose             | 0
    one form                        | every week of the course | 3
    follow-up                       | follow-up                | 11
""")
def test_how_long_a_round_takes_is_known_before_it_is_sent(round: str, minutes: int) -> None:
    found = next(one for one in schedule("usual").rounds if one.name == round)
    assert found.minutes(library()) == minutes


@cases("""
    where the client is             | at                        | by day | next
    --------------------------------+---------------------------+--------+--------------------------
    at eight in the morning         | 2026-03-10T08:00:00-06:00 | yes    | 2026-03-10T08:00:00-06:00
    a second before eight           | 2026-03-10T07:59:59-06:00 | no     | 2026-03-10T08:00:00-06:00
    a second before nine at night   | 2026-03-10T20:59:59-06:00 | yes    | 2026-03-10T20:59:59-06:00
    at nine at night                | 2026-03-10T21:00:00-06:00 | no     | 2026-03-11T08:00:00-06:00
    the night the clocks change     | 2026-03-07T23:00:00-07:00 | no     | 2026-03-08T08:00:00-06:00
    noon elsewhere is night here    | 2026-03-10T11:00:00+00:00 | no     | 2026-03-10T14:00:00+00:00
""")
def test_nobody_is_messaged_at_night(at: Instant, by_day: bool, next: Instant) -> None:
    assert may_be_messaged(at, DENVER) is by_day
    assert next_message_at(at, DENVER) == next


def test_a_form_asked_sooner_than_the_time_it_asks_about_says_so() -> None:
    assert [str(one) for one in overlaps(schedule("usual"), library())] == [
        "Patient Health Questionnaire-9 is asked every 7 days in 'every week of the course', and asks about "
        "last 2 weeks: neighboring scores speak partly of the same days."
    ]
