"""Marisol's referral becomes a signed decision, each at a desk of their own, and all of it in the trail.

Grace takes the call and brings the hospital's record in, Marisol answers on her phone in Spanish, Rosa fills
what is missing, Priya asks for a clearance and signs, Helen overrides, Lena opens the chart from another
site, Inés reads who did what.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from tests.journeys import deciding, referring
from tests.journeys.desks import PHONE, Desk, desks, house_of_two_sites

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database]

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
    """A house with two sites, and Marisol's twin sister among its people."""
    return house_of_two_sites(clinic)


@pytest.fixture
def at_desk(house: Any, chromium: Any, live: Any) -> Iterator[Desk]:
    """Seats somebody before a browser of their own."""
    with desks(house, chromium, live) as seat:
        yield seat


def test_marisols_referral_becomes_a_signed_decision(at_desk):
    grace = at_desk("Grace Lindqvist", "coordinator")
    person = referring.grace_takes_the_call(grace)
    referring.grace_brings_the_record_in(grace)
    link = referring.grace_gives_a_link(grace, person)
    referring.marisol_answers(at_desk(viewport=PHONE, locale="es-MX", has_touch=True), link)
    rosa = at_desk("Rosa Marquez", "nurse", site="Cedar Lodge")
    deciding.rosa_fills_what_is_missing(rosa, person)
    deciding.rosa_rates_the_c_ssrs(rosa, person)
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
