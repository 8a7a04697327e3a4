"""A session from arrival to leaving, as the clinic keeps it: once, in order, by those who may."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.in_room import CALM, Treatment, numbers

from kap.histories.chain import SealedRow, first_break
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


def test_a_session_is_begun_once_and_what_is_charted_is_charted_once(day: Treatment) -> None:
    told = day.by("nurse", planned_session=day.planned)
    assert [actions.start(**told), actions.start(**told)] == [True, False]
    session = told["id"]
    for who, planned, said in (
        ("nurse", day.planned, "has begun already"),
        ("nurse", day.pharmacy.ward.session("rest-1").id, "Only a session with a dose"),
        ("custodian", day.planned, "You may not"),
    ):
        with pytest.raises(Refused, match=said):
            actions.start(**day.by(who, planned_session=planned))
    reading = day.by("nurse", session=session, numbers=numbers(CALM | {"systolic": 205}))
    actions.take_vitals(**reading)
    actions.take_vitals(**reading)
    file = day.file(session)
    assert [entry.name for _number, entry in file.entries] == ["arrived", "vitals_taken", "alarm_raised"]
    assert (file.levels[Sign.PRESSURE], file.session.open_alarms[0].reason) == (
        Level.ACT,
        "Blood pressure 205/78 mmHg.",
    )
    ahead = datetime.now(UTC) + timedelta(minutes=5)
    for other, said in (
        ({**reading, "numbers": numbers(CALM)}, "other content"),
        (day.by("nurse", session=session, numbers=numbers(CALM | {"heart-rate": 160})), "is unusual"),
        (day.by("nurse", session=session, numbers=numbers(CALM | {"heart-rate": 0})), "cannot be"),
        (day.by("nurse", session=session, numbers=numbers(CALM), at=ahead), "not happened yet"),
        (day.by("custodian", session=session, numbers=numbers(CALM)), "You may not"),
        (day.by("nurse", session=new_id(), numbers=numbers(CALM)), "no dosing session"),
    ):
        with pytest.raises(Refused, match=said):
            actions.take_vitals(**other)
    with pytest.raises(InputError, match="at least one number"):
        actions.take_vitals(**day.by("nurse", session=session, numbers={}))
    assert len(day.file(session).entries) == 3


def test_alarms_are_taken_events_noted_and_mistakes_struck(day: Treatment) -> None:
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
    noted = day.by("nurse", session=session, what="nausea")
    actions.note_event(**noted)
    actions.hold_dose(**day.by("nurse", session=session, why="Nausea first."))
    actions.strike(**day.by("nurse", session=session, entry=noted["id"], why="Another room."))
    file = day.file(session)
    assert [event.what for event in file.session.events] == ["dose_held"]
    assert [entry.name for _number, entry in file.entries][-3:] == ["event_noted", "dose_held", "struck"]
    with pytest.raises(Refused, match="not on the list"):
        actions.note_event(**day.by("nurse", session=session, what="sneezing"))
    with pytest.raises(InputError, match="not on the checklist"):
        actions.answer(**day.by("nurse", session=session, answers={"shoe-size": "42"}))


def test_nobody_leaves_early_and_who_is_given_nothing_leaves_with_a_reason(day: Treatment) -> None:
    session = day.ready()
    told = day.by("nurse", session=session, why="Feels unwell.")
    with pytest.raises(Refused, match="Nothing was given yet"):
        actions.let_go(**day.by("nurse", session=session, to=Left.HOME, companion="her sister"))
    with pytest.raises(Refused, match="You may not"):
        actions.leave_undosed(**{**told, "by": day.staff["therapist"]})
    with day.house.acting(day.staff["nurse"]) as act:
        assert [line.id for line in open_sessions(act, day.pharmacy.ward.site)] == [session]
    actions.leave_undosed(**told)
    actions.leave_undosed(**told)
    assert day.file(session).session.phase is Phase.LEFT
    assert day.pharmacy.ward.session("dose-1").state is SessionState.MISSED
    with pytest.raises(Refused, match="The person has left"):
        day.read(session)
    with day.house.acting(day.staff["nurse"]) as act:
        assert open_sessions(act, day.pharmacy.ward.site) == []


def _batch(minutes: float = 0.0, **read: int) -> list[Reading]:
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    told = {"oxygen-saturation": 97, "heart-rate": 70} | {k.replace("_", "-"): v for k, v in read.items()}
    return [Reading(at=at, numbers=numbers(told))]


def test_readings_of_a_device_are_kept_once_watched_and_refused_whole(day: Treatment) -> None:
    session = day.started()

    def told(**other: Any) -> dict[str, Any]:
        return day.by("nurse", session=session, **{"device": "monitor 2", "readings": _batch(), **other})

    first = told()
    assert [readings.record(**first), readings.record(**first)] == [True, False]
    assert readings.record(**told(readings=_batch(oxygen_saturation=88))) is True
    file = day.file(session)
    assert [entry.name for _number, entry in file.entries] == ["arrived", "alarm_raised"]
    assert (file.levels[Sign.OXYGEN], file.newest[Channel.OXYGEN].number) == (Level.ACT, Decimal(88))
    readings.record(**told())
    assert day.file(session).levels[Sign.OXYGEN] is Level.QUIET
    for other, said in (
        ({"readings": _batch(5)}, "outside this session's time"),
        ({"readings": _batch(-60)}, "outside this session's time"),
        ({"readings": _batch() * 601}, "at most 600 readings"),
        ({"readings": _batch(heart_rate=999)}, "cannot be"),
        ({"device": " "}, "Say which device"),
        ({"by": day.staff["custodian"]}, "You may not"),
    ):
        with pytest.raises(Refused, match=said):
            readings.record(**{**told(), **other})
    with pytest.raises(InputError, match="at least one reading"):
        readings.record(**told(readings=[]))
    with day.house.acting():
        assert DeviceBatch.objects.count() == 3


def test_the_database_itself_keeps_a_session_whole_and_its_timeline_chained(day: Treatment) -> None:
    session = day.ready()
    with day.house.acting():
        rows = DosingSession.objects.filter(id=session)
        with pytest.raises(IntegrityError, match="left_when_and_how"), transaction.atomic():
            rows.update(how_left="home")
        entries = list(SessionEntry.objects.filter(session_id=session).order_by("number"))
        sealed = [SealedRow(one.number, one.previous, one.text, one.digest) for one in entries]
        entries[0].id = new_id()
        with pytest.raises(IntegrityError, match="session_entry_number"), transaction.atomic():
            entries[0].save(force_insert=True)
    assert len(sealed) == 10
    assert first_break(sealed) is None
