"""Protocol documents.

A protocol is a document that is read when the program starts, never at the bedside. What cannot be lived is
refused there, with the line it stands on: a session before what it needs, doses too close together, an
integration session that would end after its window.
"""

import re
from datetime import time

import pytest
from tests.cases import cases

from kap.protocols.definition import OnDay, Protocol, SessionKind, WithinDose
from kap.protocols.loading import protocol_from
from kap.protocols.shelf import library, protocol, protocol_ids
from kap.vocabulary.errors import DeclarationError, InputError

SMALL = """\
id: small
version: 1
effective_on: 2026-11-21
title: Two doses
describes: Two doses, two days apart.
drug: ketamine
routes: [iv]
doses:
  start: {value: 0.5 mg/kg, source: ours}
  over: {value: 40 min, source: ours}
  spacing: {value: 48 h, source: ours}
  usual_spacing: {value: 48 h, source: ours}
put_off: {value: 3 h, source: ours}
night: {from: "21:00", to: "08:00", source: ours}
phases: {stay: The stay}
sessions:
  dose-1: {kind: dose, phase: stay, title: First, day: 2, at: "09:00", for: 2 h, window: {days_before: 0, days_after: 1}}
  rest-1: {kind: rest, phase: stay, title: Rest, after: dose-1, by: 1 h, for: 1 h, window: {days_before: 0, days_after: 0}}
  talk-1: {kind: integration, phase: stay, title: Talk, after: dose-1, by: 3 h, for: 1 h, within: {dose: dose-1, value: 24 h, source: ours}, needs: [dose-1]}
  dose-2: {kind: dose, phase: stay, title: Second, day: 4, at: "09:00", for: 2 h, window: {days_before: 0, days_after: 1}, needs: [talk-1]}
measures: {phq9: [dose-1, dose-2]}
sources: {ours: {unverified: our default, stated_on: 2026-11-21}}
"""


@cases("""
    protocol                       | id                | doses | days of the doses | spacing | below usual spacing
    -------------------------------+-------------------+-------+-------------------+---------+--------------------
    the five-day retreat           | intensive-5-day   |     2 | 2, 4              | 48 h    | no
    six infusions in three weeks   | iv-series         |     6 | 1, 4, 8, 11, 15, 18 | 48 h  | no
    a dose a day for three days    | ultra-rapid-3-day |     3 | 1, 2, 3           | 20 h    | yes
""")
def test_the_library_holds_these_protocols(
    id: str, doses: int, days_of_the_doses: str, spacing: str, below_usual_spacing: bool
) -> None:
    found = protocol(id, 1)
    assert found.key == f"{id}@1"
    assert len(found.dose_sessions) == doses
    days = [one.timing.when.day for one in found.dose_sessions if isinstance(one.timing.when, OnDay)]
    assert ", ".join(str(day) for day in days) == days_of_the_doses
    assert str(found.doses.spacing.amount) == spacing
    assert found.doses.are_below_usual_spacing is below_usual_spacing


@pytest.mark.parametrize("found", library(), ids=lambda found: found.id)
def test_every_dose_is_followed_by_integration_that_ends_within_a_day(found: Protocol) -> None:
    windows = [s.timing.window for s in found.sessions if s.kind is SessionKind.INTEGRATION]
    assert [w.dose for w in windows if isinstance(w, WithinDose)] == [s.id for s in found.dose_sessions]
    assert {str(w.limit.amount) for w in windows if isinstance(w, WithinDose)} == {"24 h"}


@pytest.mark.parametrize("found", library(), ids=lambda found: found.id)
def test_every_session_stands_in_a_phase_and_is_found_by_its_id(found: Protocol) -> None:
    for session in found.sessions:
        assert found.phase(session.phase).id == session.phase
        assert found.session(session.id) is session


@cases("""
    what somebody wrote                    | instead of         | stands              | refused because
    ---------------------------------------+--------------------+---------------------+----------------
    doses an hour too close                | day: 4, at: "09:00"| day: 4, at: "08:00" | line 20: it begins less than 48 h after 'dose-1'
    doses exactly far enough apart         | day: 4, at: "09:00"| day: 4, at: "09:00" |
    integration that ends in time, exactly | by: 3 h, for: 1 h  | by: 21 h, for: 1 h  |
    integration that ends an hour late     | by: 3 h, for: 1 h  | by: 22 h, for: 1 h  | line 19: it ends later than 24 h after 'dose-1' began
    a session before the one above it      | by: 3 h            | by: 90 min          | line 19: it begins before 'rest-1' has ended
    a dose shorter than it is given        | 09:00", for: 2 h   | 09:00", for: 30 min | line 17: it is shorter than the 40 min
    a need that comes later                | needs: [dose-1]    | needs: [dose-2]     | line 19: 'dose-2' is no session that is held before
    a window of no dose                    | {dose: dose-1      | {dose: rest-1       | line 19: 'rest-1' is no dose
    a phase nobody wrote                   | {kind: rest, phase: stay | {kind: rest, phase: trip | line 18: there is no phase 'trip'
    a phase nobody uses                    | {stay: The stay}   | {stay: A, trip: B}  | line 1: no session is in the phase 'trip'
    integration without a window           | kind: rest         | kind: integration   | line 18: integration belongs into a window
    a measure at no session                | [dose-1, dose-2]   | [dose-3]            | line 1: phq9 is measured at 'dose-3'
    an instrument nobody has               | {phq9:             | {phq99:             | line 21: there is no instrument 'phq99'
    no route                               | [iv]               | []                  | line 1: a protocol names at least one route
    a mass where a time belongs            | {value: 48 h       | {value: 48 mg       | line 11: expected a Span
    an unknown source                      | 40 min, source: ours | 40 min, source: me | line 10: the source 'me' is not among
    a day that is no number                | day: 2             | day: two            | line 17: expected a day of the protocol
    an hour the clock does not have        | "09:00", for: 2 h, window: {days_before: 0, days_after: 1}} | "25:00", for: 2 h, window: {days_before: 0, days_after: 1}} | line 17: expected an hour like 09:30
    neither a day nor what it follows      | after: dose-1, by: 1 h, | | line 18: give either day and at or after and by
    a day without its hour                 | day: 2, at: "09:00"| day: 2              | line 17: give either day and at or after and by
    a night that ends before it begins     | to: "08:00"        | to: "22:00"         | line 14: a night begins on one day
    a word nobody knows                    | put_off:           | put_away:           | line 13: 'put_away' is not known here
""")
def test_what_cannot_be_lived_is_refused_with_its_line(
    instead_of: str, stands: str | None, refused_because: str | None
) -> None:
    assert instead_of in SMALL
    text = SMALL.replace(instead_of, stands or "", 1)
    if refused_because is None:
        assert protocol_from("small.yaml", text).id == "small"
        return
    with pytest.raises(DeclarationError, match=re.escape(f"small.yaml, {refused_because}")):
        protocol_from("small.yaml", text)


def test_what_follows_a_session_follows_it_at_once() -> None:
    own_hour = SMALL.replace("after: dose-1, by: 1 h, for: 1 h", 'day: 2, at: "12:00", for: 1 h')
    with pytest.raises(DeclarationError, match="line 19: 'rest-1' stands between this session and the one"):
        protocol_from("small.yaml", own_hour)


def test_a_protocol_without_a_dose_is_none() -> None:
    lines = SMALL.splitlines()
    rest = '  rest-1: {kind: rest, phase: stay, title: Rest, day: 1, at: "09:00", for: 1 h, '
    text = "\n".join([*lines[:16], rest + "window: {days_before: 0, days_after: 0}}", *lines[20:]])
    with pytest.raises(DeclarationError, match="a protocol gives at least one dose"):
        protocol_from("small.yaml", text.replace("[dose-1, dose-2]", "rest-1"))


def test_what_is_not_in_the_library_is_named_with_what_is() -> None:
    assert protocol_ids() == ("intensive-5-day", "iv-series", "ultra-rapid-3-day")
    with pytest.raises(InputError, match="There is no protocol 'homemade': give one of intensive-5-day"):
        protocol("homemade")
    with pytest.raises(InputError, match="no version 2"):
        protocol("iv-series", 2)
    with pytest.raises(InputError, match="has no session 'dose-9'"):
        protocol("iv-series").session("dose-9")


@cases("""
    the clock shows                  | hour  | is night
    ---------------------------------+-------+---------
    a minute before the night        | 20:59 | no
    the hour at which it begins      | 21:00 | yes
    midnight                         | 00:00 | yes
    a minute before the morning      | 07:59 | yes
    the hour at which it ends        | 08:00 | no
""")
def test_the_night_lies_across_midnight(hour: time, is_night: bool) -> None:
    night = protocol("intensive-5-day").night
    assert str(night) == "21:00 to 08:00"
    assert night.holds(hour) is is_night
