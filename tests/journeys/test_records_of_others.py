"""A record Synthea made goes into the chart that was opened at the telephone.

Collected only where the records made by others are.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from tests.conftest import DATA
from tests.journeys import referring
from tests.journeys.desks import desks, house_of_two_sites
from tests.journeys.hands import choose, look, press

from kap_clinic.database.identity import new_id

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.slow]

RECORDS = DATA / "fhir" / "synthea"


def test_megs_record_is_read_into_her_chart_and_screened(clinic: Any, chromium: Any, live: Any):
    from kap_clinic.people.actions import open_chart

    house, person = house_of_two_sites(clinic), new_id()
    told = {"organization": house.id, "by": house.program, "id": person, "stage": "screening"}
    open_chart(**told, name="Meg Toy", birth="1984-04")
    with desks(house, chromium, live) as at_desk:
        grace = at_desk("Grace Lindqvist", "coordinator")
        record = next(RECORDS.glob("Meg_Toy_*")).read_bytes()
        referring.bring_in(grace, "St. Anne's Hospital", "meg.json.gz", record)
        press(grace, "Read this file")
        choose(grace, "The same person as Meg Toy")
        look(grace, "41-meg-side-by-side")
        press(grace, "Write the records into the charts")
        look(grace, "42-meg-what-came")

        rosa = at_desk("Rosa Marquez", "nurse")
        rosa.goto(f"/people/{person}/")
        assert rosa.get_by_text("Hypertension").first.is_visible()
        # The record knows the day of birth, where the telephone knew the month.
        assert rosa.get_by_text("Birth date", exact=True).first.is_visible()
        look(rosa, "43-meg-chart")
        rosa.goto(f"/screening/{person}/")
        assert rosa.get_by_text("The newest blood pressure is too old.").first.is_visible()
        assert rosa.get_by_role("link", name="Fill in what is missing").is_visible()
        look(rosa, "44-meg-workbench")
