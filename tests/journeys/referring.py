"""From a telephone call to answers on a phone: what Grace and Marisol do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.journeys.hands import choose, look, press
from tests.journeys.synthea import record_of_marisol

ANSWERED_YES = {"aneurysm-or-avm", "can-become-pregnant", "escort"}


def grace_takes_the_call(page: Any) -> UUID:
    """Take the enquiry, see that the chart found is the sister's, and open one for Marisol; return its id."""
    page.goto("/people/pipeline/")
    look(page, "01-pipeline")
    page.get_by_role("link", name="Take an enquiry").click()
    page.get_by_label("Name", exact=True).fill("Marisol Vega")
    page.get_by_label("Birth date").fill("1984-03-27")
    page.get_by_role("textbox", name="Telephone").fill("719 555 0134")
    page.get_by_label("What they seek").fill("Help with a depression that two medicines did not lift")
    page.get_by_label("Language").select_option(label="Spanish")
    look(page, "02-enquire")
    press(page, "Keep this enquiry")
    look(page, "03-enquiry")
    page.get_by_role("link", name="Go on in a chart").click()
    assert page.get_by_text("the same birth date and a like name").is_visible()
    choose(page, "Another person: open a new chart")
    page.get_by_label("Treated at").select_option(label="Cedar Lodge")
    look(page, "04-not-her-sister")
    press(page, "Open the chart")
    assert page.get_by_role("heading", level=1).inner_text() == "Marisol Vega"
    look(page, "05-chart-of-a-coordinator")
    page.get_by_role("link", name="Move on").click()
    choose(page, "screening")
    look(page, "06-stage")
    press(page, "Save the stage")
    return UUID(page.url.rstrip("/").rsplit("/", 1)[1])


def bring_in(page: Any, source: str, name: str, content: bytes) -> None:
    """Choose a file of records and who sent it."""
    page.goto("/people/records/new/")
    page.get_by_label("Who sent it").fill(source)
    file = {"name": name, "mimeType": "application/gzip", "buffer": content}
    page.get_by_label("File").set_input_files(file)


def grace_brings_the_record_in(page: Any) -> None:
    """Put the hospital's Marisol beside both sisters, and write her record into her own chart."""
    bring_in(page, "St. Anne's Hospital", "marisol.json.gz", record_of_marisol())
    look(page, "07-bring-in")
    press(page, "Read this file")
    charts = page.get_by_role("columnheader").all_inner_texts()
    assert charts[1:] == ["Now told", "Chart 1", "Chart 2"]
    choose(page, "The same person as Marisol Vega")
    look(page, "08-side-by-side")
    press(page, "Write the records into the charts")
    assert page.get_by_text("999-95-0000").count() == 0
    look(page, "09-what-came")
    page.goto("/people/")
    assert sorted(page.get_by_role("link", name="Vega").all_inner_texts()) == ["Maribel Vega", "Marisol Vega"]
    look(page, "10-people")


def grace_gives_a_link(page: Any, person: UUID) -> str:
    """Make the one-time link; return it."""
    page.goto(f"/people/{person}/")
    page.get_by_role("link", name="Give the client a link").click()
    choose(page, "Español")
    press(page, "Make the link")
    look(page, "11-link")
    return "/history/" + page.locator(".link-address a").get_attribute("href").split("/history/")[1]


def marisol_answers(phone: Any, link: str) -> None:
    """Answer every question in Spanish and send them; afterwards the link opens nothing."""
    phone.goto(link)
    phone.get_by_role("heading", name="Su historia de salud").wait_for()
    look(phone, "12-client-begin")
    phone.get_by_role("link", name="Empezar").click()
    look(phone, "13-client-question")
    while phone.get_by_role("button", name="Guardar esta respuesta").count():
        question = phone.url.rstrip("/").rsplit("/", 1)[1]
        choose(phone, "Sí" if question in ANSWERED_YES else "No")
        press(phone, "Guardar esta respuesta")
    phone.get_by_role("heading", name="Sus respuestas").wait_for()
    look(phone, "14-client-answers")
    press(phone, "Enviar mis respuestas")
    phone.get_by_role("heading", name="Gracias").wait_for()
    look(phone, "15-client-thanks")
    phone.goto(link)
    phone.get_by_role("heading", name="Este enlace está cerrado").wait_for()
    look(phone, "16-client-closed")
