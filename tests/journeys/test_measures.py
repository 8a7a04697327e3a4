"""Ana answers on her phone, stops, goes on on a tablet and sends; Rosa reads the score and the course."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.browsing import accessibility_faults, picture, sign_in_browser

from kap_clinic.database.identity import new_id

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database]

NOW = datetime.now(UTC)


def looked_at(page: Any, name: str) -> None:
    """Take pictures of a page, on a phone and on a desk, and find nothing wrong with it."""
    held = page.viewport_size
    picture(page, f"measures-{name}")
    assert accessibility_faults(page) == []
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.set_viewport_size(held)


@pytest.fixture
def house(clinic: Any) -> Any:
    """A house with a chart."""
    return clinic.organization("Cedar House")


@pytest.fixture
def ana(house: Any) -> Any:
    """Ana, who was scored before her two doses and between them, and missed a form once."""
    from kap_clinic.measures import actions, following
    from kap_clinic.measures.asking import Timing, ask
    from kap_clinic.measures.closing import close_what_is_over
    from kap_clinic.on_call.actions import put_on_call
    from kap_clinic.people.actions import open_chart

    nurse, person = house.member("nurse", name="Rosa Marquez"), new_id()
    told = {"organization": house.id, "by": nurse}
    open_chart(**told, id=person, name="Ana Keller", birth="1984-03-27", stage="dosing")
    director = house.member("medical_director", name="Helen Osei")
    put_on_call(
        organization=house.id, by=director, id=new_id(), member=director.id, place="on-call",
        starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(days=1), phone="+15555550123",
        gives_number=True,
    )  # fmt: skip
    for days, answer in ((34, "3"), (20, "2")):
        asked = new_id()
        ask(**told, id=asked, person=person, instrument="gad7", filled_by="staff")
        answers = {str(number): answer for number in range(1, 8)}
        actions.enter(**told, id=new_id(), asked=asked, answers=answers, given_at=NOW - timedelta(days=days))
    past = Timing(
        opens_at=NOW - timedelta(days=14),
        due_at=NOW - timedelta(days=12),
        expires_at=NOW - timedelta(days=11),
    )
    ask(**told, id=new_id(), person=person, instrument="gad7", filled_by="staff", timing=past)
    close_what_is_over(house.id, NOW)
    for days in (29, 22):
        following.note_dose(
            **told, id=new_id(), person=person, happens_at=NOW - timedelta(days=days), time_zone="UTC"
        )
    return person, nurse


def test_ana_answers_on_her_phone_and_rosa_reads_the_course(house, ana, browser_page, chromium, live):
    person, nurse = ana
    page = browser_page
    page.set_default_timeout(15_000)
    sign_in_browser(page, house, nurse)
    page.goto(f"/measures/{person}/ask/")
    looked_at(page, "ask")
    page.locator("label", has_text="Generalized Anxiety Disorder-7").click()
    page.locator("label", has_text="Patient Health Questionnaire-9").click()
    page.locator("label", has_text="By link").click()
    page.get_by_role("button", name="Ask these forms").click()
    address = page.locator(".link-address a").get_attribute("href").split("/forms/")[1]
    looked_at(page, "link")

    told = {"base_url": live.address, "viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}
    phone = chromium.new_context(**told, java_script_enabled=False)
    on_phone = phone.new_page()
    on_phone.goto(f"/forms/{address}")
    on_phone.get_by_role("link", name="Begin").click()
    for _question in range(3):
        on_phone.locator("label", has_text="Several days").click()
        on_phone.get_by_role("button", name="Keep this answer").click()
    on_phone.get_by_text("Question 4 of 17, about 5 min left").wait_for()
    phone.close()

    tablet = chromium.new_context(**told)
    on_tablet = tablet.new_page()
    on_tablet.set_default_timeout(15_000)
    on_tablet.goto(f"/forms/{address}")
    looked_at(on_tablet, "begin")
    on_tablet.get_by_role("link", name="Go on").click()
    on_tablet.get_by_text("Question 4 of 17").wait_for()
    looked_at(on_tablet, "question")
    for number in range(4, 18):
        is_item_9 = number == 16
        words = "Several days" if is_item_9 else "Not difficult" if number == 17 else "Not at all"
        on_tablet.get_by_text(f"Question {number} of 17").wait_for()
        on_tablet.locator("label", has_text=words).click()
        on_tablet.get_by_role("button", name="Keep this answer").click()
        if is_item_9:
            on_tablet.get_by_role("heading", name="Thank you for telling us").wait_for()
            on_tablet.get_by_text("press 1").wait_for()
            on_tablet.get_by_text("+15555550123").wait_for()
            looked_at(on_tablet, "help")
            on_tablet.get_by_role("link", name="Go on with the questions").click()
    on_tablet.get_by_role("heading", name="Your answers").wait_for()
    looked_at(on_tablet, "answers")
    on_tablet.get_by_role("button", name="Send my answers").click()
    on_tablet.get_by_role("heading", name="Thank you").wait_for()
    on_tablet.goto(f"/forms/{address}")
    on_tablet.get_by_role("heading", name="This link is closed").wait_for()
    tablet.close()

    page.goto(f"/measures/{person}/")
    page.get_by_text("3 · minimal").first.wait_for()
    page.get_by_text("question 9: ask about suicide at this contact").wait_for()
    page.get_by_text("Columbia-Suicide Severity Rating Scale").first.wait_for()
    looked_at(page, "person")
    page.get_by_role("link", name="Generalized Anxiety Disorder-7").first.click()
    page.get_by_text("From 21 on").wait_for()
    looked_at(page, "course")
    page.get_by_role("rowheader").get_by_role("link").last.click()
    page.get_by_role("heading", name="Answers").wait_for()
    looked_at(page, "form")


@pytest.mark.slow
def test_every_page_of_forms_is_sound_on_a_phone_and_on_a_desk(house, ana, browser_page):
    from kap_clinic.measures import following
    from kap_clinic.measures.asking import ask

    person, nurse = ana
    told = {"organization": house.id, "by": nurse, "person": person}
    rated, listed = new_id(), new_id()
    ask(**told, id=rated, instrument="cssrs-screener", filled_by="rater")
    ask(**told, id=listed, instrument="pcl5", filled_by="staff")
    following.follow(
        **told, id=new_id(), schedule_id="usual", starts_on=NOW.date(), time_zone="America/Denver"
    )
    sign_in_browser(browser_page, house, nurse)
    for name, address in (
        ("waiting", "/measures/"),
        ("library", "/measures/library/"),
        ("instrument", "/measures/library/phq9/"),
        ("person-followed", f"/measures/{person}/"),
        ("rate", f"/measures/{person}/forms/{rated}/enter/"),
        ("enter", f"/measures/{person}/forms/{listed}/enter/"),
        ("paper", f"/measures/{person}/forms/{listed}/paper/"),
        ("follow", f"/measures/{person}/schedule/"),
        ("board", "/"),
    ):
        browser_page.goto(address)
        looked_at(browser_page, name)
