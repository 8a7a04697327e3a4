"""Sessions are moved with a reason, and what hangs on them moves along.

A dose that is put off takes its rest and its integration with it, and pushes what comes after: later on the
same day where three hours are enough, to the same hour of the next day where they are not. A move that would
break the spacing of doses, or leave a window, is refused with the reason.
"""

import re
from datetime import timedelta

import pytest
from tests.cases import cases
from tests.spec.planning.days import five_days, shown, there

from kap.planning.moving import moved, objections
from kap.planning.plan import Changes
from kap.planning.planning import plan
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.moments import Instant, Window


@cases("""
    what is moved                       | session       | to          | refused because
    ------------------------------------+---------------+-------------+----------------
    the first dose an hour later        | dose-1        | 06-02 10:00 |
    the first dose to the next day      | dose-1        | 06-03 09:00 |
    the first dose two days later       | dose-1        | 06-04 09:00 | The protocol wants it to have ended by 2026-06-04 00:00.
    the second dose an hour earlier     | dose-2        | 06-04 08:00 | 48 h must pass after the start of “First dose”. Choose 2026-06-04 09:00 or later.
    the second dose at its hour         | dose-2        | 06-04 09:00 |
    integration to the morning after    | integration-1 | 06-03 07:45 |
    integration a minute too late       | integration-1 | 06-03 07:46 | The protocol wants it to have ended by 2026-06-03 09:00.
    integration into the rest           | integration-1 | 06-02 14:00 | “Rest” ends at 2026-06-02 14:30.
    integration before the dose is over | integration-1 | 06-02 11:00 | “Rest” ends at 2026-06-02 14:30. Choose 2026-06-02 14:30 or later.
    preparation to the day before       | preparation-1 | 05-31 13:00 | The protocol lets it begin at 2026-06-01 00:00 at the earliest.
    a follow-up two days later          | follow-up-1   | 06-14 10:00 |
    a follow-up three days later        | follow-up-1   | 06-15 10:00 | The protocol wants it to have ended by 2026-06-15 00:00.
""")
def test_a_session_may_be_moved_within_its_window(session: str, to: str, refused_because: str | None) -> None:
    made = five_days()
    if refused_because:
        with pytest.raises(Refused, match=re.escape(refused_because)):
            moved(made, session, there(to))
        return
    assert shown(moved(made, session, there(to)), session) == to


@cases("""
    when the first dose is        | to          | rest        | integration | evening     | second dose | home
    ------------------------------+-------------+-------------+-------------+-------------+-------------+------------
    where it was planned          | 06-02 09:00 | 06-02 12:00 | 06-02 15:30 | 06-02 19:30 | 06-04 09:00 | 06-05 10:00
    an hour later                 | 06-02 10:00 | 06-02 13:00 | 06-02 16:30 | 06-02 19:30 | 06-04 10:00 | 06-05 10:00
    three hours later             | 06-02 12:00 | 06-02 15:00 | 06-02 18:30 | 06-02 19:45 | 06-04 12:00 | 06-05 10:00
    more than three hours later   | 06-02 12:01 | 06-02 15:01 | 06-02 18:31 | 06-02 19:46 | 06-05 09:00 | 06-06 10:00
    on the next day               | 06-03 09:00 | 06-03 12:00 | 06-03 15:30 | 06-03 19:30 | 06-05 09:00 | 06-06 10:00
""")
def test_what_hangs_on_a_dose_moves_with_it(
    to: str, rest: str, integration: str, evening: str, second_dose: str, home: str
) -> None:
    made = moved(five_days(), "dose-1", there(to))
    names = ("rest-1", "integration-1", "practice-2", "dose-2", "discharge")
    assert tuple(shown(made, name) for name in names) == (rest, integration, evening, second_dose, home)


@cases("""
    the dose ended                         | began       | ended       | integration | because
    ---------------------------------------+-------------+-------------+-------------+--------
    in the afternoon                       | 06-02 14:00 | 06-02 16:59 | 06-02 20:59 |
    so that four hours later is night      | 06-02 14:00 | 06-02 17:00 | 06-03 08:00 | Waits for the morning: 21:00 is at night.
    late in the evening                    | 06-02 20:00 | 06-02 22:00 | 06-03 08:00 | Waits for the morning: 02:00 is at night.
    early, and the morning is soon enough  | 06-02 09:16 | 06-02 17:30 | 06-03 08:00 | Waits for the morning: 21:30 is at night.
    early, and the window would be closed  | 06-02 09:14 | 06-02 17:30 | 06-02 21:30 |
""")
def test_integration_waits_for_the_morning_while_its_window_allows(
    began: str, ended: str, integration: str, because: str | None
) -> None:
    made = five_days()
    dose = Window(there(began).instant, there(ended).instant)
    event = plan(made.protocol, made.start_on, made.zone, Changes(held={"dose-1": dose})).event(
        "integration-1"
    )
    assert event.time.opens_at.in_zone(made.zone).strftime("%m-%d %H:%M") == integration
    assert " ".join(str(reason) for reason in event.reasons) == (because or "")


def test_a_session_put_off_says_from_when_and_why() -> None:
    made = moved(five_days(), "dose-1", there("06-03 09:00"))
    assert [str(reason) for reason in made.event("dose-2").reasons] == [
        "Put off from 2026-06-04 to 2026-06-05: 48 h must pass after the start of “First dose”."
    ]


def test_a_move_is_kept_until_what_it_waits_for_has_moved_beyond_it() -> None:
    by_hand = moved(five_days(), "integration-1", there("06-02 17:00"))
    hour_later = moved(by_hand, "dose-1", there("06-02 10:00"))
    day_later = moved(by_hand, "dose-1", there("06-03 09:00"))
    assert shown(hour_later, "integration-1") == "06-02 17:00"
    assert shown(day_later, "integration-1") == "06-03 15:30"


def test_a_moved_session_says_what_the_clocks_did_to_it() -> None:
    made = five_days(there("03-07 00:00").on)
    to = there("03-08 02:30")
    changed = plan(made.protocol, made.start_on, made.zone, Changes(moved={"dose-1": to}))
    assert [str(reason) for reason in changed.event("dose-1").reasons] == [
        "The clocks skip 02:30; this starts at 03:30."
    ]


def test_what_has_been_held_stays_and_is_not_pushed() -> None:
    made = five_days()
    began = made.event("dose-1").time.opens_at
    late = Window(Instant(began.at + timedelta(hours=2)), Instant(began.at + timedelta(hours=5)))
    held = plan(made.protocol, made.start_on, made.zone, Changes(held={"dose-1": late}))
    assert held.event("dose-1").time == late
    assert shown(held, "dose-2") == "06-04 11:00"
    with pytest.raises(Refused, match="has begun or been held already"):
        moved(held, "dose-1", there("06-02 10:00"))


def test_what_was_passed_over_keeps_nobody_waiting() -> None:
    made = five_days()
    began = Instant(made.event("preparation-1").time.opens_at.at - timedelta(days=1))
    early = {"dose-1": Window(began, Instant(began.at + timedelta(hours=2)))}
    held = plan(made.protocol, made.start_on, made.zone, Changes(held=early))
    assert shown(held, "integration-1") == "05-31 19:00"


def test_a_session_cannot_move_behind_one_that_was_held() -> None:
    made = five_days()
    evening = {"practice-2": made.event("practice-2").time}
    held = plan(made.protocol, made.start_on, made.zone, Changes(held=evening))
    with pytest.raises(Refused, match="“Evening practice” comes after it and has been held"):
        moved(held, "integration-1", there("06-03 07:45"))
    assert shown(moved(held, "integration-1", there("06-02 18:15")), "integration-1") == "06-02 18:15"


def test_a_dose_that_took_longer_than_its_window_leaves_room_for_integration() -> None:
    made = five_days()
    began = made.event("dose-1").time.opens_at
    long = Window(began, Instant(began.at + timedelta(hours=30)))
    window = plan(made.protocol, made.start_on, made.zone, Changes(held={"dose-1": long})).event(
        "integration-1"
    )
    assert window.window.closes_at.at == began.at + timedelta(hours=24)
    assert window.window.length.in_unit("min") == 75


def test_nothing_waits_for_a_session_that_is_met() -> None:
    made = five_days()
    met = plan(made.protocol, made.start_on, made.zone, Changes(met=frozenset({"screening"})))
    assert met.event("preparation-1").reasons == ()
    with pytest.raises(Refused, match="has begun or been held already"):
        moved(met, "screening", there("05-26 10:00"))
    with pytest.raises(InputError, match="has no session 'lunch'"):
        moved(made, "lunch", there("06-02 12:00"))


def test_every_objection_is_known_and_a_held_session_has_one() -> None:
    made = five_days()
    early = [str(one) for one in objections(made, "dose-2", there("06-03 09:00"))]
    assert [re.sub(r"^.*?\. ", "", one) for one in early] == [
        "48 h must pass after the start of “First dose”. Choose 2026-06-04 09:00 or later.",
        "“Evening practice” ends at 2026-06-03 20:00. Choose 2026-06-03 20:00 or later.",
        "“Review and preparation” ends at 2026-06-03 11:00. Choose 2026-06-03 11:00 or later.",
        "The protocol lets it begin at 2026-06-04 09:00 at the earliest.",
    ]
    held = plan(made.protocol, made.start_on, made.zone, Changes(held={"dose-1": made.event("dose-1").time}))
    assert len(list(objections(held, "dose-1", there("06-02 10:00")))) == 1
