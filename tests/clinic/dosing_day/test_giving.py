"""A dose given: medication record, safe, timeline, plan and audit in one transaction, exactly once."""

from __future__ import annotations

from typing import Any

import pytest
from tests.in_room import Treatment

from kap.monitoring.session import Phase
from kap.planning.course import SessionState
from kap.vocabulary.errors import Refused
from kap.vocabulary.quantities import Mass
from kap_clinic.database.identity import new_id
from kap_clinic.dosing_day import actions, giving
from kap_clinic.dosing_day.models import Administration, SessionEntry
from kap_clinic.pharmacy import queries as pharmacy

pytestmark = pytest.mark.database


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


@pytest.mark.parametrize(
    ("begin", "other", "said"),
    [
        ("ready", {}, "The time-out comes before the dose"),
        ("timed_out", {"syringe": new_id()}, "drawn for another order"),
        ("timed_out", {"second": "alone"}, "another person than the first"),
        ("timed_out", {"second": "wrong"}, "PIN did not match"),
        ("timed_out", {"by": "therapist"}, "You may not"),
        ("dosed", {}, "This order has been given|Nothing is left|given"),
    ],
)
def test_what_is_refused_is_written_nowhere(
    day: Treatment, begin: str, other: dict[str, Any], said: str
) -> None:
    session = getattr(day, begin)()
    before = written(day, session)
    others = {
        "alone": day.pharmacy.sent(member=day.staff["nurse"].id),
        "wrong": day.pharmacy.sent(pin="000000"),
        "therapist": day.staff["therapist"],
    }
    changed = {name: others.get(value, value) for name, value in other.items()}
    with pytest.raises(Refused, match=said):
        giving.give(**{**day.giving(session), **changed})
    assert written(day, session) == before


def test_nothing_is_timed_out_while_something_is_unknown(day: Treatment) -> None:
    session = day.started()
    with pytest.raises(Refused, match=r"Nobody has asked|There is no whole blood pressure"):
        giving.time_out(**day.by("nurse", session=session, second=day.second))
    assert day.file(session).session.phase is Phase.ARRIVED


def test_a_stopped_dose_says_what_went_in_and_who_stopped_it(day: Treatment) -> None:
    session = day.dosed()
    [dose] = day.file(session).session.doses
    told = day.by("nurse", session=session, dose=dose.id, amount_in=Mass.mg("17.5"), why="Distress.")
    actions.stop_dose(**told)
    actions.stop_dose(**told)
    [stopped] = day.file(session).session.doses
    assert (stopped.amount_in, stopped.why_stopped) == (Mass.mg("17.5"), "Distress.")
    with pytest.raises(Refused, match="no such dose running"):
        actions.end_dose(**day.by("nurse", session=session, dose=dose.id))
