"""Doses lie apart by elapsed hours, not by the clock on the wall.

Where the clocks skip an hour between two doses, the later one starts an hour later and says why. Where they
show an hour twice, it starts at its usual hour, an hour more apart than it must be.
"""

from datetime import date

import pytest
from tests.cases import cases
from tests.spec.planning.days import five_days, shown

from kap.planning.planning import plan
from kap.protocols.shelf import protocol
from kap.vocabulary.errors import InputError


@cases("""
    the nights between the doses                 | start      | zone                | second dose  | hours apart | because
    ---------------------------------------------+------------+---------------------+--------------+-------------+--------
    ordinary nights                              | 2026-06-01 | America/Denver      | 06-04 09:00  | 48          |
    the clocks skip an hour                      | 2026-03-06 | America/Denver      | 03-09 10:00  | 48          | Starts at 10:00, not at 09:00: 48 h must pass after the start of “First dose”. The clocks skip 60 min in between.
    the clocks skip an hour the night before     | 2026-03-05 | America/Denver      | 03-08 10:00  | 48          | Starts at 10:00, not at 09:00: 48 h must pass after the start of “First dose”. The clocks skip 60 min in between.
    the clocks skip an hour the night after      | 2026-03-04 | America/Denver      | 03-07 09:00  | 48          |
    the clocks skip before the first dose        | 2026-03-07 | America/Denver      | 03-10 09:00  | 48          |
    the clocks show an hour twice                | 2026-10-30 | America/Denver      | 11-02 09:00  | 49          |
    the clocks skip half an hour                 | 2026-10-02 | Australia/Lord_Howe | 10-05 09:30  | 48          | Starts at 09:30, not at 09:00: 48 h must pass after the start of “First dose”. The clocks skip 30 min in between.
    a zone whose clocks never change             | 2026-03-06 | America/Phoenix     | 03-09 09:00  | 48          |
    a whole day is skipped                       | 2011-12-27 | Pacific/Apia        | 12-31 09:00  | 48          | The clocks skip 09:00; this starts at 2011-12-31 09:00.
""")
def test_the_second_dose_waits_for_elapsed_hours(
    start: date, zone: str, second_dose: str, hours_apart: int, because: str | None
) -> None:
    made = five_days(start, zone)
    first, second = made.event("dose-1"), made.event("dose-2")
    assert shown(made, "dose-2") == second_dose
    assert second.time.opens_at.since(first.time.opens_at).in_unit("h") == hours_apart
    assert " ".join(str(reason) for reason in second.reasons) == (because or "")


@cases("""
    session               | id            | day | begins      | not before  | not after
    ----------------------+---------------+-----+-------------+-------------+------------
    screened before       | screening     |  -6 | 05-25 10:00 | 05-11 00:00 | 05-30 00:00
    prepared on day 1     | preparation-1 |   1 | 06-01 13:00 | 06-01 00:00 | 06-02 00:00
    first dose            | dose-1        |   2 | 06-02 09:00 | 06-02 00:00 | 06-04 00:00
    its integration       | integration-1 |   2 | 06-02 15:30 | 06-02 11:30 | 06-03 09:00
    second dose           | dose-2        |   4 | 06-04 09:00 | 06-04 09:00 | 06-06 00:00
    its integration too   | integration-2 |   4 | 06-04 15:30 | 06-04 11:30 | 06-05 09:00
    going home            | discharge     |   5 | 06-05 10:00 | 06-05 00:00 | 06-07 00:00
    after four weeks      | follow-up-3   |  33 | 07-03 10:00 | 06-30 00:00 | 07-07 00:00
""")
def test_every_session_has_a_day_and_a_window(
    id: str, day: int, begins: str, not_before: str, not_after: str
) -> None:
    made = five_days()
    event = made.event(id)
    window = [
        at.in_zone(made.zone).strftime("%m-%d %H:%M")
        for at in (event.window.opens_at, event.window.closes_at)
    ]
    assert (made.day_of(event), shown(made, id), *window) == (day, begins, not_before, not_after)


@cases("""
    a first day                | start      | zone           | refused because
    ---------------------------+------------+----------------+----------------
    the earliest               | 1970-01-01 | UTC            |
    the day before it          | 1969-12-31 | UTC            | cannot start on 1969-12-31
    the latest                 | 2199-12-31 | UTC            |
    the day after it           | 2200-01-01 | UTC            | cannot start on 2200-01-01
    a zone there is not        | 2026-06-01 | Mars/Olympus   | is not an IANA time zone
""")
def test_a_plan_starts_on_a_day_of_ours(start: date, zone: str, refused_because: str | None) -> None:
    if refused_because is None:
        assert plan(protocol("iv-series"), start, zone).start_on == start
        return
    with pytest.raises(InputError, match=refused_because):
        plan(protocol("iv-series"), start, zone)
