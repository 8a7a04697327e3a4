"""Rosa rates the C-SSRS; what she chooses is kept and acts before the sheet is ever sent."""

from __future__ import annotations

import os
from typing import Any

import pytest
from tests.browsing import accessibility_faults, picture, sign_in_browser

from kap_clinic.database.identity import new_id

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database]


def test_rosa_chooses_the_worst_answer_and_is_called_away(clinic: Any, browser_page: Any) -> None:
    from kap_clinic.cases.queries import cases_of
    from kap_clinic.measures.answered import values_of
    from kap_clinic.measures.asking import ask
    from kap_clinic.people.actions import open_chart

    house = clinic.organization("Cedar House")
    nurse, person, asked = house.member("nurse", name="Rosa Marquez"), new_id(), new_id()
    told = {"organization": house.id, "by": nurse}
    open_chart(**told, id=person, name="Ana Keller", birth="1984-03-27", stage="dosing")
    ask(**told, id=asked, person=person, instrument="cssrs-screener", filled_by="rater")
    sign_in_browser(browser_page, house, nurse)
    browser_page.set_viewport_size({"width": 390, "height": 844})
    browser_page.goto(f"/measures/{person}/forms/{asked}/enter/")
    for item, said in (("1", "low"), ("5", "high: never leave alone"), ("6", "moderate: assess today")):
        browser_page.locator(f"label[for='id_i-{item}_1']").click()
        browser_page.get_by_role("alert").get_by_text(said).wait_for()
    assert browser_page.get_by_role("alert").locator("p").count() == 3
    picture(browser_page, "measures-sheet")
    assert accessibility_faults(browser_page) == []
    browser_page.goto("about:blank")
    with house.acting(nurse) as act:
        assert values_of(act, asked) == {"1": "1", "5": "1", "6": "1"}
        assert [case.state.kind.id for case in cases_of(act, person)] == ["crisis"]
