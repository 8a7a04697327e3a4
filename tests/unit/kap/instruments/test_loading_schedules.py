"""A schedule that is written wrongly is refused when it is loaded, with its file and line."""

from __future__ import annotations

import pytest

from kap.instruments.loading_schedules import schedule, schedule_from, schedule_ids
from kap.instruments.schedules import QUIET_SOURCE
from kap.instruments.shelf import library
from kap.vocabulary.errors import DeclarationError, InputError

WHOLE = """\
id: small
version: 2
title: Small
rounds:
  begin:
    forms: phq9
    anchor: start
    on_days: 0, 30
    due: 1 d
    closes: 2 d
    at_most_minutes: 3
    source: own
  dose:
    forms: phq9, gad7
    anchor: before dose
    opens: 72 h
    due: 12 h
    closes: 0 h
    source: own
sources:
  own: {unverified: our own, stated_on: 2026-11-21}
"""


def test_the_whole_declaration_is_read() -> None:
    small = schedule_from("small.yaml", WHOLE, library())
    assert (small.key, [one.name for one in small.rounds]) == ("small@2", ["begin", "dose"])


@pytest.mark.parametrize(
    ("found", "put", "line", "sentence"),
    [
        ("forms: phq9\n", "forms: phq0\n", 6, "the library has no form 'phq0'."),
        ("0, 30", "0, soon", 8, "'soon' is no number of days."),
        ("    on_days: 0, 30\n", "", 6, "on_days is given for rounds of the calendar, and only for those."),
        ("opens: 72 h", "opens: 72 h\n    on_days: 3", 14, "on_days is given for rounds of the calendar"),
        (
            "at_most_minutes: 3",
            "at_most_minutes: 2",
            6,
            "it takes 3 minutes of the client, at most 2 may be.",
        ),
        ("due: 1 d", "due: 3 d", 6, "a round opens, then is due, then closes."),
        ("due: 12 h", "due: 80 h", 14, "a round opens, then is due, then closes."),
        ("opens: 72 h\n    due: 12 h", "due: 0 h", 14, "a round opens, then is due, then closes."),
        ("due: 1 d", "due: 1 mg", 9, "expected a length of time, such as 72 h."),
        ("due: 1 d", "due: soon", 9, "'soon' is not a number, a space and a unit"),
        ("anchor: start", "anchor: dose", 7, "expected one of 'start'"),
        ("source: own\n  dose", "source: nobody\n  dose", 12, "the source 'nobody' is not among the sources"),
    ],
)
def test_a_mistake_is_said_with_its_line(found: str, put: str, line: int, sentence: str) -> None:
    assert found in WHOLE
    with pytest.raises(DeclarationError) as wrong:
        schedule_from("small.yaml", WHOLE.replace(found, put, 1), library())
    assert str(wrong.value).startswith(f"small.yaml, line {line}: ")
    assert sentence in str(wrong.value)


def test_the_library_of_schedules_is_read_by_id() -> None:
    assert [schedule(name).id for name in schedule_ids()] == list(schedule_ids())
    with pytest.raises(InputError, match="There is no schedule 'none': give one of usual"):
        schedule("none")


def test_what_nobody_has_checked_says_so() -> None:
    assert not QUIET_SOURCE.verified
    assert not any(one.source.verified for one in schedule("usual").rounds)
