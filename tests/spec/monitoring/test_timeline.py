"""A session's timeline.

Arrival, checklist, time-out by two people, dose, vital signs, events, alarms, recovery, leaving: each act is one entry.
An entry that comes late takes its place by when it happened. What was charted wrongly is struck and stays readable.
"""

from decimal import Decimal
from uuid import UUID

import pytest
from tests.spec.monitoring.room import CALM, Room, at, by_route, dosed, gone, infusion, ready

from kap.monitoring import acts
from kap.monitoring.alarms import Level, packaged_alarms, watched
from kap.monitoring.session import Left, Phase
from kap.monitoring.timeline import session_from, state_after
from kap.monitoring.vitals import Channel
from kap.vocabulary.errors import InputError
from kap.vocabulary.quantities import Mass
from kap.vocabulary.routes import Route


def test_a_session_goes_through_its_phases() -> None:
    room = Room()
    assert room.session.phase is Phase.ARRIVED
    room = ready().at(10).times_out()
    assert room.session.phase is Phase.TIMED_OUT
    room.gives()
    assert room.session.phase is Phase.DOSED
    room.at(50).ends().add(acts.moving_to_recovery(room.next(), room.session))
    assert room.session.phase is Phase.RECOVERY
    assert list(room.session.began.values()) == [at(50), at(10), at(10), at(0)]
    assert gone().session.phase is Phase.LEFT


def test_a_dose_runs_until_its_end_is_recorded() -> None:
    room = dosed()
    running = room.session.running
    assert running is not None
    assert (running.given, running.began_at, running.people) == (infusion(), at(10), ("nurse", "prescriber"))
    [dose] = room.at(50).ends().session.doses
    assert (dose.ended_at, dose.amount_in, room.session.running) == (at(50), Mass.mg(35), None)


def test_a_dose_given_all_at_once_has_ended() -> None:
    [dose] = dosed(by_route(Route.IM)).session.doses
    assert (dose.ended_at, dose.amount_in) == (at(10), Mass.mg(35))


def test_a_stopped_dose_says_what_went_in_and_why() -> None:
    room = dosed().at(30)
    dose = room.session.doses[0].id
    room.add(acts.stopping(room.next(), room.session, dose, Mass.mg("17.5"), "Too much for her."))
    [stopped] = room.session.doses
    assert (stopped.ended_at, stopped.amount_in, stopped.why_stopped) == (
        at(30),
        Mass.mg("17.5"),
        "Too much for her.",
    )


def test_of_two_endings_the_first_stands() -> None:
    room = dosed().at(30)
    dose = room.session.doses[0].id
    stop = acts.stopping(room.next(), room.session, dose, Mass.mg(20), "Distress.")
    room.at(40).ends().add(stop)
    [ended] = room.session.doses
    assert (ended.ended_at, ended.why_stopped) == (at(30), "Distress.")


def test_a_held_dose_stays_in_the_timeline_with_its_reason() -> None:
    room = ready().at(12)
    room.add(acts.holding(room.next(), room.session, "Blood pressure."))
    [event] = room.session.events
    assert (event.what, event.words, event.at) == ("dose_held", "Blood pressure.", at(12))


def test_a_late_entry_takes_its_place_by_when_it_happened() -> None:
    room = ready().at(30).reads({**CALM, "systolic": 140}).at(20).reads({**CALM, "systolic": 130})
    upper = [one.of(Channel.SYSTOLIC) for one in room.session.readings]
    assert upper == [Decimal(124), Decimal(130), Decimal(140)]
    newest, first = room.session.newest(Channel.SYSTOLIC), room.session.first(Channel.SYSTOLIC)
    assert newest is not None
    assert first is not None
    assert (newest.at, first.at) == (at(30), at(5))


def test_a_reading_of_the_arrivals_own_moment_comes_after_it() -> None:
    room = Room()
    early = room.at(0).reads(CALM).entries[1]
    earlier = type(early)(
        id=UUID(int=0), happened_at=early.happened_at, recorded_at=early.recorded_at, by=early.by,
        kind=early.kind, content=early.content,
    )  # fmt: skip
    assert session_from([room.entries[0], earlier]).readings[0].entry == UUID(int=0)


def test_what_was_charted_wrongly_is_struck_and_stays_in_the_timeline() -> None:
    room = (
        ready()
        .at(20)
        .reads({"oxygen-saturation": 50})
        .add(acts.noting(ready().next(), ready().session, "toilet"))
    )
    wrong = room.session.readings[-1].entry
    room.add(acts.striking(room.next(), room.session, wrong, "The clip had come off."))
    assert [one.of(Channel.OXYGEN) for one in room.session.readings] == [Decimal(98)]
    assert [entry.name for entry in room.entries].count("vitals_taken") == 2


def test_an_event_is_one_word_and_more_if_somebody_wrote_more() -> None:
    room = ready().at(20)
    room.add(acts.noting(room.next(), room.session, "nausea"))
    room.add(acts.noting(room.next(), room.session, "words", " I see the sea. "))
    assert [(event.what, event.words) for event in room.session.events] == [
        ("nausea", ""),
        ("words", "I see the sea."),
    ]


def test_an_alarm_is_open_until_a_person_takes_it() -> None:
    room = ready().at(20).reads({**CALM, "systolic": 205}).at(30).reads({**CALM, "oxygen-saturation": 93})
    for alarm in watched(room.session.readings, packaged_alarms()).alarms:
        room.add(acts.raising(room.next(), alarm))
    high, low = room.session.open_alarms
    assert (high.level, low.level, high.reason) == (Level.ACT, Level.LOOK, "Blood pressure 205/78 mmHg.")
    room.add(acts.taking_alarm(room.next("prescriber"), room.session, high.id, " Slowed the pump. "))
    taken = next(alarm for alarm in room.session.alarms if alarm.id == high.id)
    assert (taken.taken_by, taken.done, taken.taken_at) == ("prescriber", "Slowed the pump.", at(30))
    assert [alarm.id for alarm in room.session.open_alarms] == [low.id]


def test_an_alarm_of_a_monitor_whose_clock_runs_ahead_is_taken_all_the_same() -> None:
    room = ready().at(20).reads({**CALM, "systolic": 205})
    [alarm] = watched(room.session.readings, packaged_alarms()).alarms
    room.minute = "20.5"
    room.add(acts.raising(room.next(), alarm))
    called = room.session.open_alarms[0].id
    room.minute = 20
    room.add(acts.taking_alarm(room.next("prescriber"), room.session, called, "Slowed the pump."))
    assert room.session.open_alarms == ()


def test_of_two_people_who_take_an_alarm_the_first_took_it() -> None:
    room = ready().at(20).reads({**CALM, "systolic": 205})
    [alarm] = watched(room.session.readings, packaged_alarms()).alarms
    room.add(acts.raising(room.next(), alarm))
    called = room.session.open_alarms[0].id
    first = acts.taking_alarm(room.next("prescriber"), room.session, called, "")
    room.minute = 21
    second = acts.taking_alarm(room.act(21, 99, "therapist"), room.session, called, "")
    room.add(first).add(second)
    assert room.session.alarms[0].taken_by == "prescriber"


def test_who_left_has_left_once() -> None:
    room = Room().at(20)
    first = acts.leaving_undosed(room.next(), room.session, "Felt unwell.")
    second = acts.leaving_undosed(room.act(25, 99), room.session, "Went.")
    leaving = room.add(first).add(second).session.leaving
    assert leaving is not None
    assert (leaving.at, leaving.how, leaving.why) == (at(20), Left.UNDOSED, "Felt unwell.")


def test_a_timeline_begins_with_one_arrival() -> None:
    room = ready()
    with pytest.raises(InputError, match="none is here"):
        session_from([])
    with pytest.raises(InputError, match="one arrival"):
        session_from(room.entries[1:])
    with pytest.raises(InputError, match="one arrival"):
        state_after(room.session, room.entries[0])


def test_an_entry_of_no_kind_known_here_is_refused() -> None:
    room = ready()
    with pytest.raises(InputError, match="nothing that happens in a session"):
        state_after(room.session, acts.entry_of(room.next(), "danced", {}))
