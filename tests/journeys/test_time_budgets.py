"""How long the room's acts take a nurse: taps and keys times stated constants, and what the server took.

The constants are the keystroke-level model's: a key 0.28 s, a tap at a target 1.1 s, a moment to decide
1.35 s (Card, Moran and Newell 1980, 10.1145/358886.358895). The table is printed beside the budgets; no
duration is asserted, only how many taps and keys each act takes.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browsing import serving
from tests.dosed import PIN
from tests.in_room import treatment
from tests.journeys.test_dosing_day import an_hour_after, screen_of

from kap.vocabulary.quantities import Mass
from kap_clinic.dosing_day import giving

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.slow]

KEY, TAP, DECIDE = 0.28, 1.1, 1.35
BUDGETS = {"vitals": 8, "event": 3, "dose by two": 10, "waste": 10, "discharge": 60, "note": 10}


@dataclass
class Hands:
    """A pair of hands on a screen: what they tap and type is counted, and how long the page took."""

    page: Any
    taps: int = 0
    keys: int = 0
    waited: float = 0.0

    def tap(self, place: Any) -> None:
        """Tap something that does not leave the page."""
        self.taps += 1
        place.check() if place.get_attribute("type") in ("radio", "checkbox") else place.click()

    def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        self.keys += len(text)
        self.page.keyboard.type(text)

    def send(self, button: Any) -> None:
        """Tap what sends a form, and wait for the page that answers."""
        self.taps += 1
        began = time.monotonic()
        with self.page.expect_navigation():
            button.click()
        self.waited += time.monotonic() - began

    @property
    def seconds(self) -> float:
        """What it takes, one decision included."""
        return DECIDE + self.taps * TAP + self.keys * KEY + self.waited


def test_the_acts_of_the_room_beside_their_budgets(clinic, chromium, monkeypatch, capsys):
    found = {}
    with serving(clinic) as server:
        day = treatment(clinic)
        session = day.ready()
        giving.time_out(**day.by("nurse", session=session, second=day.second))
        page = screen_of(chromium, server, day.house, day.staff["nurse"])
        page.goto(f"/dosing-day/{session}/")
        found["dose by two"] = _dose(page)
        found["vitals"] = _vitals(page)
        found["event"] = _event(page)
        [dose] = day.file(session).session.doses
        stopped = {"dose": dose.id, "amount_in": Mass.mg("17.5"), "why": "Distress."}
        giving.stop_dose(**day.by("nurse", session=session, **stopped))
        page.goto(f"/dosing-day/{session}/")
        found["waste"] = _waste(page)
        page.context.close()

        later = treatment(clinic)
        session = an_hour_after(later, monkeypatch)
        page = screen_of(chromium, server, later.house, later.staff["nurse"])
        page.goto(f"/dosing-day/{session}/")
        found["discharge"] = _discharge(page)
        found["note"] = _note(page)
        page.context.close()
    with capsys.disabled():
        print(f"\n{'act':<14}{'taps':>6}{'keys':>6}{'server s':>10}{'all s':>8}{'budget s':>10}")
        for name, hands in found.items():
            print(
                f"{name:<14}{hands.taps:>6}{hands.keys:>6}{hands.waited:>10.2f}{hands.seconds:>8.1f}"
                f"{BUDGETS[name]:>10}"
            )
    assert {name: (hands.taps, hands.keys) for name, hands in found.items()} == {
        "dose by two": (3, 6),
        "vitals": (2, 11),
        "event": (1, 0),
        "waste": (3, 6),
        "discharge": (8, 7),
        "note": (2, 0),
    }


def _dose(page: Any) -> Hands:
    hands = Hands(page)
    # The second person is chosen from a list: one tap opens it, one chooses.
    hands.taps += 1
    page.get_by_label("Second person").select_option(label="Maya Ito")
    hands.tap(page.get_by_label("Their PIN"))
    hands.type(PIN)
    hands.send(page.get_by_role("button", name="Give 35 mg"))
    return hands


def _vitals(page: Any) -> Hands:
    hands = Hands(page)
    hands.tap(page.get_by_label("Upper"))
    for number in ("138", "84", "92", "97", "14"):
        hands.type(number)
    hands.send(page.get_by_role("button", name="Chart vitals"))
    return hands


def _event(page: Any) -> Hands:
    hands = Hands(page)
    hands.send(page.get_by_role("button", name="Nausea"))
    return hands


def _waste(page: Any) -> Hands:
    hands = Hands(page)
    hands.send(page.get_by_role("link", name="Waste 17.5 mg"))
    # Who stood second the last time is chosen already.
    expect(page.get_by_label("Who stands second").locator("option:checked")).to_have_text("Maya Ito")
    hands.tap(page.get_by_label("Their PIN"))
    hands.type(PIN)
    hands.send(page.get_by_role("button", name="Waste 0.35 mL"))
    expect(page.get_by_text("Done, and signed by two.")).to_be_visible()
    return hands


def _discharge(page: Any) -> Hands:
    hands = Hands(page)
    hands.tap(page.get_by_label("Upper"))
    for number in ("126", "80"):
        hands.type(number)
    page.get_by_label("SpO₂").fill("98")
    hands.keys += 2
    hands.tap(page.get_by_role("group", name="Sedation").get_by_role("radio", name="5", exact=True))
    hands.tap(page.get_by_label("I spoke to them"))
    hands.send(page.get_by_role("button", name="Chart vitals"))
    for group, choice in (
        ("Oriented, steady", "Yes"), ("Instructions given", "Yes"), ("With whom", "The escort is here"),
    ):  # fmt: skip
        hands.tap(page.get_by_role("group", name=group).get_by_role("radio", name=choice, exact=True))
    hands.send(page.get_by_role("button", name="Let them go"))
    return hands


def _note(page: Any) -> Hands:
    hands = Hands(page)
    hands.send(page.get_by_role("link", name="Read the note"))
    hands.send(page.get_by_role("button", name="Sign and lock"))
    return hands
