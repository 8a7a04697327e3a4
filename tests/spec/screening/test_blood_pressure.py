"""Blood pressure at screening.

Caution from 140 or 90, hold from 160 or 100, no dose that day from 180 or 110; a number on the line belongs
to the line. Both numbers come from one reading. The newest day's readings count, for 30 days; of several
that day the stricter. A reading at the stop line is measured again: when a later reading of the same day is
lower, the stop ends and a hold is left. Before a dose, other limits apply.
"""

from datetime import timedelta
from decimal import Decimal

from tests.cases import cases
from tests.spec.screening.people import TODAY, finding, said, told

from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.facts import Fact, FactStatus
from kap.vocabulary.moments import Instant


@cases("""
    the reading, mmHg               | systolic | diastolic | days_ago | answer
    --------------------------------+----------+-----------+----------+----------------------
    ordinary                        |      118 |        74 |        0 | proceed
    both just below the first line  |    139.9 |      89.9 |        0 | proceed
    upper number on the first line  |      140 |        74 |        0 | caution
    lower number on the first line  |      118 |        90 |        0 | caution
    both just below the second line |    159.9 |      99.9 |        0 | caution
    upper number on the second line |      160 |        74 |        0 | hold: primary care
    lower number on the second line |      118 |       100 |        0 | hold: primary care
    both just below the third line  |    179.9 |     109.9 |        0 | hold: primary care
    upper number on the third line  |      180 |        74 |        0 | stop today: remeasure
    lower number on the third line  |      118 |       110 |        0 | stop today: remeasure
    the worse of the two numbers    |      142 |       112 |        0 | stop today: remeasure
    30 days ago                     |      118 |        74 |       30 | proceed
    31 days ago                     |      118 |        74 |       31 | unknown: remeasure
    31 days ago, and high           |      185 |        74 |       31 | unknown: remeasure
    without a date                  |      118 |        74 |          | unknown: remeasure
    dated tomorrow                  |      118 |        74 |       -1 | unknown: remeasure
    only the upper number           |      118 |           |        0 | unknown: remeasure
    only the lower number           |          |        74 |        0 | unknown: remeasure
    only the upper number, and high |      185 |           |        0 | unknown: remeasure
    nobody measured                 |          |           |          | unknown: remeasure
""")
def test_the_worse_of_the_two_numbers_decides(
    systolic: Decimal | None,
    diastolic: Decimal | None,
    days_ago: int | None,
    answer: str,
) -> None:
    facts = [_reading(systolic, diastolic, _day(days_ago))]
    assert said(finding("blood-pressure", facts)) == answer


@cases("""
    two readings                         | first  | first_at | second | second_at | answer
    -------------------------------------+--------+----------+--------+-----------+----------------------
    the later one lower                  | 150/94 | 09:00    | 128/80 | 09:20     | caution
    the later one higher                 | 128/80 | 09:00    | 150/94 | 09:20     | caution
    one of them a hold                   | 162/94 | 09:00    | 128/80 | 09:20     | hold: primary care
    a stop, then lower                   | 184/94 | 09:00    | 128/80 | 09:20     | hold: primary care
    a stop, then a hold                  | 184/94 | 09:00    | 166/90 | 09:20     | hold: primary care
    a stop, then again a stop            | 184/94 | 09:00    | 181/90 | 09:20     | stop today: remeasure
    lower, then a stop                   | 128/80 | 09:00    | 184/94 | 09:20     | stop today: remeasure
    a stop and a lower one in one minute | 184/94 | 09:00    | 128/80 | 09:00     | stop today: remeasure
    a stop and a lower one, no times     | 184/94 |          | 128/80 |           | stop today: remeasure
    a stop, then one that is not whole   | 184/94 | 09:00    | 128/?  | 09:20     | stop today: remeasure
    one not whole, and one that is       | 118/?  | 09:00    | 128/80 | 09:20     | proceed
    half on a line, ordinary             | 152/?  | 09:00    | 128/80 | 09:20     | unknown: remeasure
    lower half on a line, ordinary       | ?/92   | 09:00    | 128/80 | 09:20     | unknown: remeasure
    one number from each                 | 118/?  | 09:00    | ?/80   | 09:20     | unknown: remeasure
""")
def test_of_one_days_readings_the_stricter_counts_and_a_stop_is_cleared_by_measuring_again(
    first: str,
    first_at: str | None,
    second: str,
    second_at: str | None,
    answer: str,
) -> None:
    facts = [_reading(*_numbers(first), _moment(first_at)), _reading(*_numbers(second), _moment(second_at))]
    found = finding("blood-pressure", facts)
    assert said(found) == answer


@cases("""
    two days' readings                     | older  | older_ago | newer  | newer_ago | verdict
    ---------------------------------------+--------+-----------+--------+-----------+--------
    high last week, ordinary today         | 184/94 |         7 | 118/74 |         0 | proceed
    ordinary last week, high today         | 118/74 |         7 | 162/94 |         0 | hold
    whole last week, not whole today       | 118/74 |         7 | 118/?  |         0 | unknown
    ordinary last week, one dated tomorrow | 118/74 |         7 | 184/94 |        -1 | proceed
""")
def test_the_newest_day_counts(older: str, older_ago: int, newer: str, newer_ago: int, verdict: str) -> None:
    facts = [_reading(*_numbers(newer), _day(newer_ago)), _reading(*_numbers(older), _day(older_ago))]
    assert finding("blood-pressure", facts).verdict.value == verdict


@cases("""
    what is recorded            | entry               | since | course    | read_ago | answer
    ----------------------------+---------------------+-------+-----------+----------+----------------------
    a crisis, ordinary that day | hypertensive-crisis |     0 | active    |        0 | stop today: remeasure
    a crisis, ordinary next day | hypertensive-crisis |     1 | active    |        0 | proceed
    a crisis, none since        | hypertensive-crisis |     1 | active    |        2 | stop today: remeasure
    a crisis without a date     | hypertensive-crisis |       | active    |        0 | stop today: remeasure
    a crisis, nobody measured   | hypertensive-crisis |     9 | active    |          | stop today: remeasure
    a crisis nobody confirmed   | hypertensive-crisis |     0 | suspected |        0 | unknown: remeasure
    hypertension, ordinary      | hypertension        |   900 | active    |        0 | proceed
    hypertension, not measured  | hypertension        |   900 | active    |          | unknown: remeasure
""")
def test_a_crisis_stops_until_a_later_day_and_hypertension_leaves_it_to_the_reading(
    entry: str,
    since: int | None,
    course: str,
    read_ago: int | None,
    answer: str,
) -> None:
    measured = None if read_ago is None else _reading(Decimal(118), Decimal(74), _day(read_ago))
    recorded = told(entry, course, since)
    found = finding("blood-pressure", [recorded, measured])
    assert said(found) == answer


def test_a_reading_marked_as_doubtful_is_measured_again() -> None:
    facts = [_reading(Decimal(118), Decimal(74), TODAY, status=FactStatus.DOUBTFUL)]
    assert finding("blood-pressure", facts).verdict.value == "unknown"


def test_an_ordinary_reading_does_not_clear_a_doubtful_one_of_the_same_day() -> None:
    doubtful = _reading(Decimal(184), Decimal(94), TODAY, status=FactStatus.DOUBTFUL)
    ordinary = _reading(Decimal(118), Decimal(74), TODAY)
    assert finding("blood-pressure", [doubtful, ordinary]).verdict.value == "unknown"


def test_a_pressure_that_was_not_recorded_as_one_reading_is_measured_again() -> None:
    word = Fact(what="blood-pressure", value="normal", when=TODAY, came_from="Observation/o1#value")
    assert finding("blood-pressure", [word]).verdict.value == "unknown"


def _reading(
    systolic: Decimal | None,
    diastolic: Decimal | None,
    when: object,
    status: FactStatus = FactStatus.RECORDED,
) -> Fact | None:
    if systolic is None and diastolic is None:
        return None
    return Fact(
        what="blood-pressure",
        value=BloodPressure(systolic, diastolic),
        when=when,  # type: ignore[arg-type]
        local_day=TODAY if isinstance(when, Instant) else None,
        status=status,
        came_from="Observation/bp1#component",
    )


def _numbers(written: str) -> tuple[Decimal | None, Decimal | None]:
    upper, lower = (None if part == "?" else Decimal(part) for part in written.split("/"))
    return upper, lower


def _moment(at: str | None) -> object:
    return Instant.parse(f"{TODAY}T{at}:00-07:00") if at else TODAY


def _day(ago: int | None) -> object:
    return None if ago is None else TODAY - timedelta(days=ago)
