"""Around one chart: who referred Ana, who brings her home, when she was born, which other house reads it."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from tests.journeys.desks import desks
from tests.journeys.hands import choose, look, press

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.slow]


def record_of_ana() -> bytes:
    """Write the record a practice sends about Ana, with another day of birth."""
    ana = {"resourceType": "Patient", "id": "a", "name": [{"text": "Ana Keller"}], "birthDate": "1984-03-28"}
    coding = [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I71.4"}]
    ill = {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/a"}}
    ill |= {"code": {"text": "Aneurysm of the aorta", "coding": coding}}
    entries = [{"resource": one} for one in (ana, ill)]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def grace_takes_the_letter(page: Any) -> str:
    """Keep what the letter says in a new chart; return the address of the chart."""
    page.goto("/people/referrals/new/")
    page.get_by_label("Who referred them").fill("Dr. Odum")
    page.get_by_label("Practice or organization").fill("Elm Practice")
    page.get_by_label("Why they were referred").fill("Depression that two medicines did not lift")
    page.get_by_label("Name of the person they sent").fill("Ana Keller")
    page.get_by_label("Birth date").fill("1984-03-27")
    look(page, "51-letter")
    press(page, "Open the chart")
    page.get_by_text("Dr. Odum, Elm Practice").first.wait_for()
    return str(page.url)


def grace_names_the_escort(page: Any, chart: str) -> None:
    """Write down who brings Ana home, and what he may be told."""
    page.goto(chart)
    page.get_by_role("link", name="Name a support person").click()
    page.get_by_label("Name", exact=True).fill("Luis Keller")
    page.get_by_label("Who they are to the client").fill("brother")
    page.get_by_label("Telephone").fill("555 0111")
    choose(page, "escort")
    choose(page, "where to be and when, and what to watch for")
    look(page, "52-escort")
    press(page, "Keep this person")
    page.get_by_text("escort: Luis Keller, brother").wait_for()


def grace_settles_the_birth_date(page: Any, chart: str) -> None:
    """Bring a record in whose birth date differs, and say which is right."""
    page.goto("/people/records/new/")
    page.get_by_label("Who sent it").fill("Elm Practice")
    file = {"name": "ana.json", "mimeType": "application/json", "buffer": record_of_ana()}
    page.get_by_label("File").set_input_files(file)
    press(page, "Read this file")
    look(page, "53-waiting-file")
    page.get_by_role("link", name="Put this file aside").click()
    look(page, "54-put-aside")
    page.go_back()
    choose(page, "The same person as Ana Keller")
    press(page, "Write the records into the charts")
    page.goto(chart)
    page.get_by_role("heading", name="Two birth dates").wait_for()
    page.get_by_role("link", name="Settle the birth date").click()
    page.get_by_label("How you know").fill("Seen on the passport")
    look(page, "55-settle")
    press(page, "Keep this birth date")
    page.get_by_role("link", name="Say which records came with it").click()
    choose(page, "Elm Practice")
    look(page, "56-came-with-it")
    press(page, "Keep them with the referral")
    look(page, "57-chart-of-a-coordinator")


def priya_shares_the_chart(page: Any, chart: str, juniper: Any) -> None:
    """Let another house read the chart, to be ended any time."""
    page.goto(chart)
    page.get_by_role("link", name="Share this chart").click()
    page.get_by_label("Id of the other organization").fill(str(juniper.id))
    page.get_by_label("What you call it").fill("Juniper Practice")
    page.get_by_label("For what purpose").fill("The joint spring retreat")
    look(page, "58-share")
    press(page, "Share this chart")
    look(page, "59-shared-chart-of-ours")


def amara_reads_it(page: Any) -> None:
    """Find the chart among those shared with us, and read it."""
    page.goto("/people/shared/")
    look(page, "60-shared-with-us")
    page.get_by_role("link", name="Ana Keller").click()
    assert page.get_by_text("Cedar House lets you read this chart").is_visible()
    assert page.get_by_text("Aneurysm of the aorta").is_visible()
    look(page, "61-shared-chart")


def grace_tells_back(page: Any, chart: str) -> None:
    """Move the chart on, find the referrer among those to tell, and record what she told him."""
    page.goto(f"{chart}stage/")
    choose(page, "lost")
    page.get_by_label("Why").fill("Moved to another state")
    press(page, "Save the stage")
    page.goto("/people/pipeline/")
    look(page, "62-pipeline")
    page.get_by_role("link", name="Record what they were told").click()
    choose(page, "did not come")
    page.get_by_label("How they were told").fill("by letter")
    for label, value in (("Month", "1"), ("Day", "12"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(value)
    look(page, "63-told-back")
    press(page, "Record what they were told")
    page.get_by_text("did not come, by letter, 12 Jan 2026").first.wait_for()


def test_around_anas_chart_stand_those_who_sent_her_bring_her_home_and_read_with_us(clinic, chromium, live):
    house, juniper = clinic.organization("Cedar House"), clinic.organization("Juniper Practice")
    with desks(house, chromium, live) as at_desk:
        grace = at_desk("Grace Lindqvist", "coordinator")
        chart = grace_takes_the_letter(grace)
        grace_names_the_escort(grace, chart)
        grace_settles_the_birth_date(grace, chart)
        priya = at_desk("Priya Natarajan", "prescriber")
        priya_shares_the_chart(priya, chart, juniper)
        amara_reads_it(at_desk("Amara Dlamini", "prescriber", of=juniper))
        grace_tells_back(grace, chart)
        priya.goto(chart)
        priya.get_by_role("link", name="End the access of Juniper Practice").click()
        look(priya, "64-end")
        press(priya, "End this access")
        assert priya.get_by_text("ended", exact=True).first.is_visible()
