"""Ana is screened: she tells her history in Spanish on a phone, staff fill, clear, override; Priya signs."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.browsing import accessibility_faults, picture, sign_in_browser

from kap_clinic.database.identity import new_id

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database]

SOON = datetime.now(UTC).date() + timedelta(days=30)
ANSWERED_YES = {"escort"}


@pytest.fixture
def house(clinic: Any) -> Any:
    """A house whose client Ana had an aneurysm coiled and has raised liver enzymes and blood pressure."""
    return clinic.organization("Cedar House")


@pytest.fixture
def ana(house: Any) -> Any:
    """Ana's chart."""
    from kap.vocabulary.codes import UcumUnit
    from kap.vocabulary.facts import Course, Fact
    from kap_clinic.people.actions import add_facts, open_chart

    nurse, person = house.member("nurse"), new_id()
    told = {"organization": house.id, "by": nurse}
    open_chart(**told, id=person, name="Ana Keller", birth="1984-03-27", stage="screening")
    today = datetime.now(UTC).date()
    labs = {"value": Decimal(22), "unit": UcumUnit("U/L"), "when": today, "upper_limit": Decimal(40)}
    add_facts(
        **told,
        person=person,
        facts=[
            Fact(
                what="aneurysm", value="cerebral aneurysm, coiled", course=Course.PAST,
                when=date(2019, 5, 2), came_from="Condition/c1#code",
            ),
            *(Fact(what=what, came_from="Observation/o2#value", **labs) for what in ("lab:alt", "lab:ast")),
        ],
    )  # fmt: skip
    return person


def enter_day(page: Any, day: date) -> None:
    """Write a day into the three boxes of the only day asked for."""
    for label, value in (("Month", day.month), ("Day", day.day), ("Year", day.year)):
        page.get_by_label(label, exact=True).fill(str(value))


def looked_at(page: Any, name: str) -> None:
    """Take pictures of a page, and find nothing wrong with it."""
    picture(page, f"screening-{name}")
    assert accessibility_faults(page) == []
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def answer_on_the_phone(page: Any) -> None:
    """Answer every question in Spanish, the aneurysm with yes, and send it."""
    page.get_by_role("heading", name="Su historia de salud").wait_for()
    looked_at(page, "client-begin")
    page.get_by_role("link", name="Empezar").click()
    looked_at(page, "client-question")
    while page.get_by_role("button", name="Guardar esta respuesta").count():
        question = page.url.rstrip("/").rsplit("/", 1)[1]
        says_yes = question in ANSWERED_YES or question == "aneurysm-or-avm"
        page.locator("label", has_text="Sí" if says_yes else "No").last.click()
        with page.expect_navigation():
            page.get_by_role("button", name="Guardar esta respuesta").click()
    page.get_by_role("heading", name="Sus respuestas").wait_for()
    looked_at(page, "client-answers")
    page.get_by_role("button", name="Enviar mis respuestas").click()
    page.get_by_role("heading", name="Gracias").wait_for()


def test_ana_is_screened_from_her_own_words_to_a_signature(house, ana, browser_page, chromium, live):
    page = browser_page
    page.set_default_timeout(10_000)
    workbench = f"/screening/{ana}/"

    sign_in_browser(page, house, house.member("coordinator", name="Grace Lindqvist"))
    page.goto(f"/screening/{ana}/history/link/")
    page.locator("label", has_text="Español").click()
    page.get_by_role("button", name="Make the link").click()
    looked_at(page, "link")
    address = page.locator(".link-address a").get_attribute("href").split("/history/")[1]
    phone = chromium.new_context(
        base_url=live.address, locale="es-MX", viewport={"width": 390, "height": 844}, reduced_motion="reduce"
    )
    on_phone = phone.new_page()
    on_phone.goto(f"/history/{address}")
    answer_on_the_phone(on_phone)
    on_phone.goto(f"/history/{address}")
    on_phone.get_by_role("heading", name="Este enlace está cerrado").wait_for()
    phone.close()

    sign_in_browser(page, house, house.member("nurse", name="Rosa Marquez"))
    page.goto(workbench)
    looked_at(page, "workbench-first")
    page.get_by_role("link", name="Confirm the health history").click()
    looked_at(page, "confirm")
    page.get_by_role("button", name="Confirm these answers").click()
    page.get_by_role("link", name="Fill in what is missing").click()
    looked_at(page, "missing")
    page.get_by_label("Blood pressure, upper number").fill("164")
    page.get_by_label("Blood pressure, lower number").fill("96")
    page.get_by_role("button", name="Record these facts").click()
    page.get_by_text("The blood pressure is 164/96.").first.wait_for()

    prescriber = house.member("prescriber", name="Priya Natarajan")
    sign_in_browser(page, house, prescriber)
    page.goto("/screening/")
    looked_at(page, "list")
    page.get_by_role("link", name="Read").click()
    page.get_by_role("link", name="Ask for clearance").click()
    enter_day(page, SOON)
    looked_at(page, "ask")
    page.get_by_role("button", name="Ask for clearance").click()
    page.get_by_text("Asked of primary care").wait_for()
    page.goto("/cases/")
    looked_at(page, "cases")
    page.get_by_role("link", name="Open", exact=True).click()
    looked_at(page, "case")
    page.get_by_role("link", name="Record the answer").click()
    page.locator("label", has_text="Cleared").first.click()
    page.get_by_label("Who gave it").fill("Dr. Odum, primary care")
    enter_day(page, SOON)
    looked_at(page, "answer")
    page.get_by_role("button", name="Record the answer and close").click()
    page.get_by_text("Cleared, said by Dr. Odum, primary care").wait_for()

    sign_in_browser(page, house, house.member("medical_director", name="Helen Osei"))
    page.goto(workbench)
    page.get_by_role("link", name="Override").click()
    page.get_by_label("Why").fill("Coiled in 2019; the neurologist's letter of May is in the chart.")
    enter_day(page, SOON)
    looked_at(page, "override")
    page.get_by_role("button", name="Override").click()
    page.get_by_text("Overridden by Helen Osei").wait_for()

    sign_in_browser(page, house, prescriber)
    page.goto(workbench)
    looked_at(page, "workbench-last")
    page.get_by_role("link", name="Read and sign").click()
    page.locator("label", has_text="Go on to preparation").click()
    page.locator("label", has_text="I have assessed, outside OpenKAP").click()
    looked_at(page, "sign")
    page.get_by_role("button", name="Sign and keep").click()
    page.get_by_text("Signed by Priya Natarajan").wait_for()

    sign_in_browser(page, house, house.member("inspector", name="Inés Calloway"))
    page.goto("/audit/")
    looked_at(page, "trail")
    for done in ("Signed a screening", "Overrode a finding", "Asked a specialty to clear a finding"):
        page.get_by_role("cell", name=done, exact=True).first.wait_for()
