"""Windows of time.

A window is open from the instant it opens and closed from the instant it closes. Windows that only touch do
not overlap, so that every moment belongs to exactly one of them.
"""

from tests.cases import cases

from kap.vocabulary.moments import Instant, Window
from kap.vocabulary.spans import Span

NOON_TO_ONE = Window.lasting(Span.hours(1), Instant.parse("2026-11-21T12:00:00Z"))


@cases("""
    when                          | at                          | is_open | time_left | until_open
    ------------------------------+-----------------------------+---------+-----------+-----------
    a second before it opens      | 2026-11-21T11:59:59Z        | no      | 3601 s    | 1 s
    the instant it opens          | 2026-11-21T12:00:00Z        | yes     | 60 min    | 0 s
    the same, on another clock    | 2026-11-21T05:00:00-07:00   | yes     | 60 min    | 0 s
    its last second               | 2026-11-21T12:59:59Z        | yes     | 1 s       | 0 s
    the instant it closes         | 2026-11-21T13:00:00Z        | no      | 0 s       | 0 s
    long after                    | 2026-11-22T13:00:00Z        | no      | 0 s       | 0 s
""")
def test_a_window_is_open_at_its_first_instant_and_closed_at_its_last(
    at: Instant, is_open: bool, time_left: Span, until_open: Span
) -> None:
    assert NOON_TO_ONE.contains(at) is is_open
    assert NOON_TO_ONE.time_left(at) == time_left
    assert NOON_TO_ONE.time_until_open(at) == until_open


@cases("""
    the other window              | opens                | lasts  | overlaps
    ------------------------------+----------------------+--------+---------
    ends when noon strikes        | 2026-11-21T11:00:00Z | 60 min | no
    ends a second after noon      | 2026-11-21T11:00:01Z | 60 min | yes
    lies inside                   | 2026-11-21T12:20:00Z | 10 min | yes
    holds it whole                | 2026-11-21T11:00:00Z | 3 h    | yes
    opens a second before one     | 2026-11-21T12:59:59Z | 60 min | yes
    opens at one                  | 2026-11-21T13:00:00Z | 60 min | no
""")
def test_windows_that_only_touch_do_not_overlap(opens: Instant, lasts: Span, overlaps: bool) -> None:
    other = Window.lasting(lasts, opens)
    assert NOON_TO_ONE.overlaps(other) is overlaps
    assert other.overlaps(NOON_TO_ONE) is overlaps
