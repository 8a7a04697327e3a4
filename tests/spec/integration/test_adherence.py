"""Integration beside the doses it followed.

Each dose is judged by the first session after it and before the next dose. A dose that nothing followed yet
is not judged while a window is still open: it waits, and is counted nowhere.
"""

from datetime import timedelta

from tests.cases import cases

from kap.integration.adherence import adherence
from kap.integration.windows import packaged_windows
from kap.vocabulary.moments import Instant

FIRST = Instant.parse("2026-06-02T15:00:00Z")
RULES = packaged_windows()


def hours(text: str | None) -> list[Instant]:
    return [Instant(FIRST.at + timedelta(hours=int(part))) for part in (text or "").split()]


@cases("""
    what followed the doses               | doses at hour | sessions at hour | now | first day | third day | counted | waiting
    --------------------------------------+---------------+------------------+-----+-----------+-----------+---------+--------
    both the same afternoon               | 0 48          | 6 54             | 100 |         2 |         2 |       2 |       0
    one only on the third day             | 0 48          | 6 98             | 100 |         1 |         2 |       2 |       0
    one after all windows                 | 0             | 73               | 100 |         0 |         0 |       1 |       0
    none, and the windows are closed      | 0             |                  |  72 |         0 |         0 |       1 |       0
    none yet, and a window is open        | 0             |                  |  71 |         0 |         0 |       0 |       1
    two sessions after one dose           | 0 48          | 6 30             | 200 |         1 |         1 |       2 |       0
    a session before any dose             | 0             | -2               | 100 |         0 |         0 |       1 |       0
    nothing given                         |               | 6                | 100 |         0 |         0 |       0 |       0
""")
def test_each_dose_is_judged_by_what_came_next(
    doses_at_hour: str | None, sessions_at_hour: str | None, now: int, first_day: int, third_day: int,
    counted: int, waiting: int,
) -> None:  # fmt: skip
    at = Instant(FIRST.at + timedelta(hours=now))
    found = adherence(hours(doses_at_hour), hours(sessions_at_hour), RULES, at)
    shown = (found.within("first-day", RULES), found.within("third-day", RULES), found.counted, found.waiting)
    assert shown == (first_day, third_day, counted, waiting)
