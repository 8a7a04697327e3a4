"""Nora Bell is referred, screened, dosed, integrated and scored: one run, everybody's own pages.

Grace brings the referral in, Nora answers on her phone, Rosa and Priya screen, plan and order, Rosa and Tom
draw up and give, Daniel holds the integration in its window, Helen reads the outcome, Inés the trail and the
log of the safe. The clock is put forward where they wait; everything else is as it is in a clinic.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from tests.browsing import PICTURES, accessibility_faults, sign_in_browser
from tests.journeys import whole
from tests.journeys.later import Clock, served
from tests.journeys.whole import Look

from kap.vocabulary.zones import zone

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database]
ZONE, TABLET, PIN = "America/Denver", "the-tablet-of-room-2", "274913"
STAFF = {
    "Grace Lindqvist": "coordinator", "Rosa Marquez": "nurse", "Tom Akers": "nurse",
    "Priya Natarajan": "prescriber", "Daniel Oyelaran": "therapist", "Helen Osei": "medical_director",
    "Inés Calloway": "inspector",
}  # fmt: skip
DONE = {
    ("Grace Lindqvist", "Received a file of records"), ("Rosa Marquez", "Confirmed a health history"),
    ("Priya Natarajan", "Signed a screening"), ("Priya Natarajan", "Made a person's plan from a protocol"),
    ("Priya Natarajan", "Signed an order"), ("Rosa Marquez", "Drew up a dose"),
    ("Rosa Marquez", "Gave a dose"), ("Daniel Oyelaran", "Signed a progress note"),
}  # fmt: skip
WIDTHS = (390, 820, 1440)


class Cast:
    """Everybody before a browser of their own; whoever comes back after hours signs in again."""

    def __init__(self, clinic: Any, chromium: Any, address: str) -> None:
        self.house = clinic.organization("Cedar House")
        self.members = {name: self.house.member(role, name=name) for name, role in STAFF.items()}
        self._chromium, self._address = chromium, address
        self._pages: dict[str, Any] = {}

    def at(self, name: str) -> Any:
        """The page of somebody, signed in now, on a tablet of the clinic."""
        page = self._pages.get(name) or self._open(name)
        sign_in_browser(page, self.house, self.members[name])
        return page

    def phone(self) -> Any:
        """Nora's phone."""
        return self._pages.get("phone") or self._open("phone", viewport={"width": 390, "height": 844})

    def _open(self, name: str, **more: Any) -> Any:
        context = self._chromium.new_context(
            base_url=self._address, locale="en-US", reduced_motion="reduce", **more
        )  # fmt: skip
        if name in STAFF:
            device = {"name": "kap_device", "value": TABLET, "domain": "localhost", "path": "/"}
            context.add_cookies([device])
        page = self._pages[name] = context.new_page()
        page.set_default_timeout(20_000)
        return page

    def leave(self) -> None:
        """Close every browser."""
        for page in self._pages.values():
            page.context.close()


@pytest.fixture
def clock_and_cast(clinic: Any, chromium: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The people, their place with its safe, and the clock they all go by."""
    with served(monkeypatch) as (address, clock):
        clock.wait_for(9, zone(ZONE))
        cast = Cast(clinic, chromium, address)
        _equip(cast, clock)
        yield clock, cast
        cast.leave()


def _equip(cast: Cast, clock: Clock) -> None:
    from kap.vocabulary.quantities import Concentration, Volume
    from kap.vocabulary.routes import Drug
    from kap_clinic.accounts.devices import register_device
    from kap_clinic.accounts.pins import set_pin
    from kap_clinic.database.identity import new_id
    from kap_clinic.on_call.actions import put_on_call
    from kap_clinic.organizations.actions import add_site
    from kap_clinic.pharmacy import safekeeping

    told = {"organization": cast.house.id, "by": cast.house.program}
    site, safe, now = new_id(), new_id(), clock.now()
    add_site(
        **told, id=site, name="Cedar House", time_zone=ZONE, address="14 Aspen Loop",
        dea_registration="FC1234563",
    )  # fmt: skip
    register_device(**told, id=new_id(), name="Tablet of room 2", token=TABLET)
    set_pin(organization=cast.house.id, by=cast.members["Tom Akers"], pin=PIN)
    put_on_call(
        **told, id=new_id(), member=cast.members["Helen Osei"].id, place="on-call",
        starts_at=now - timedelta(hours=1), ends_at=now + timedelta(days=9), phone="+15555550123",
        gives_number=True,
    )  # fmt: skip
    safekeeping.open_safe(**told, id=safe, site=site)
    safekeeping.receive(
        **told, id=new_id(), safe=safe, drug=Drug.KETAMINE, concentration=Concentration.mg_per_ml(50),
        volume=Volume.ml(10), lot="K-117", expires_on=now.date() + timedelta(days=200),
        came_from="Cedar Wholesale, invoice 31",
    )  # fmt: skip


def test_nora_comes_from_a_referral_to_an_outcome(clock_and_cast: Any) -> None:
    _walk(*clock_and_cast, _glance)


@pytest.mark.slow
def test_every_step_is_pictured_at_three_widths(clock_and_cast: Any) -> None:
    _walk(*clock_and_cast, _picture)


def _walk(clock: Clock, cast: Cast, look: Look) -> None:
    today = clock.now().astimezone(zone(ZONE))
    person = whole.grace_brings_her_in(cast.at("Grace Lindqvist"), look, today)
    link = whole.link_to_history(cast.at("Grace Lindqvist"), person)
    whole.nora_tells_her_history(cast.phone(), look, link)
    rosa, priya = cast.at("Rosa Marquez"), cast.at("Priya Natarajan")
    whole.rosa_completes_the_screening(rosa, look, person)
    whole.priya_signs_and_plans(priya, look, person, today - timedelta(days=1))
    whole.rosa_keeps_the_preparation(rosa, look, person, today - timedelta(days=1))
    link = whole.rosa_asks_for_the_phq9(rosa, person)
    whole.nora_answers(cast.phone(), look, link, "Nearly every day")
    whole.priya_orders(priya, look, person)
    whole.rosa_draws_up(rosa, look, person)
    room = whole.rosa_doses(rosa, look)

    clock.pass_by(minutes=41)
    rosa = cast.at("Rosa Marquez")
    rosa.goto(room)
    rosa.get_by_role("button", name="All 35 mg have run in").click()
    clock.pass_by(minutes=66)
    rosa = cast.at("Rosa Marquez")
    rosa.goto(room)
    whole.rosa_lets_her_go(rosa, look)

    clock.pass_by(hours=4)
    ended = clock.now().astimezone(zone(ZONE)) - timedelta(minutes=5)
    whole.daniel_integrates(cast.at("Daniel Oyelaran"), look, ended)

    clock.pass_by(days=6)
    link = whole.rosa_asks_for_the_phq9(cast.at("Rosa Marquez"), person)
    whole.nora_answers(cast.phone(), look, link, "Several days")
    helen = cast.at("Helen Osei")
    helen.goto(f"/outcomes/of/{person}/")
    look(helen, "20-outcome")
    assert "24 → 8" in helen.content()
    assert "response: yes (rule “usual”)" in helen.content()
    _account_for(cast, look)


def _account_for(cast: Cast, look: Look) -> None:
    """Inés reads who did what, and that every milliliter is accounted for."""
    ines = cast.at("Inés Calloway")
    ines.goto("/pharmacy/")
    look(ines, "21-safe")
    assert "9.3 mL" in ines.content()
    ines.goto("/audit/")
    look(ines, "22-trail")
    read = _lines(ines)
    while ines.get_by_role("link", name="Older").count():
        with ines.expect_navigation():
            ines.get_by_role("link", name="Older").click()
        read |= _lines(ines)
    assert read >= DONE


def _lines(page: Any) -> set[tuple[str, str]]:
    """Who did what, on one page of the trail."""
    cells = "rows => rows.map(row => [...row.cells].slice(-5, -3).map(cell => cell.innerText.trim()))"
    return {(who, what) for who, what in page.locator("table tbody tr").evaluate_all(cells)}


def _glance(page: Any, _name: str) -> None:
    """Nothing wrong with the page for whoever cannot see it, at the size it is read at."""
    assert accessibility_faults(page) == []


def _picture(page: Any, name: str) -> None:
    """A picture at every width, and nothing wrong at any of them."""
    PICTURES.mkdir(exist_ok=True)
    held = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=PICTURES / f"journey-{name}-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        assert accessibility_faults(page) == []
    page.set_viewport_size(held)
