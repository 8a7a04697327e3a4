"""A dose is ordered, released, drawn up by two and its rest wasted, each person on their own pages."""

from __future__ import annotations

import os
from typing import Any

import pytest
from tests.browsing import accessibility_faults, picture, sign_in_browser
from tests.dosed import Dispensary, dispensary
from tests.journeys.hands import choose, press

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database]


def _look(page: Any, name: str) -> None:
    held = page.viewport_size
    picture(page, f"drug-{name}", widths=(390, 1440))
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        assert accessibility_faults(page) == []
    page.set_viewport_size(held)


def _become(page: Any, pharmacy: Dispensary, member: Any) -> None:
    sign_in_browser(page, pharmacy.ward.house, member)


def _second_signs(page: Any, button: str) -> None:
    page.get_by_label("Who stands second").select_option(label="Maya Ito")
    page.get_by_label("Their PIN").fill("274913")
    press(page, button)


@pytest.mark.slow
def test_a_dose_is_ordered_drawn_up_and_accounted_for(clinic: Any, browser_page: Any) -> None:
    pharmacy, page = dispensary(clinic), browser_page
    staff, session = pharmacy.ward.staff, pharmacy.ward.session("dose-1").id
    _become(page, pharmacy, staff["administrator"])
    page.goto("/staff/devices/new/")
    page.get_by_label("What people call this device").fill("Tablet of room 3")
    press(page, "Register this device")
    _become(page, pharmacy, staff["prescriber"])
    page.goto(f"/orders/session/{session}/?amount=1.2&made_up_to=50")
    _look(page, "capped")
    page.goto(f"/orders/session/{session}/?made_up_to=50")
    press(page, "Sign the order")
    page.get_by_role("link", name="Release for the session").click()
    press(page, "Release the order")
    _become(page, pharmacy, staff["nurse"])
    page.reload()
    _look(page, "order")
    page.get_by_role("link", name="Draw it up").click()
    page.get_by_label("In the syringe").fill("7")
    choose(page, "50 mg/mL")
    _second_signs(page, "Draw up")
    assert page.get_by_text("a slip of ten").first.is_visible()
    _look(page, "slip")
    page.get_by_label("In the syringe").fill("0.7")
    page.get_by_label("Their PIN").fill("274913")
    press(page, "Draw up")
    page.get_by_role("link", name="Waste the rest").first.click()
    _second_signs(page, "Waste 0.7 mL")
    _become(page, pharmacy, staff["custodian"])
    page.goto(f"/pharmacy/container/{pharmacy.vial}/count/")
    page.get_by_label("Found in it").fill("9.1")
    _second_signs(page, "Count")
    _look(page, "container")
    page.goto(f"/pharmacy/{pharmacy.safe}/")
    assert page.get_by_text("0.2 mL less than the log says").is_visible()
    _look(page, "safe")


@pytest.mark.slow
def test_a_second_person_signs_by_passkey_on_a_device_nobody_registered(
    clinic: Any, browser_page: Any
) -> None:
    pharmacy, page = dispensary(clinic), browser_page
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    _become(page, pharmacy, pharmacy.second)
    page.goto("/account/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    syringe = pharmacy.drawn()
    _become(page, pharmacy, pharmacy.ward.staff["nurse"])
    page.goto(f"/pharmacy/syringe/{syringe}/waste/")
    assert page.get_by_text("This device is not registered").is_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Sign with a passkey instead").click()
    page.get_by_text("Done, and signed by two.").wait_for()
    with pharmacy.ward.house.acting() as act:
        from kap_clinic.accounts.models import SecondSignature
        from kap_clinic.pharmacy.queries import syringe_in

        line = syringe_in(act, syringe)
        ways = dict(SecondSignature.objects.values_list("way", "member_id"))
    assert line is not None
    assert (str(line.left), ways["passkey"]) == ("0 mg", pharmacy.second.id)
