"""One person's outcome, dose by dose.

A dose stands between the last score before it and the first after it; a score belongs to one dose only. Where
nothing was scored between two doses, the later score says nothing about the earlier dose.
"""

from datetime import timedelta
from decimal import Decimal

from tests.cases import cases

from kap.instruments.course import Course, CoursePoint, course
from kap.instruments.shelf import instrument
from kap.outcomes.person import answers, around_doses
from kap.vocabulary.moments import Instant

FIRST = Instant.parse("2026-06-02T15:00:00Z")
PHQ9 = instrument("phq9")


def on_day(day: int) -> Instant:
    return Instant(FIRST.at + timedelta(days=day))


def drawn(scores: str | None, doses: str | None) -> Course:
    """`-8 21` is 21 on the eighth day before the first dose; a dash is a form nobody answered."""
    points = []
    for pair in (scores or "").split(";"):
        if pair.strip():
            day, number = pair.split()
            points.append(CoursePoint(on_day(int(day)), None if number == "-" else Decimal(number)))
    return course(PHQ9, points, [on_day(int(day)) for day in (doses or "").split()])


@cases("""
    what was scored                        | scores               | doses | around
    ---------------------------------------+----------------------+-------+-----------
    before and after each dose             | -8 21; 1 17; 3 12    | 0 2   | 21 17, 17 12
    nothing before the first dose          | 1 17                 | 0     | ? 17
    nothing after the last dose            | -8 21; 1 17          | 0 2   | 21 17, 17 ?
    nothing between two doses              | -8 21; 3 12          | 0 2   | 21 ?, 21 12
    a form nobody answered between them    | -8 21; 1 -; 3 12     | 0 2   | 21 ?, 21 12
    several after one dose: the first one  | -8 21; 1 17; 9 14    | 0     | 21 17
    nothing scored at all                  |                      | 0     | ? ?
    no dose                                | -8 21; 1 17          |       |
""")
def test_a_dose_stands_between_two_scores(scores: str | None, doses: str | None, around: str | None) -> None:
    found = [
        f"{one.before.number if one.before else '?'} {one.after.number if one.after else '?'}"
        for one in around_doses(drawn(scores, doses))
    ]
    assert ", ".join(found) == (around or "")


@cases("""
    from the start to the newest | scores       | response
    -----------------------------+--------------+---------
    halved                       | -8 20; 9 10  | yes
    a point more than halved     | -8 20; 9 11  | no
    one score only               | -8 20        |
""")
def test_a_response_is_said_by_a_named_rule(scores: str, response: bool | None) -> None:
    said = [one for one in answers(PHQ9, drawn(scores, "0")) if one.outcome.value == "response"]
    assert {one.holds for one in said} == (set() if response is None else {response})
    assert all(one.rule_set and one.source.citation for one in said)
