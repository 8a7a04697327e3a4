"""The plan's pages: made, moved, held and missed through forms; the day board says what waits."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.planned import NEXT_WEEK, TODAY, Ward

from kap.planning.course import SessionState
from kap_clinic.database.identity import new_id
from kap_clinic.plans import actions

pytestmark = pytest.mark.database


def day(name: str, on: date) -> dict[str, int]:
    """The three boxes of a day."""
    return {f"{name}_month": on.month, f"{name}_day": on.day, f"{name}_year": on.year}


def dosed(ward: Ward, hours_ago: float) -> Ward:
    """The first dose began so many hours ago and took two."""
    now = datetime.now(UTC).replace(microsecond=0)
    began = now - timedelta(hours=hours_ago)
    dose = ward.session("dose-1").id
    actions.hold_session(
        **ward.by("nurse", session=dose, began_at=began, ended_at=began + timedelta(hours=2))
    )
    return ward


def test_a_prescriber_makes_a_plan_and_everybody_who_treats_reads_it(cleared: Ward) -> None:
    plan_page, make_page = (reverse(f"plans:{name}", args=[cleared.person]) for name in ("plan", "make"))
    prescriber, therapist = cleared.client("prescriber"), cleared.client("therapist")
    assert "Make the plan" not in therapist.get(plan_page).content.decode()
    asked = prescriber.get(make_page).content.decode()
    assert "Five-day intensive retreat" in asked
    told = {"id": new_id(), "protocol": "intensive-5-day", "site": cleared.site, **day("start_on", NEXT_WEEK)}
    late = prescriber.post(make_page, {**told, **day("start_on", NEXT_WEEK - timedelta(days=9))})
    assert "would lie in the past" in late.content.decode()
    for _twice in range(2):
        assert prescriber.post(make_page, told).url == plan_page
    shown = therapist.get(plan_page).content.decode()
    assert "Five-day intensive retreat" in shown
    assert "Screening signed on" in shown
    assert shown.count('class="entry"') == 18 + 2
    assert therapist.get(make_page).status_code == 403
    assert cleared.client("custodian").get(plan_page).status_code == 403


def test_forms_move_hold_miss_and_stop_a_plan(planned: Ward) -> None:
    nurse, plan_page = planned.client("nurse"), reverse("plans:plan", args=[planned.person])
    dose = planned.session("dose-2")
    move = reverse("plans:move", args=[dose.id])
    told = {"id": new_id(), "because": "A fever.", "at": "08:00", **day("on", dose.planned_on)}
    refused = nurse.post(move, told).content.decode()
    assert "48 h must pass after the start of “First dose”." in refused
    assert nurse.post(move, {**told, "id": new_id(), "at": "10:00"}).url == plan_page
    assert planned.session("dose-2").planned_at.hour == 10
    assert nurse.get(reverse("plans:hold", args=[dose.id])).status_code == 403
    yesterday = TODAY - timedelta(days=1)
    practice = planned.session("practice-1").id
    held = {"id": new_id(), "began": "19:00", "ended": "20:00", **day("on", yesterday)}
    assert nurse.post(reverse("plans:hold", args=[practice]), held).url == plan_page
    missed = reverse("plans:miss", args=[planned.session("rest-1").id])
    assert nurse.post(missed, {"id": new_id(), "because": "Walked instead."}).url == plan_page
    stop = reverse("plans:stop", args=[planned.plan])
    assert nurse.get(stop).status_code == 403
    ending = {"id": new_id(), "because": "Wishes to stop."}
    assert planned.client("prescriber").post(stop, ending).url == plan_page
    shown = nurse.get(plan_page).content.decode()
    assert "There is no plan that goes on." in shown
    for words in ("Moved “Second dose”", "missed: Walked instead.", "Plan stopped", "Wishes to stop."):
        assert words in shown
    assert planned.session("practice-1").state is SessionState.HELD


@pytest.mark.parametrize(
    ("hours_ago", "said"),
    [
        (20.0, "integration window closes in 3 h 59 min"),
        (2.5, "integration window closes in 21 h 29 min"),
        (25.0, "integration window closed"),
    ],
)
def test_a_window_that_closes_is_counted_down_on_the_day_board(
    planned: Ward, hours_ago: float, said: str
) -> None:
    board = planned.client("therapist")
    assert "integration window clos" not in board.get("/").content.decode()
    dosed(planned, hours_ago)
    shown = board.get("/").content.decode()
    assert said in shown
    actions.miss_session(
        **planned.by("therapist", session=planned.session("integration-1").id, because="Went home early.")
    )
    assert "integration window clos" not in board.get("/").content.decode()


def test_a_session_nobody_recorded_waits_on_the_board_of_its_place(planned: Ward) -> None:
    from kap_clinic.plans.models import PlannedSession

    with planned.house.acting():
        past = datetime.now(UTC) - timedelta(hours=1)
        rows = PlannedSession.objects.filter(plan=planned.plan, session="preparation-1")
        rows.update(begins_at=past - timedelta(hours=1), ends_at=past)
    shown = planned.client("coordinator").get("/").content.decode()
    assert "“Arrival and preparation” should have ended 1 h 0 min ago and is not recorded" in shown
    assert 'data-kind="preparation"' in shown
    assert "Open the plan" not in shown


def test_the_day_board_asks_no_more_for_three_plans_than_for_one(planned: Ward, queries_of: Any) -> None:
    dosed(planned, 20.0)
    client = planned.client("nurse")
    client.get("/")
    one = queries_of(client, "/")
    for _more in range(2):
        dosed(planned.beside().with_plan(), 20.0)
    assert queries_of(client, "/") == one
    assert client.get("/").content.decode().count("integration window closes") == 3


def test_the_chart_counts_the_window_down_for_whoever_may_read_plans(planned: Ward) -> None:
    dosed(planned, 20.0)
    chart = reverse("people:chart", args=[planned.person])
    assert (
        "integration window closes in 3 h 59 min" in planned.client("therapist").get(chart).content.decode()
    )
    assert "integration window" not in planned.client("coordinator").get(chart).content.decode()
