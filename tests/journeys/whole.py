"""Nora Bell's way from a referral to an outcome: what each of seven people does at their own pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.journeys.hands import choose, press
from tests.journeys.referring import bring_in

Look = Callable[[Any, str], None]
ROOM = (
    ("Name and birth date", "They agree"), ("Consent for this drug", "Signed, still wanted"),
    ("Afterwards", "An escort comes"), ("Pregnancy", "hCG negative today"), ("C-SSRS since", "Nothing"),
    ("Last ate", "8 h"), ("Last drank", "4 h"), ("Oxygen, suction", "Checked today"),
)  # fmt: skip
# Questions 1, 2 and 6 of the C-SSRS screener; a no to the second passes over the three after it.
_CALM = ("93246-7", "93247-5", "93267-3")
_LOINC, _UCUM = "http://loinc.org", "http://unitsofmeasure.org"


def referral(on: datetime) -> bytes:
    """The file of a family practice: who she is, her weight, her liver, a calm C-SSRS."""
    whose = {"reference": "Patient/nora"}

    def measured(id: str, code: str, value: float, unit: str, high: float | None = None) -> dict[str, Any]:
        ranged = {"referenceRange": [{"high": {"value": high, "unit": unit}}]} if high else {}
        return {
            "resourceType": "Observation", "id": id, "status": "final", "subject": whose,
            "effectiveDateTime": on.date().isoformat(),
            "code": {"coding": [{"system": _LOINC, "code": code}]},
            "valueQuantity": {"value": value, "unit": unit, "system": _UCUM, "code": unit}, **ranged,
        }  # fmt: skip

    resources = [
        {
            "resourceType": "Patient", "id": "nora", "birthDate": "1981-06-09", "gender": "female",
            "name": [{"given": ["Nora"], "family": "Bell"}],
        },
        measured("weight", "29463-7", 70, "kg"),
        measured("alt", "1742-6", 24, "U/L", 40),
        measured("ast", "1920-8", 21, "U/L", 40),
        {
            "resourceType": "QuestionnaireResponse", "id": "columbia", "status": "completed",
            "subject": whose, "authored": on.date().isoformat(), "questionnaire": f"{_LOINC}/q/93373-9",
            "item": [{"linkId": f"/{code}", "answer": [{"valueBoolean": False}]} for code in _CALM],
        },
    ]  # fmt: skip
    entries = [{"resource": one} for one in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def grace_brings_her_in(page: Any, look: Look, on: datetime) -> UUID:
    """Read the referral into a new chart, move it on to screening; return whose it is."""
    bring_in(page, "Aspen Family Medicine", "nora.json", referral(on))
    press(page, "Read this file")
    look(page, "01-referral")
    page.get_by_role("link", name="Nora Bell").first.click()
    page.get_by_role("link", name="Move on").click()
    choose(page, "screening")
    press(page, "Save the stage")
    look(page, "02-chart")
    return UUID(page.url.rstrip("/").rsplit("/", 1)[1])


def link_to_history(page: Any, person: UUID) -> str:
    """Grace gives Nora a link to her health history; return its path."""
    page.goto(f"/people/{person}/")
    page.get_by_role("link", name="Give the client a link").click()
    choose(page, "English")
    press(page, "Make the link")
    return "/history/" + page.locator(".link-address a").get_attribute("href").split("/history/")[1]


def nora_tells_her_history(phone: Any, look: Look, link: str) -> None:
    """Answer every question on the phone: nothing ever, and a sister who drives."""
    phone.goto(link)
    phone.get_by_role("link", name="Begin").click()
    look(phone, "03-history")
    while phone.get_by_role("button", name="Keep this answer").count():
        question = phone.url.rstrip("/").rsplit("/", 1)[1]
        choose(phone, "Yes" if question in {"escort", "can-become-pregnant"} else "No")
        press(phone, "Keep this answer")
    press(phone, "Send my answers")


def rosa_completes_the_screening(page: Any, look: Look, person: UUID) -> None:
    """Confirm what Nora told, and take her blood pressure."""
    page.goto(f"/screening/{person}/")
    page.get_by_role("link", name="Confirm the health history").click()
    press(page, "Confirm these answers")
    page.get_by_role("link", name="Fill in what is missing").click()
    page.get_by_label("Blood pressure, upper number").fill("118")
    page.get_by_label("Blood pressure, lower number").fill("76")
    choose(page, "Negative")
    look(page, "04-missing")
    press(page, "Record these facts")


def priya_signs_and_plans(page: Any, look: Look, person: UUID, start: datetime) -> None:
    """Sign the screening, and make the plan, which began yesterday on paper."""
    page.goto(f"/screening/{person}/")
    look(page, "05-screening")
    page.get_by_role("link", name="Read and sign").click()
    choose(page, "Go on to preparation")
    choose(page, "I have assessed, outside OpenKAP")
    press(page, "Sign and keep")
    page.get_by_text("Signed by Priya Natarajan").wait_for()
    page.goto(f"/plans/of/{person}/new/")
    choose(page, "Five-day intensive retreat")
    write_day(page, start)
    choose(page, "This plan has begun already")
    press(page, "Make the plan")
    look(page, "06-plan")


def rosa_keeps_the_preparation(page: Any, look: Look, person: UUID, yesterday: datetime) -> None:
    """Record that the preparation of yesterday was held, which was kept on paper."""
    page.goto(f"/plans/of/{person}/")
    page.get_by_role("link", name="Held").first.click()
    write_day(page, yesterday)
    page.get_by_label("Began at").fill("13:00")
    page.get_by_label("Ended at").fill("14:20")
    look(page, "07-preparation")
    press(page, "Record it")


def rosa_asks_for_the_phq9(page: Any, person: UUID) -> str:
    """Ask the PHQ-9 by link; return its path."""
    page.goto(f"/measures/{person}/ask/")
    page.locator("label", has_text="Patient Health Questionnaire-9").click()
    page.locator("label", has_text="By link").click()
    press(page, "Ask these forms")
    return "/forms/" + page.locator(".link-address a").get_attribute("href").split("/forms/")[1]


def nora_answers(phone: Any, look: Look, link: str, words: str) -> None:
    """Answer the PHQ-9 with one answer throughout, and item 9 with not at all."""
    phone.goto(link)
    phone.get_by_role("link", name="Begin").click()
    look(phone, "08-phq9")
    for number in range(1, 11):
        phone.get_by_text(f"Question {number} of 10").wait_for()
        said = "Not at all" if number == 9 else "Not difficult" if number == 10 else words
        phone.locator("label", has_text=said).click()
        phone.get_by_role("button", name="Keep this answer").click()
    phone.get_by_role("heading", name="Your answers").wait_for()
    phone.get_by_role("button", name="Send").click()


def priya_orders(page: Any, look: Look, person: UUID) -> None:
    """Read the proposal for the first dose, sign the order and release it."""
    page.goto(f"/plans/of/{person}/")
    page.get_by_role("link", name="The order").first.click()
    page.get_by_label("Made up to").fill("50")
    press(page, "Propose again")
    look(page, "09-proposal")
    press(page, "Sign the order")
    page.get_by_role("link", name="Release for the session").click()
    press(page, "Release the order")
    look(page, "10-order")


def second_signs(page: Any, label: str, button: str) -> None:
    """Tom stands second with his PIN."""
    page.get_by_label(label).select_option(label="Tom Akers")
    page.get_by_label("Their PIN").fill("274913")
    press(page, button)


def rosa_draws_up(page: Any, look: Look, person: UUID) -> None:
    """Draw 0.7 mL of 50 mg/mL, Tom reading the label."""
    page.goto(f"/orders/person/{person}/")
    page.locator("main a[href^='/orders/']").first.click()
    page.get_by_role("link", name="Draw it up").click()
    page.get_by_label("In the syringe").fill("0.7")
    choose(page, "50 mg/mL")
    look(page, "11-draw")
    second_signs(page, "Who stands second", "Draw up")


def rosa_doses(page: Any, look: Look) -> str:
    """Start from the day board, check, read, stop with Tom, give; return the room's address."""
    page.goto("/")
    look(page, "12-board")
    page.get_by_role("button", name="Start the session").click()
    page.get_by_role("heading", name="Before the dose").wait_for()
    for group, words in ROOM:
        page.get_by_role("group", name=group).get_by_role("radio", name=words, exact=True).check()
    look(page, "13-checklist")
    press(page, "Keep these answers")
    read(page, 124, 78, 72, 98)
    second_signs(page, "Second person", "Time-out done")
    look(page, "14-time-out")
    second_signs(page, "Second person", "Give 35 mg")
    page.get_by_role("heading", name="The dose runs").wait_for()
    look(page, "15-running")
    return str(page.url)


def read(page: Any, upper: int, lower: int, rate: int, oxygen: int, *, sedation: str = "") -> None:
    """Chart a set of vital signs; with sedation, after speaking to her."""
    for label, number in (("Upper", upper), ("Lower", lower), ("Heart rate", rate), ("SpO₂", oxygen)):
        page.get_by_label(label).fill(str(number))
    if sedation:
        group = page.get_by_role("group", name="Sedation")
        group.get_by_role("radio", name=sedation, exact=True).check()
        page.get_by_label("I spoke to them").check()
    press(page, "Chart vitals")


def rosa_lets_her_go(page: Any, look: Look) -> None:
    """Read once more, answer what is asked, let her go with her sister, sign the note."""
    read(page, 122, 77, 70, 98, sedation="5")
    for group, words in (
        ("Oriented, steady", "Yes"), ("Instructions given", "Yes"), ("With whom", "The escort is here"),
    ):  # fmt: skip
        page.get_by_role("group", name=group).get_by_role("radio", name=words, exact=True).check()
    page.get_by_label("Who", exact=True).fill("her sister Alma")
    look(page, "16-leaving")
    press(page, "Let them go")
    page.get_by_role("link", name="Read the note").click()
    look(page, "17-note")
    press(page, "Sign and lock")


def daniel_integrates(page: Any, look: Look, ended: datetime) -> None:
    """See the window on the board, hold the session, sign its note."""
    page.goto("/")
    look(page, "18-window")
    page.get_by_role("link", name="Open the plan").first.click()
    page.get_by_role("link", name="Write the note").first.click()
    write_day(page, ended)
    page.get_by_label("Began at").fill((ended - timedelta(minutes=60)).strftime("%H:%M"))
    page.get_by_label("Ended at").fill(ended.strftime("%H:%M"))
    choose(page, "EMDR")
    page.get_by_label("Disturbance (SUDS) before").fill("7")
    page.get_by_label("Disturbance (SUDS) after").fill("2")
    page.get_by_label("Plan", exact=True).fill("The same target before the second dose.")
    choose(page, "asked about, none heard")
    look(page, "19-progress-note")
    press(page, "Sign the note")


def write_day(page: Any, on: datetime) -> None:
    """Write a day into its three boxes."""
    for label, value in (("Month", on.month), ("Day", on.day), ("Year", on.year)):
        page.get_by_label(label, exact=True).fill(str(value))
