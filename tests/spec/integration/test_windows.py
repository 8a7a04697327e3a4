"""How soon after a dose integration came.

A window opens when a dose starts. The first one a session begins in is the one that counts; later than all of
them it reached none. A window that still waits is shown to somebody once it closes within six hours.
"""

import pytest
from tests.cases import cases

from kap.integration.windows import packaged_windows, standing, windows_from
from kap.vocabulary.errors import DeclarationError, InputError
from kap.vocabulary.moments import Instant, Window

DOSE = Instant.parse("2026-06-02T09:00:00-06:00")
RULES = packaged_windows()


@cases("""
    the session began             | at                        | reached
    ------------------------------+---------------------------+-----------
    the same afternoon            | 2026-06-02T15:30:00-06:00 | first-day
    a minute before a day is over | 2026-06-03T08:59:00-06:00 | first-day
    a day later exactly           | 2026-06-03T09:00:00-06:00 | second-day
    two days later exactly        | 2026-06-04T09:00:00-06:00 | third-day
    a minute before three days    | 2026-06-05T08:59:00-06:00 | third-day
    three days later exactly      | 2026-06-05T09:00:00-06:00 |
""")
def test_a_session_reaches_the_first_window_it_begins_in(at: Instant, reached: str | None) -> None:
    found = RULES.reached(DOSE, at)
    assert (found.name if found else None) == reached


def test_a_session_before_the_dose_is_no_integration_of_it() -> None:
    with pytest.raises(InputError):
        RULES.reached(DOSE, Instant.parse("2026-06-02T08:00:00-06:00"))


@cases("""
    somebody looks                  | at                        | standing
    --------------------------------+---------------------------+---------
    while the dose is going on      | 2026-06-02T11:29:00-06:00 | ahead
    when the window opens           | 2026-06-02T11:30:00-06:00 | open
    more than six hours before      | 2026-06-03T02:59:00-06:00 | open
    six hours before it closes      | 2026-06-03T03:00:00-06:00 | closing
    a minute before it closes       | 2026-06-03T08:59:00-06:00 | closing
    when it closes                  | 2026-06-03T09:00:00-06:00 | closed
""")
def test_an_open_window_is_counted_down(at: Instant, standing: str) -> None:
    window = Window(Instant.parse("2026-06-02T11:30:00-06:00"), Instant.parse("2026-06-03T09:00:00-06:00"))
    assert _standing(window, at, RULES).value == standing


_standing = standing

DOCUMENT = """\
version: 1
effective_on: 2026-11-21
windows:
  first: {value: 24 h, source: ours}
  second: {value: 48 h, source: ours}
closing: {value: 6 h, source: ours}
sources: {ours: {unverified: ours, stated_on: 2026-11-21}}
"""


@cases("""
    what somebody wrote         | instead of  | stands    | refused because
    ----------------------------+-------------+-----------+----------------
    windows that do not grow    | value: 48 h | value: 24 h | line 4: write the windows shortest first
    a mass                      | value: 6 h  | value: 6 mg | line 6: Span is not measured in 'mg'
    an unknown source           | 6 h, source: ours | 6 h, source: me | line 6: the source 'me' is not among
""")
def test_a_document_that_is_not_whole_is_refused(instead_of: str, stands: str, refused_because: str) -> None:
    assert windows_from("windows.yaml", DOCUMENT).closing.length.in_unit("h") == 6
    with pytest.raises(DeclarationError, match=refused_because):
        windows_from("windows.yaml", DOCUMENT.replace(instead_of, stands))
