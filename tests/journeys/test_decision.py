"""Marisol's referral becomes a signed decision, each at a desk of their own, and all of it in the trail.

Grace takes the call and brings the hospital's record in, Marisol answers on her phone in Spanish, Rosa fills
what is missing, Priya asks for a clearance and signs, Helen overrides, Lena opens the chart from another
site, Inés reads who did what.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from tests.browsing import sign_in_browser
from tests.conftest import DATA
from tests.journeys import deciding, referring
from tests.journeys.hands import choose, look, press

from kap_clinic.database.identity import new_id

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database]

Desk = Callable[..., Any]
PHONE = {"width": 390, "height": 844}
REAL = DATA / "fhir" / "synthea"

DONE = {
    ("Grace Lindqvist", "Took an enquiry"),
    ("Grace Lindqvist", "Went on with an enquiry in a chart"),
    ("Grace Lindqvist", "Moved a person on"),
    ("Grace Lindqvist", "Received a file of records"),
    ("Grace Lindqvist", "Placed the people of a file in charts"),
    ("Grace Lindqvist", "Gave a client a link to the health history"),
    ("Grace Lindqvist", "Recorded an attempt in a case"),
    ("Rosa Marquez", "Confirmed a health history"),
    ("Rosa Marquez", "Recorded what a screening lacked"),
    ("Priya Natarajan", "Asked a specialty to clear a finding"),
    ("Priya Natarajan", "Closed a case with an answer"),
    ("Helen Osei", "Overrode a finding"),
    ("Priya Natarajan", "Signed a screening"),
    ("Lena Whitfield", "Opened a chart outside their own access"),
    ("Helen Osei", "Reviewed an opening of a chart"),
}
OF_THE_CLIENT = {"Answered a question of the health history", "Sent the health history"}


@pytest.fixture
def house(clinic: Any) -> Any:
    """A house with two sites, where Marisol's twin sister Maribel asked for treatment before."""
    from kap_clinic.organizations.actions import add_site
    from kap_clinic.people.actions import open_chart

    house = clinic.organization("Cedar House")
    told = {"organization": house.id, "by": house.program}
    for name in ("Cedar Lodge", "Harbor Clinic"):
        add_site(**told, id=new_id(), name=name, time_zone="America/Denver")
    open_chart(**told, id=new_id(), name="Maribel Vega", birth="1984-03-27")
    return house


@pytest.fixture
def at_desk(house: Any, chromium: Any, live: Any) -> Iterator[Desk]:
    """Seats somebody before a browser of their own, signed in as the roles they hold."""
    contexts: list[Any] = []

    def seat(name: str = "", *roles: str, site: str = "", **more: Any) -> Any:
        context = chromium.new_context(
            base_url=live.address, reduced_motion="reduce", **{"locale": "en-US", **more}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        if name:
            sites = [site_called(house, site)] if site else None
            sign_in_browser(page, house, house.member(*roles, name=name, sites=sites))
        return page

    yield seat
    for context in contexts:
        context.close()


def site_called(house: Any, name: str) -> UUID:
    """Return the id of a site."""
    from kap_clinic.organizations.queries import site_names

    with house.acting():
        return next(UUID(str(id)) for id, known in site_names().items() if known == name)


def test_marisols_referral_becomes_a_signed_decision(at_desk):
    grace = at_desk("Grace Lindqvist", "coordinator")
    person = referring.grace_takes_the_call(grace)
    referring.grace_brings_the_record_in(grace)
    link = referring.grace_gives_a_link(grace, person)
    referring.marisol_answers(at_desk(viewport=PHONE, locale="es-MX", has_touch=True), link)
    deciding.rosa_fills_what_is_missing(at_desk("Rosa Marquez", "nurse", site="Cedar Lodge"), person)
    priya = at_desk("Priya Natarajan", "prescriber")
    deciding.priya_asks_for_a_clearance(priya)
    deciding.grace_tries_by_telephone(grace)
    deciding.priya_records_the_answer(priya)
    helen = at_desk("Helen Osei", "medical_director")
    deciding.helen_overrides(helen, person)
    deciding.priya_signs(priya, person)
    deciding.lena_opens_with_a_reason(at_desk("Lena Whitfield", "nurse", site="Harbor Clinic"), person)
    deciding.helen_reviews_the_opening(helen)

    ines = at_desk("Inés Calloway", "inspector")
    read = deciding.ines_reads_the_trail(ines)
    assert read >= DONE
    assert {what for _who, what in read} >= OF_THE_CLIENT
    deciding.ines_verifies(ines)


@pytest.mark.skipif(not REAL.is_dir(), reason="the records made by others are not here")
def test_a_record_synthea_made_goes_into_the_chart_opened_at_the_telephone(house, at_desk):
    from kap_clinic.people.actions import open_chart

    person = new_id()
    told = {"organization": house.id, "by": house.program, "id": person, "stage": "screening"}
    open_chart(**told, name="Meg Toy", birth="1984-04")
    grace = at_desk("Grace Lindqvist", "coordinator")
    referring.bring_in(grace, "St. Anne's Hospital", "meg.json.gz", next(REAL.glob("Meg_Toy_*")).read_bytes())
    press(grace, "Read this file")
    choose(grace, "The same person as Meg Toy, 1984-04")
    look(grace, "41-meg-side-by-side")
    press(grace, "Write the records into the charts")
    look(grace, "42-meg-what-came")

    rosa = at_desk("Rosa Marquez", "nurse")
    rosa.goto(f"/people/{person}/")
    assert rosa.get_by_text("Hypertension").first.is_visible()
    look(rosa, "43-meg-chart")
    rosa.goto(f"/screening/{person}/")
    assert rosa.get_by_text("The newest blood pressure is too old.").first.is_visible()
    assert rosa.get_by_role("link", name="Fill in what is missing").is_visible()
    look(rosa, "44-meg-workbench")
