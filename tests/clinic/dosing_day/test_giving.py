"""A dose given: medication record, safe, timeline, plan and audit in one transaction, exactly once."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from tests.in_room import Treatment

from kap.monitoring.session import Phase
from kap.planning.course import SessionState
from kap.vocabulary.errors import Refused
from kap.vocabulary.quantities import Mass
from kap_clinic.audit.chained import check_chains
from kap_clinic.database.identity import new_id
from kap_clinic.dosing_day import actions, giving
from kap_clinic.dosing_day.models import Administration, SessionEntry
from kap_clinic.pharmacy import actions as safe
from kap_clinic.pharmacy import queries as pharmacy

pytestmark = pytest.mark.database


TAMPERED = {
    "UPDATE dosing_day_sessionentry SET text = replace(text, 'Distress', 'Wish')": "sessions changed",
    "DELETE FROM dosing_day_sessionentry WHERE number = 2": "sessions removed",
    "DELETE FROM dosing_day_sessionentry WHERE number > 12": "sessions lost",
    "UPDATE dosing_day_administration SET amount_mg = 53": "sessions shown otherwise",
    "DELETE FROM dosing_day_administration": "sessions shown otherwise",
}


def written(day: Treatment, session: Any) -> tuple[int, int, Mass]:
    """How many doses the record and the timeline hold, and how much the safe says was given."""
    with day.house.acting(day.staff["nurse"]) as act:
        entries = SessionEntry.objects.filter(session_id=session, text__contains='"dose_given@1"').count()
        return Administration.objects.count(), entries, pharmacy.given_in(act, day.planned)


def test_a_dose_is_written_everywhere_once_however_often_it_is_sent(day: Treatment) -> None:
    session = day.timed_out()
    told = day.giving(session)
    assert [giving.give(**told), giving.give(**told)] == [Mass.mg(35), Mass.mg(35)]
    assert written(day, session) == (1, 1, Mass.mg(35))
    [dose] = day.file(session).session.doses
    assert (dose.id, str(dose.given.amount), dose.people) == (
        told["id"],
        "35 mg",
        (str(day.staff["nurse"].id), str(day.pharmacy.second.id)),
    )
    assert day.pharmacy.ward.session("dose-1").state is SessionState.UNDER_WAY
    trail = [action for action, outcome, _ in day.house.trail() if outcome == "done"]
    assert trail[-2:] == ["dosing_day.give", "dosing_day.give"]
    with day.house.acting():
        row = Administration.objects.get()
        assert (row.amount_mg, row.over_minutes, row.route, row.given_at) == (35, 40, "iv", dose.began_at.at)


def test_what_is_refused_is_written_nowhere_and_a_stopped_dose_adds_up(day: Treatment, clinic: Any) -> None:
    session = day.started()
    with pytest.raises(Refused, match=r"Nobody has asked|There is no whole blood pressure"):
        giving.time_out(**day.by("nurse", session=session, second=day.second))
    day.answer_all(session)
    day.read(session)
    with pytest.raises(Refused, match="The time-out comes before the dose"):
        giving.give(**day.giving(session))
    assert day.file(session).session.phase is Phase.ARRIVED
    giving.time_out(**day.by("nurse", session=session, second=day.second))
    told = day.giving(session)
    for other, said in (
        ({"syringe": new_id()}, "drawn for another order"),
        ({"second": day.pharmacy.sent(member=day.staff["nurse"].id)}, "another person than the first"),
        ({"second": day.pharmacy.sent(pin="000000")}, "PIN did not match"),
        ({"by": day.staff["therapist"]}, "You may not"),
    ):
        with pytest.raises(Refused, match=said):
            giving.give(**{**told, **other})
    assert written(day, session) == (0, 0, Mass.mg(0))
    giving.give(**told)
    with pytest.raises(Refused):
        giving.give(**day.giving(session))
    assert written(day, session) == (1, 1, Mass.mg(35))
    [dose] = day.file(session).session.doses
    stop = day.by("nurse", session=session, dose=dose.id, amount_in=Mass.mg("17.5"), why="Distress.")
    for wrong, said in ((Mass.mg("35.1"), "More than the dose"), (Mass.mg("0.0001"), "syringe can show")):
        with pytest.raises(Refused, match=said):
            giving.stop_dose(**{**stop, "amount_in": wrong})
    giving.stop_dose(**stop)
    giving.stop_dose(**stop)
    [stopped] = day.file(session).session.doses
    assert (stopped.amount_in, stopped.why_stopped) == (Mass.mg("17.5"), "Distress.")
    # What had not run in is in the syringe again, is wasted before a witness, and everything adds up.
    assert written(day, session) == (1, 1, Mass.mg("17.5"))
    safe.waste(**day.by("nurse", syringe=day.syringe, second=day.second))
    address = clinic.cluster.superuser_address(clinic.database)
    with psycopg.connect(**address.conninfo()) as server:

        def problems() -> list[str]:
            told = check_chains(lambda sql, said: server.execute(sql, said).fetchall(), day.house.id)
            return [one.kind for one in told[1]]

        assert problems() == []
        for statement, kind in TAMPERED.items():
            server.execute("SET LOCAL session_replication_role = replica")
            server.execute(statement)
            assert problems()[0] == kind, statement
            server.rollback()
    with pytest.raises(Refused, match="no such dose running"):
        actions.end_dose(**day.by("nurse", session=session, dose=dose.id))
