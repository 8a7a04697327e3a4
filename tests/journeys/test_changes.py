"""Marisol is back for her second dose: on her phone, in Spanish, she says what has changed since."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
from tests.browsing import accessibility_faults
from tests.clinic.screening.conftest import NOTHING_EVER
from tests.journeys.hands import choose, press

from kap_clinic.database.identity import new_id

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.slow]

AGO = datetime.now(UTC) - timedelta(days=40)


def told_before(house, nurse, person):
    """What Marisol and the nurse went through before the first dose."""
    from kap_clinic.screening.models import HistoryAnswer

    with house.acting():
        for question, value in NOTHING_EVER.items():
            HistoryAnswer.objects.create(
                organization_id=house.id, person_id=person, question=question, value=value, version=1,
                language="es", is_confirmed=True, answered_at=AGO, answered_by=nurse.id, local_day=AGO.date(),
            )  # fmt: skip


def test_what_has_not_changed_takes_a_tap_and_what_has_takes_its_questions(clinic, browser_page, live):
    from kap_clinic.people.actions import open_chart
    from kap_clinic.screening.links import give_link
    from kap_clinic.screening.tokens import address_of

    house, person, link = clinic.organization("Cedar House"), new_id(), new_id()
    nurse = house.member("nurse", name="Rosa Marquez")
    by = {"organization": house.id, "by": nurse}
    open_chart(**by, id=person, name="Marisol Vega", birth="1984-03-27", stage="screening")
    told_before(house, nurse, person)
    give_link(**by, id=link, person=person, language="es")

    page = browser_page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/history/" + address_of(house.id, link).split("/history/")[1])
    page.get_by_role("link", name="Empezar").click()
    assert accessibility_faults(page) == []
    while page.get_by_role("button", name="Nada ha cambiado").count() > 1:
        with page.expect_navigation():
            page.get_by_role("button", name="Nada ha cambiado").first.click()
    page.get_by_role("link", name="Algo ha cambiado").click()
    for _question in ("escort", "overnight-observer"):
        choose(page, "No")
        press(page, "Guardar esta respuesta")
    assert accessibility_faults(page) == []
    page.get_by_role("link", name="Ver y enviar mis respuestas").click()
    press(page, "Enviar mis respuestas")
    assert "Gracias" in page.get_by_role("heading", level=1).inner_text()
