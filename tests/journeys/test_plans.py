"""Ana's plan is made, moved when her blood pressure is high, and her integration is held in its window.

Priya makes the plan from the five-day protocol, Rosa puts the first dose off by an hour, the dose is held,
Jonah sees the window close on the day board and signs his note, and the outcome stands beside the doses.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.browsing import accessibility_faults, picture, sign_in_browser
from tests.journeys.hands import choose, press
from tests.planned import NEXT_WEEK, ZONE, Ward, ward

from kap.vocabulary.zones import zone

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# The whole journey walks a plan too, in the ordinary run.
pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.slow]
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def cleared(clinic: Any) -> Ward:
    """Ana's screening is signed."""
    made = ward(clinic)
    made.sign_screening()
    return made


@pytest.fixture
def at_desk(cleared: Ward, chromium: Any, live: Any) -> Iterator[Any]:
    """Seats somebody of a role before a browser of their own."""
    contexts = []

    def seat(role: str) -> Any:
        contexts.append(chromium.new_context(base_url=live.address, reduced_motion="reduce", locale="en-US"))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        sign_in_browser(page, cleared.house, cleared.staff[role])
        return page

    yield seat
    for context in contexts:
        context.close()


def look(page: Any, name: str) -> None:
    """Take pictures on a phone and on a desk, and find nothing wrong with the page on either."""
    picture(page, f"plan-{name}")
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        assert accessibility_faults(page) == []


def write_day(page: Any, on: Any) -> None:
    """Write a day into its three boxes."""
    for label, value in (("Month", on.month), ("Day", on.day), ("Year", on.year)):
        page.get_by_label(label, exact=True).fill(str(value))


def test_a_plan_is_made_moved_and_kept(cleared: Ward, at_desk: Any) -> None:
    plan = f"/plans/of/{cleared.person}/"
    priya = at_desk("prescriber")
    priya.goto(f"/people/{cleared.person}/")
    priya.get_by_role("link", name="The plan").click()
    priya.get_by_role("link", name="Make the plan").click()
    choose(priya, "Five-day intensive retreat")
    write_day(priya, NEXT_WEEK)
    look(priya, "make")
    press(priya, "Make the plan")
    look(priya, "plan")
    priya.get_by_role("link", name="Read the protocol").click()
    look(priya, "protocol")

    rosa = at_desk("nurse")
    rosa.goto(plan)
    rosa.get_by_role("link", name="Move “First dose”").click()
    rosa.get_by_label("Begins at").fill("08:00")
    rosa.get_by_label("Why").fill("Blood pressure 164/96, measured twice.")
    rosa.get_by_label("Day", exact=True).fill("1")
    press(rosa, "Move “First dose”")
    assert rosa.locator("text=Choose").count()
    look(rosa, "refused")
    write_day(rosa, NEXT_WEEK + timedelta(days=1))
    rosa.get_by_label("Begins at").fill("10:00")
    press(rosa, "Move “First dose”")
    assert "48 h must pass after the start of “First dose”" in rosa.content()

    jonah = held_dose_and_note(cleared, at_desk)
    jonah.goto(f"/outcomes/of/{cleared.person}/")
    look(jonah, "outcome")
    jonah.goto(plan)
    look(jonah, "kept")


def held_dose_and_note(cleared: Ward, at_desk: Any) -> Any:
    """The first dose was held twenty hours ago; Jonah writes the note of what followed."""
    from kap_clinic.plans.actions import hold_session

    began = NOW - timedelta(hours=20)
    cleared.scored(20, NOW - timedelta(days=3))
    dose = cleared.session("dose-1").id
    hold_session(**cleared.by("nurse", session=dose, began_at=began, ended_at=began + timedelta(hours=2)))
    cleared.scored(9, NOW - timedelta(hours=1))
    jonah = at_desk("therapist")
    jonah.goto("/")
    assert "integration window closes in" in jonah.content()
    look(jonah, "board")
    jonah.get_by_role("link", name="Open the plan").first.click()
    jonah.get_by_role("link", name="Write the note").first.click()
    ended = (NOW - timedelta(minutes=5)).astimezone(zone(ZONE))
    write_day(jonah, ended.date())
    jonah.get_by_label("Began at").fill((ended - timedelta(minutes=60)).strftime("%H:%M"))
    jonah.get_by_label("Ended at").fill(ended.strftime("%H:%M"))
    choose(jonah, "EMDR")
    jonah.get_by_label("Disturbance (SUDS) before").fill("7")
    jonah.get_by_label("Disturbance (SUDS) after").fill("2")
    jonah.get_by_label("Plan", exact=True).fill("The same target before the second dose.")
    choose(jonah, "asked about, none heard")
    look(jonah, "write")
    press(jonah, "Sign the note")
    assert "Disturbance (SUDS): 7 before, 2 after." in jonah.content()
    look(jonah, "notes")
    return jonah
