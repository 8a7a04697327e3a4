"""Plans: made from a protocol once a screening is signed, moved with reasons, held, missed and stopped."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from tests.planned import NEXT_WEEK, ZONE, Ward, ward

from kap.planning.course import SessionState
from kap.vocabulary.errors import Refused
from kap.vocabulary.planned import PlannedTime
from kap_clinic.database.identity import new_id
from kap_clinic.plans import actions, queries

pytestmark = pytest.mark.database


def at(day: int, hour: int) -> PlannedTime:
    """An hour of a day of the plan."""
    return PlannedTime(NEXT_WEEK + timedelta(days=day - 1), time(hour), ZONE)


def test_a_plan_is_made_once_with_every_session_and_the_screening_met(planned: Ward) -> None:
    told = planned.by(
        "prescriber", person=planned.person, protocol="intensive-5-day", start_on=NEXT_WEEK, site=planned.site
    )
    assert actions.make_plan(**{**told, "id": planned.plan}) is False
    with planned.house.acting(planned.staff["nurse"]) as act:
        found = queries.plan_of(act, planned.person)
    assert found is not None
    assert [line.day for line in found.sessions if line.kind.value == "dose"] == [2, 4]
    assert (len(found.sessions), found.facts.time_zone, found.facts.made_by) == (18, ZONE, "Priya Natarajan")
    assert planned.session("screening").state is SessionState.MET
    assert planned.session("dose-1").planned_at == time(9)
    assert ("plans.make_plan", "done", planned.staff["prescriber"].id) in planned.house.trail()


@pytest.mark.parametrize(
    ("role", "other", "said"),
    [
        ("nurse", {}, "You may not"),
        ("prescriber", {"protocol": "homemade"}, "no such protocol"),
        ("prescriber", {"site": new_id()}, "that is open"),
        ("prescriber", {"start_on": NEXT_WEEK - timedelta(days=8)}, "in the past"),
    ],
)
def test_a_plan_is_not_made(cleared: Ward, role: str, other: dict[str, Any], said: str) -> None:
    told = {"person": cleared.person, "protocol": "intensive-5-day", "start_on": NEXT_WEEK}
    with pytest.raises(Refused, match=said):
        actions.make_plan(**cleared.by(role, **{**told, "site": cleared.site, **other}))


def test_nobody_is_planned_without_a_signature_or_twice(clinic: Any) -> None:
    made = ward(clinic)
    with pytest.raises(Refused, match="No screening is signed"):
        made.with_plan()
    made.sign_screening("decline")
    with pytest.raises(Refused, match="No screening is signed"):
        made.with_plan()
    made.sign_screening()
    made.with_plan()
    with pytest.raises(Refused, match="has a plan that goes on"):
        made.with_plan()


def test_a_moved_dose_takes_its_integration_along_and_keeps_its_history(planned: Ward) -> None:
    before = planned.session("integration-1")
    told = planned.by(
        "nurse", session=planned.session("dose-1").id, to=at(3, 9), because="Blood pressure too high."
    )
    actions.move_session(**told)
    actions.move_session(**told)
    moved = planned.session("integration-1")
    assert moved.time.opens_at.since(before.time.opens_at).in_unit("h") in (23, 24, 25)
    assert (planned.session("dose-2").day, planned.session("discharge").day) == (5, 6)
    with planned.house.acting(planned.staff["nurse"]) as act:
        found = queries.plan_of(act, planned.person)
    assert found is not None
    assert [entry.name for entry in found.entries] == ["plan_made", "session_met", "session_moved"]
    with pytest.raises(Refused, match="48 h must pass"):
        actions.move_session(
            **{**told, "id": new_id(), "session": planned.session("dose-2").id, "to": at(4, 9)}
        )
    with pytest.raises(Refused, match="other content"):
        actions.move_session(**{**told, "because": "Something else."})


def test_only_who_may_moves_holds_and_stops(planned: Ward) -> None:
    session = planned.session("dose-1").id
    now = datetime.now(UTC)
    with pytest.raises(Refused, match="You may not"):
        actions.move_session(**planned.by("coordinator", session=session, to=at(2, 10), because="Late."))
    with pytest.raises(Refused, match="You may not"):
        actions.begin_session(**planned.by("custodian", session=session, at=now))
    with pytest.raises(Refused, match="You may not"):
        actions.stop_plan(**planned.by("therapist", plan=planned.plan, because="Enough."))
    assert planned.session("dose-1").state is SessionState.PLANNED


def test_a_session_is_held_once_and_what_follows_counts_from_it(planned: Ward) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    began, ended = now - timedelta(hours=3), now - timedelta(hours=1)
    held = planned.by("nurse", session=planned.session("dose-1").id, began_at=began, ended_at=ended)
    actions.hold_session(**held)
    actions.hold_session(**held)
    dose, integration = planned.session("dose-1"), planned.session("integration-1")
    assert (dose.state, dose.began_at, dose.ended_at) == (SessionState.HELD, began, ended)
    assert integration.window.closes_at.at == began + timedelta(hours=24)
    assert integration.window.opens_at.at == ended
    for other in ({"began_at": ended}, {"began_at": began - timedelta(minutes=5)}):
        with pytest.raises(Refused):
            actions.hold_session(**{**held, **other})
    with pytest.raises(Refused, match="has not happened yet"):
        later = planned.by("nurse", session=integration.id, at=now + timedelta(hours=1))
        actions.begin_session(**later)


def test_a_session_that_is_missed_says_why_and_a_stopped_plan_makes_room(planned: Ward) -> None:
    session = planned.session("practice-1").id
    actions.miss_session(**planned.by("therapist", session=session, because="Asleep."))
    assert planned.session("practice-1").state is SessionState.MISSED
    with pytest.raises(Refused, match="Say why"):
        actions.stop_plan(**planned.by("prescriber", plan=planned.plan, because=" "))
    told = planned.by("prescriber", plan=planned.plan, because="Wishes to stop.")
    actions.stop_plan(**told)
    actions.stop_plan(**told)
    assert planned.session("dose-1").state is SessionState.STOPPED
    assert planned.with_plan().plan != planned.plan
