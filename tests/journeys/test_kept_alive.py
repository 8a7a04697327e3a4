"""Ana answers item 9 while the database is away: help stands there first, and her page keeps the answer."""

from __future__ import annotations

import os
from typing import Any

import pytest
from tests.browsing import accessibility_faults, picture
from tests.clinic.measures.conftest import Desk, open_chart
from tests.journeys.hands import choose, press

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
pytestmark = [pytest.mark.browser, pytest.mark.database]

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def desk(clinic: Any) -> Desk:
    """A house with somebody on call, and Ana's chart."""
    house = clinic.organization("Cedar House")
    nurse = house.member("nurse", name="Rosa Marquez")
    director = house.member("medical_director", name="Helen Osei")
    made = Desk(
        house=house, nurse=nurse, coordinator=nurse, therapist=nurse, director=director,
        person=open_chart(house, nurse),
    )  # fmt: skip
    made.put_on_call()
    return made


def test_help_stands_there_before_saving_and_the_page_sends_until_the_answer_is_kept(
    desk, live, chromium, cluster
):
    link = desk.link("phq9")
    asked = desk.asked_behind(link)
    question = f"{live.address}{desk.address(link, f'{asked}/9/')}"
    phone = chromium.new_context(viewport=PHONE, reduced_motion="reduce")
    ana = phone.new_page()
    ana.set_default_timeout(30_000)
    ana.goto(question)
    assert not ana.locator(".help-now").is_visible()
    choose(ana, "Several days")
    number = ana.locator(".help-now").get_by_role("link", name="+15555550123")
    number.wait_for()
    assert ana.locator(".help-now a[href='tel:988']").is_visible()
    assert "911" in ana.locator(".help-now").inner_text()
    assert (desk.values(asked), accessibility_faults(ana)) == ({}, [])
    picture(ana, "kept-alive-chosen", widths=(390,))
    choose(ana, "Not at all")
    assert not number.is_visible()
    choose(ana, "Several days")

    cluster.stop("fast")
    try:
        ana.get_by_role("button", name="Keep this answer").click()
        ana.get_by_text("Your last answer is not saved yet.").wait_for()
        assert number.is_visible()
        picture(ana, "kept-alive-unsaved", widths=(390,))
        assert accessibility_faults(ana) == []
    finally:
        cluster.ensure_started()
        from django.db import connections

        connections.close_all()
    ana.get_by_role("heading", name="Thank you for telling us").wait_for()
    assert desk.values(asked) == {"9": "1"}
    ana.get_by_role("link", name="Go on with the questions").click()
    ana.wait_for_url(lambda url: url != question)
    phone.close()


@pytest.mark.slow
def test_without_any_script_help_stands_there_too(desk, live, chromium):
    link = desk.link("phq9")
    asked = desk.asked_behind(link)
    phone = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    ana = phone.new_page()
    ana.goto(f"{live.address}{desk.address(link, f'{asked}/9/')}")
    choose(ana, "Several days")
    ana.locator(".help-now a[href='tel:988']").wait_for()
    press(ana, "Keep this answer")
    ana.get_by_role("heading", name="Thank you for telling us").wait_for()
    assert desk.values(asked) == {"9": "1"}
    phone.close()
