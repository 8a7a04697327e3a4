"""Somebody afterwards.

An escort, or a named overnight observer on site, is enough. Where both were answered with no there is no
dose that day; that is cleared by naming somebody, never overridden. Answers count for 30 days.
"""

from tests.cases import cases
from tests.spec.screening.people import finding, reading, said


@cases("""
    what was answered                        | escort | observer | named   | days_ago | answer
    -----------------------------------------+--------+----------+---------+----------+-----------------
    an escort                                | yes    |          |         |        0 | proceed
    an escort, nobody overnight              | yes    | no       |         |        0 | proceed
    no escort, a named observer              | no     | yes      | R. Osei |        0 | proceed
    a named observer, escort not asked       |        |          | R. Osei |        0 | proceed
    no escort, an observer nobody named      | no     | yes      |         |        0 | unknown: fact
    no escort, an observer named and then no | no     | no       | R. Osei |        0 | stop today: fact
    no escort, nobody overnight              | no     | no       |         |        0 | stop today: fact
    no escort, overnight not asked           | no     |          |         |        0 | unknown: fact
    nobody overnight, escort not asked       |        | no       |         |        0 | unknown: fact
    an escort, 30 days ago                   | yes    |          |         |       30 | proceed
    an escort, 31 days ago                   | yes    |          |         |       31 | unknown: fact
    nobody at all, 31 days ago               | no     | no       |         |       31 | unknown: fact
    an escort, without a date                | yes    |          |         |          | unknown: fact
    an escort, dated tomorrow                | yes    |          |         |       -1 | unknown: fact
    nothing recorded                         |        |          |         |          | unknown: fact
""")
def test_an_escort_or_a_named_overnight_observer_is_enough_and_nobody_stops_the_day(
    escort: bool | None,
    observer: bool | None,
    named: str | None,
    days_ago: int | None,
    answer: str,
) -> None:
    facts = [
        reading("escort", escort, days_ago),
        reading("overnight-observer", observer, days_ago),
        reading("overnight-observer", named, days_ago),
    ]
    assert said(finding("companion", facts)) == answer


def test_of_two_answers_given_on_one_day_the_stricter_counts() -> None:
    facts = [reading("escort", True, 0), reading("escort", False, 0)]
    assert finding("companion", facts).verdict.value == "unknown"


def test_an_answer_marked_as_doubtful_does_not_count() -> None:
    assert finding("companion", [reading("escort", True, 0, doubtful=True)]).verdict.value == "unknown"
