"""Grace takes an enquiry, finds a chart that may be the same, brings records in; Luz refers herself."""

from __future__ import annotations

import gzip
import json
import os
from typing import Any

import pytest
from tests.browsing import accessibility_faults, picture, sign_in_browser

from kap_clinic.database.identity import new_id

# Playwright keeps a loop in this thread; Django would take the making of our database for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database]

ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"


def record_of_ana() -> bytes:
    """Write the record a hospital sends about Ana Keler, whose name it spells with one l."""
    whose = {"reference": "Patient/a"}
    told = [
        {"resourceType": "Patient", "id": "a", "birthDate": "1984-03-27", "name": [{"text": "Ana Keler"}]},
        {
            "resourceType": "Condition", "id": "c1", "subject": whose,
            "code": {"coding": [{"system": ICD10, "code": "I71.4"}], "text": "Aneurysm of the aorta"},
        },
        {"resourceType": "Condition", "id": "c2", "subject": whose, "code": {"text": "sore on stairs"}},
    ]  # fmt: skip
    entries = [{"resource": one} for one in told]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return gzip.compress(json.dumps(bundle).encode(), mtime=0)


@pytest.fixture
def house(clinic: Any) -> Any:
    """A house with a chart of Ana Keller in it."""
    from kap_clinic.people.actions import open_chart

    house = clinic.organization("Cedar House")
    open_chart(organization=house.id, by=house.program, id=new_id(), name="Ana Keller", birth="1984-03-27")
    return house


@pytest.fixture
def looked_at(browser_page: Any) -> Any:
    """Takes pictures of a page and finds no fault of axe in it."""

    def look(name: str) -> None:
        picture(browser_page, f"referral-{name}")
        browser_page.set_viewport_size({"width": 1440, "height": 900})
        assert accessibility_faults(browser_page) == []

    return look


def test_grace_takes_an_enquiry_and_brings_a_record_into_the_right_chart(browser_page, house, looked_at):
    page = browser_page
    sign_in_browser(page, house, house.member("coordinator", "nurse", name="Grace Lindqvist"))
    page.goto("/people/pipeline/")
    page.get_by_role("link", name="Take an enquiry").click()
    page.get_by_label("Name", exact=True).fill("Ana Keller")
    page.get_by_label("Birth date").fill("1984-03")
    page.get_by_role("textbox", name="Telephone").fill("555 0134")
    page.get_by_label("What they seek").fill("Help with depression")
    looked_at("enquire")
    page.get_by_role("button", name="Keep this enquiry").click()
    looked_at("enquiry")
    page.get_by_role("link", name="Go on in a chart").click()
    looked_at("side-by-side")
    page.get_by_text("The same person as Ana Keller").click()
    page.get_by_role("button", name="Open the chart").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Ana Keller"

    page.goto("/people/records/new/")
    page.get_by_label("Who sent it").fill("St. Mary's")
    file = {"name": "ana.json.gz", "mimeType": "application/gzip", "buffer": record_of_ana()}
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Read this file").click()
    assert page.get_by_text("the same birth date and a like name").is_visible()
    looked_at("who")
    page.get_by_text("The same person as Ana Keller").click()
    page.get_by_role("button", name="Write the records into the charts").click()
    assert page.get_by_text("Condition/c2#code").is_visible()
    looked_at("import")
    page.get_by_role("link", name="Ana Keller").click()
    assert page.get_by_text("Aneurysm of the aorta").is_visible()
    looked_at("chart")
    page.goto("/people/")
    looked_at("people")
    page.goto("/people/pipeline/")
    looked_at("pipeline")


def test_luz_refers_herself_in_spanish_and_her_words_wait_as_an_enquiry(browser_page, house, looked_at):
    from kap_clinic.people.enquiries import switch_self_referral
    from kap_clinic.people.listing import enquiries

    switch_self_referral(organization=house.id, by=house.program, is_open=True)
    page = browser_page
    page.goto(f"/refer/{house.id}/")
    page.get_by_role("link", name="Español").click()
    page.get_by_label("Su nombre").fill("Luz Prado")
    page.get_by_label("Su número de teléfono").fill("555 0177")
    looked_at("self-referral")
    page.get_by_role("button", name="Enviar a la clínica").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Gracias"
    with house.acting() as act:
        assert [line.name for line in enquiries(act, "enquiry")] == ["Luz Prado"]


def test_lena_opens_a_chart_of_another_site_with_a_reason(browser_page, house, looked_at):
    from kap_clinic.organizations.actions import add_site
    from kap_clinic.people.actions import open_chart

    sites = [new_id(), new_id()]
    for site, name in zip(sites, ("Cedar House", "Harbor Clinic"), strict=True):
        add_site(organization=house.id, by=house.program, id=site, name=name, time_zone="America/Denver")
    person = new_id()
    open_chart(organization=house.id, by=house.program, id=person, name="Ben Torres", site=sites[0])
    page = browser_page
    sign_in_browser(page, house, house.member("nurse", name="Lena Whitfield", sites=[sites[1]]))
    page.goto(f"/people/{person}/")
    looked_at("closed-chart")
    page.get_by_role("link", name="Open with a reason").click()
    page.get_by_label("Why you need this chart now").fill("The emergency department called about him")
    page.get_by_label("For whom").fill("Dr. Ortiz, emergency department")
    looked_at("reason")
    page.get_by_role("button", name="Open this chart").click()
    assert page.get_by_text("Lena Whitfield opened this chart with a reason").is_visible()
    sign_in_browser(page, house, house.member("medical_director", name="Helen Osei"))
    page.goto("/people/openings/")
    page.get_by_role("button", name="Record that I reviewed this").click()
    looked_at("openings")
    assert page.get_by_text("Reviewed by Helen Osei").is_visible()
