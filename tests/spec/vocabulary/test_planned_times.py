"""Planned times.

What is planned is a date, a time and a zone. When the clocks change, the plan says what it means instead of
moving in silence: a skipped time starts later by what is skipped, a repeated time means the first.
"""

from datetime import date, time

from tests.cases import cases

from kap.vocabulary.moments import Instant
from kap.vocabulary.planned import PlannedTime


@cases("""
    when and where                       | on         | at    | zone                | starts
    -------------------------------------+------------+-------+---------------------+---------------------
    an ordinary morning in Denver        | 2026-06-15 | 09:00 | America/Denver      | 2026-06-15T15:00:00Z
    the minute before Denver skips       | 2026-03-08 | 01:59 | America/Denver      | 2026-03-08T08:59:00Z
    the first minute Denver skips        | 2026-03-08 | 02:00 | America/Denver      | 2026-03-08T09:00:00Z
    the last minute Denver skips         | 2026-03-08 | 02:59 | America/Denver      | 2026-03-08T09:59:00Z
    the first minute after the skip      | 2026-03-08 | 03:00 | America/Denver      | 2026-03-08T09:00:00Z
    the minute before the clocks repeat  | 2026-11-01 | 00:59 | America/Denver      | 2026-11-01T06:59:00Z
    the first repeated minute            | 2026-11-01 | 01:00 | America/Denver      | 2026-11-01T07:00:00Z
    the last repeated minute             | 2026-11-01 | 01:59 | America/Denver      | 2026-11-01T07:59:00Z
    the first minute after the repeat    | 2026-11-01 | 02:00 | America/Denver      | 2026-11-01T09:00:00Z
    Phoenix keeps its clocks             | 2026-03-08 | 02:30 | America/Phoenix     | 2026-03-08T09:30:00Z
    Lord Howe skips half an hour         | 2026-10-04 | 02:15 | Australia/Lord_Howe | 2026-10-03T15:45:00Z
    Samoa skipped a whole day            | 2011-12-30 | 09:00 | Pacific/Apia        | 2011-12-30T19:00:00Z
""")
def test_a_skipped_time_starts_later_and_a_repeated_time_means_the_first(
    on: date, at: time, zone: str, starts: Instant
) -> None:
    assert PlannedTime(on, at, zone).instant == starts


@cases("""
    when in Denver              | on         | at    | reason
    ----------------------------+------------+-------+-------------------------------------------------
    the minute before the skip  | 2026-03-08 | 01:59 |
    a skipped time              | 2026-03-08 | 02:30 | The clocks skip 02:30; this starts at 03:30.
    the minute after the skip   | 2026-03-08 | 03:00 |
    the minute before, repeated | 2026-11-01 | 00:59 |
    a repeated time             | 2026-11-01 | 01:30 | The clocks show 01:30 twice; the first is meant.
    the minute after, repeated  | 2026-11-01 | 02:00 |
""")
def test_the_plan_says_so_when_the_clocks_change_under_it(on: date, at: time, reason: str | None) -> None:
    said = PlannedTime(on, at, "America/Denver").reason
    assert (None if said is None else str(said)) == reason


def test_the_second_of_two_repeated_times_can_be_meant() -> None:
    planned = PlannedTime(date(2026, 11, 1), time(1, 30), "America/Denver", second=True)
    assert planned.instant == Instant.parse("2026-11-01T08:30:00Z")
    assert str(planned.reason) == "The clocks show 01:30 twice; the second is meant."
