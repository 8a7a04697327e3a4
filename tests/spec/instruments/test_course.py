"""Courses.

A person's scores on one scale, in the order of time. What was missed is a gap: no number stands for it and no
line crosses it. Later scores are compared with the last one known before the first dose; without a dose, with
the first one known.
"""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.cases import cases

from kap.instruments.change_rules import Outcome
from kap.instruments.course import Course, CoursePoint, course, judgments
from kap.instruments.shelf import instrument
from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant

FIRST = Instant.parse("2026-01-05T09:00:00Z")


def day(number: int) -> Instant:
    return Instant(FIRST.at + timedelta(days=number))


def drawn(numbers: str, doses: str | None, form: str = "phq9") -> Course:
    points = [
        CoursePoint(day(7 * place), None if word == "-" else Decimal(word))
        for place, word in enumerate(numbers.split())
    ]
    return course(instrument(form), points[::-1], [day(int(word)) for word in (doses or "").split()])


@cases("""
    what was scored week by week       | numbers     | doses on day | baseline | newest | lines
    -----------------------------------+-------------+--------------+----------+--------+--------
    one score before the dose          | 21 12       | 3            | 21       | 12     | 2
    the last one before the dose counts| 18 21 12    | 10           | 21       | 12     | 3
    missed just before the dose        | 18 - 12     | 10           | 18       | 12     | 1 1
    nothing before the dose            | 18 12       | -3           | 18       | 12     | 2
    no dose yet                        | 18 12 9     |              | 18       | 9      | 3
    a gap in the middle                | 18 12 - 9 7 |              | 18       | 7      | 2 2
    missed at both ends                | - 18 -      |              | 18       |        | 1
    never answered                     | - -         | 3            |          |        |
""")
def test_what_is_missing_stays_a_gap(
    numbers: str,
    doses_on_day: str | None,
    baseline: Decimal | None,
    newest: Decimal | None,
    lines: str | None,
) -> None:
    found = drawn(numbers, doses_on_day)
    assert (found.baseline and found.baseline.number) == baseline
    assert (found.newest and found.newest.number) == newest
    assert " ".join(str(len(run)) for run in found.runs) == (lines or "")


def test_a_course_runs_from_the_lowest_to_the_highest_possible_score() -> None:
    found = drawn("21 12", "3")
    assert (found.lowest, found.highest, found.bands[0].name, found.bands[-1].name) == (
        0,
        27,
        "minimal",
        "severe",
    )
    assert course(instrument("nrs"), [], []).bands == ()


@cases("""
    from the baseline to the second score | numbers | response | remission
    --------------------------------------+---------+----------+----------
    half and to four                      | 8 4     | yes      | yes
    half but not to four                  | 21 10   | yes      | no
    not half                              | 21 12   | no       | no
    missed                                | 21 -    |          |
""")
def test_each_published_rule_says_what_a_later_score_is(
    numbers: str, response: bool | None, remission: bool | None
) -> None:
    found = drawn(numbers, "3")
    said = {
        (one.rule_set, one.outcome): one for one in judgments(instrument("phq9"), found, found.points[-1])
    }
    assert said["usual", Outcome.RESPONSE].holds is response
    assert said["usual", Outcome.REMISSION].holds is remission
    assert said["usual", Outcome.RESPONSE].source.citation.startswith("Hull")
    assert {rule_set for rule_set, _ in said} == {rules.name for rules in instrument("phq9").changes}


def test_nothing_is_said_of_the_baseline_itself_or_without_one() -> None:
    found, empty = drawn("21 12", "3"), drawn("- -", None)
    assert judgments(instrument("phq9"), found, found.points[0]) == ()
    assert judgments(instrument("phq9"), empty, empty.points[-1]) == ()


def test_a_scale_the_instrument_does_not_have_is_refused() -> None:
    with pytest.raises(InputError, match="phq9@1 has no scale 'sleep' to draw"):
        course(instrument("phq9"), [], [], "sleep")
