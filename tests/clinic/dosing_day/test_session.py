"""A session from arrival to leaving, as the clinic keeps it: once, in order, by those who may."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.in_room import CALM, Treatment, numbers

from kap.histories.chain import SealedRow as Sealed
from kap.histories.chain import first_break
from kap.monitoring.alarms import Level, Sign
from kap.monitoring.session import Left, Phase
from kap.monitoring.vitals import Channel
from kap.planning.course import SessionState
from kap.vocabulary.errors import InputError, Refused
from kap_clinic.database.identity import new_id
from kap_clinic.dosing_day import actions, readings
from kap_clinic.dosing_day.models import DeviceBatch, DosingSession, SessionEntry
from kap_clinic.dosing_day.queries import open_sessions
from kap_clinic.dosing_day.readings import Reading

pytestmark = pytest.mark.database


def test_a_session_is_begun_once_from_its_plan(day: Treatment) -> None:
    told = day.by("nurse", planned_session=day.planned)
    assert [actions.start(**told), actions.start(**told)] == [True, False]
    with pytest.raises(Refused, match="has begun already"):
        actions.start(**day.by("nurse", planned_session=day.planned))
    with pytest.raises(Refused, match="Only a session with a dose"):
        actions.start(**day.by("nurse", planned_session=day.pharmacy.ward.session("rest-1").id))
    with pytest.raises(Refused, match="You may not"):
        actions.start(**day.by("custodian", planned_session=day.planned))
    assert [number for number, _entry in day.file(told["id"]).entries] == [1]


def test_vitals_are_charted_once_and_raise_their_alarm_once(day: Treatment) -> None:
    session = day.started()
    told = day.by("nurse", session=session, numbers=numbers(CALM | {"systolic": 205}))
    actions.take_vitals(**told)
    actions.take_vitals(**told)
    file = day.file(session)
    assert [entry.name for _number, entry in file.entries] == ["arrived", "vitals_taken", "alarm_raised"]
    assert (file.levels[Sign.PRESSURE], file.session.open_alarms[0].reason) == (
        Level.ACT,
        "Blood pressure 205/78.",
    )
    with pytest.raises(Refused, match="other content"):
        actions.take_vitals(**{**told, "numbers": numbers(CALM)})
    for read, said in ((CALM | {"heart-rate": 160}, "is unusual"), (CALM | {"heart-rate": 0}, "cannot be")):
        with pytest.raises(Refused, match=said):
            actions.take_vitals(**day.by("nurse", session=session, numbers=numbers(read)))
    ahead = datetime.now(UTC) + timedelta(minutes=5)
    with pytest.raises(Refused, match="not happened yet"):
        actions.take_vitals(**day.by("nurse", session=session, numbers=numbers(CALM), at=ahead))
    with pytest.raises(InputError, match="at least one number"):
        actions.take_vitals(**day.by("nurse", session=session, numbers={}))


def test_an_alarm_is_taken_by_a_person(day: Treatment) -> None:
    session = day.started()
    day.read(session, oxygen_saturation=89)
    [alarm] = day.file(session).session.open_alarms
    told = day.by("therapist", session=session, alarm=alarm.id, done="Woke her.")
    actions.take_alarm(**told)
    actions.take_alarm(**told)
    file = day.file(session)
    assert (file.session.open_alarms, file.session.alarms[0].done) == ((), "Woke her.")
    with pytest.raises(Refused, match="not in this session, or somebody has taken it"):
        actions.take_alarm(**day.by("nurse", session=session, alarm=alarm.id))


def test_what_is_noted_can_be_struck_and_stays(day: Treatment) -> None:
    session = day.started()
    told = day.by("nurse", session=session, what="nausea")
    actions.note_event(**told)
    actions.strike(**day.by("nurse", session=session, entry=told["id"], why="Another room."))
    file = day.file(session)
    assert file.session.events == ()
    assert [entry.name for _number, entry in file.entries][1:] == ["event_noted", "struck"]
    with pytest.raises(Refused, match="not on the list"):
        actions.note_event(**day.by("nurse", session=session, what="sneezing"))
    with pytest.raises(Refused, match="Say why"):
        actions.hold_dose(**day.by("nurse", session=session, why=""))
    with pytest.raises(InputError, match="not on the checklist"):
        actions.answer(**day.by("nurse", session=session, answers={"shoe-size": "42"}))


def test_somebody_leaves_by_the_criteria_and_the_plan_goes_on(day: Treatment) -> None:
    session = day.dosed()
    [dose] = day.file(session).session.doses
    actions.end_dose(**day.by("nurse", session=session, dose=dose.id))
    actions.move_to_recovery(**day.by("nurse", session=session))
    answers = {"steady": "yes", "instructed": "yes", "with-whom": "escort"}
    actions.answer(**day.by("nurse", session=session, answers=answers))
    leaving = day.by("nurse", session=session, to=Left.HOME, companion="her sister")
    with pytest.raises(Refused, match="are left since the dose ended"):
        actions.let_go(**leaving)
    assert day.file(session).session.phase is Phase.RECOVERY


def test_somebody_who_is_given_nothing_leaves_with_a_reason(day: Treatment) -> None:
    session = day.ready()
    told = day.by("nurse", session=session, why="Feels unwell.")
    actions.leave_undosed(**told)
    actions.leave_undosed(**told)
    file = day.file(session)
    assert file.session.phase is Phase.LEFT
    assert day.pharmacy.ward.session("dose-1").state is SessionState.MISSED
    with pytest.raises(Refused, match="The person has left"):
        day.read(session)
    with day.house.acting(day.staff["nurse"]) as act:
        assert open_sessions(act, day.pharmacy.ward.site) == []


def _batch(minutes: float = 0.0, **read: int) -> list[Reading]:
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    told = {"oxygen-saturation": 97, "heart-rate": 70} | {k.replace("_", "-"): v for k, v in read.items()}
    return [Reading(at=at, numbers=numbers(told))]


def test_readings_of_a_device_are_kept_once_and_watched(day: Treatment) -> None:
    session = day.started()
    told = day.by("nurse", session=session, device="monitor 2", readings=_batch())
    assert [readings.record(**told), readings.record(**told)] == [True, False]
    low = day.by("nurse", session=session, device="monitor 2", readings=_batch(oxygen_saturation=88))
    assert readings.record(**low) is True
    file = day.file(session)
    assert [entry.name for _number, entry in file.entries] == ["arrived", "alarm_raised"]
    assert (file.levels[Sign.OXYGEN], file.newest[Channel.OXYGEN].number) == (Level.ACT, Decimal(88))
    readings.record(**day.by("nurse", session=session, device="monitor 2", readings=_batch()))
    assert day.file(session).levels[Sign.OXYGEN] is Level.QUIET
    with day.house.acting():
        assert DeviceBatch.objects.count() == 3


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"readings": _batch(5)}, "outside this session's time"),
        ({"readings": _batch(-60)}, "outside this session's time"),
        ({"readings": _batch() * 601}, "at most 600 readings"),
        ({"readings": _batch(heart_rate=999)}, "cannot be"),
        ({"device": " "}, "Say which device"),
    ],
)
def test_readings_that_cannot_be_are_refused_whole(day: Treatment, other: dict[str, Any], said: str) -> None:
    session = day.started()
    told = day.by("nurse", session=session, device="monitor 2", readings=_batch())
    with pytest.raises(Refused, match=said):
        readings.record(**{**told, **other})
    with day.house.acting():
        assert DeviceBatch.objects.count() == 0


def test_the_database_itself_keeps_a_session_whole(day: Treatment) -> None:
    session = day.started()
    with day.house.acting():
        rows = DosingSession.objects.filter(id=session)
        with pytest.raises(IntegrityError, match="left_when_and_how"), transaction.atomic():
            rows.update(how_left="home")
        entry = SessionEntry.objects.get()
        entry.id = new_id()
        with pytest.raises(IntegrityError, match="session_entry_number"), transaction.atomic():
            entry.save(force_insert=True)


def test_a_timeline_is_a_chain_nobody_can_change_unseen(day: Treatment) -> None:
    session = day.ready()
    with day.house.acting():
        rows = [
            Sealed(row.number, row.previous, row.text, row.digest)
            for row in SessionEntry.objects.filter(session_id=session).order_by("number")
        ]
    assert len(rows) == 10
    assert first_break(rows) is None
