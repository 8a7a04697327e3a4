"""Item 9 on a phone whose tab is closed, a crisis, and everything killed in turn while nobody answers."""

from __future__ import annotations

import random
import re
import time
from collections import Counter

import pytest
from bench.alarm import forms_of
from bench.live import nurse_of
from bench.running import running_clinic
from tests.journeys.hands import choose
from tests.journeys.storm_hands import (
    asked,
    calls,
    chains_hold,
    deploy,
    is_over,
    kill,
    set_minutes,
    until,
)  # fmt: skip
from tests.outside import SENDER, mail_server, telephone_exchange

# Some minutes: the whole clinic under its supervisor, on the real clock.
pytestmark = [pytest.mark.browser, pytest.mark.slow]

MINUTES = [0, 1, 2, 3]
STEPS = ["on-call", "backup", "medical-director", "everybody"]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def outside(monkeypatch):
    """A mail server and a telephone gateway, and a clinic told to use them."""
    with mail_server() as mail, telephone_exchange() as exchange:
        monkeypatch.setenv("KAP_SMTP_URL", f"smtp://127.0.0.1:{mail.port}")
        monkeypatch.setenv("KAP_MAIL_FROM", "kap@example.org")
        monkeypatch.setenv("KAP_TELEPHONE_URL", exchange.url)
        monkeypatch.setenv("KAP_TELEPHONE_FROM", SENDER)
        yield mail, exchange


def nurse_page(chromium, clinic, cookies):
    """The nurse's day board on a phone, its line to the stream open."""
    page = chromium.new_page(base_url=f"http://localhost:{clinic.port}", viewport=PHONE)
    here = {"domain": "localhost", "path": "/"}
    page.context.add_cookies([{"name": k, "value": v, **here} for k, v in cookies.items()])
    page.set_default_timeout(60_000)
    page.goto("/")
    page.locator("[data-live-marker][data-state=live]").wait_for(state="attached")
    return page


def answer_and_be_gone(chromium, question):
    """Answer item 9 on a phone and close its tab at once."""
    phone = chromium.new_context(viewport=PHONE, has_touch=True)
    ana = phone.new_page()
    ana.goto(question)
    choose(ana, "Several days")
    ana.locator(".help-now a[href='tel:988']").wait_for()
    ana.get_by_role("button", name="Keep this answer").tap(no_wait_after=True)
    phone.close()


def test_a_storm_of_kills_and_a_deploy_loses_no_step_of_the_ladder_and_doubles_none_unseen(outside, chromium):
    mail, exchange = outside
    chance = random.Random(20261122)
    with running_clinic() as clinic:
        [form] = forms_of(clinic, 1, nurse_of(clinic))
        set_minutes(clinic, form["person"], MINUTES)
        board = nurse_page(chromium, clinic, clinic.sign_in("Nurse").cookies)
        answer_and_be_gone(chromium, form["question"])
        board.get_by_text(form["name"]).first.wait_for()

        [(rated,)] = asked(
            clinic, "SELECT id FROM measures_asked WHERE person_id = %s AND instrument = 'cssrs-screener'",
            form["person"],
        )  # fmt: skip
        board.goto(f"/measures/{form['person']}/forms/{rated}/enter/")
        for number in range(1, 8):
            board.locator(f"label[for='id_i-{number}_1']").click()
        board.locator("form.form button[type=submit]").first.click()
        board.wait_for_url(lambda url: "enter" not in url)
        board.goto("/")
        board.get_by_text("Crisis: never left alone").first.wait_for()

        began, killed, number = time.monotonic(), Counter(), 0
        while time.monotonic() < began + 60 * MINUTES[-1] + 20:
            time.sleep(chance.uniform(1, 6))
            killed[deploy(clinic) if number == 10 else kill(clinic, number)] += 1
            number += 1
        assert until(lambda: is_over(calls(clinic, form["person"]), len(STEPS)), 240)

        made = calls(clinic, form["person"])
        [(kind, taken_at, closed_at)] = asked(
            clinic, "SELECT kind, taken_at, closed_at FROM cases_case WHERE person_id = %s", form["person"]
        )
        board.get_by_text("Crisis: never left alone").first.wait_for()
        board.locator("[data-live-marker][data-state=live]").wait_for(state="attached")
        assert until(lambda: chains_hold(clinic), 60)
    print(f"\nkilled {dict(killed)}")
    steps = {row[0]: (row[1], row[2], row[3]) for row in made}
    assert [who for who, _due, _at in steps.values()] == STEPS
    assert all(at >= due for _who, due, at in steps.values()), "none before its minute"
    for who, due, at in steps.values():
        print(f"{who:<18}{(at - due).total_seconds():6.1f} s after its minute")
    assert (kind, taken_at, closed_at) == ("crisis", None, None)
    assert exactly_once(made, exchange.made("Messages"), "sms")
    assert exactly_once(made, mail.by_name().values(), "email")
    doubled = calls_told_apart(made, exchange.made("Calls"))
    print(f"calls made again behind a kill: {doubled}")


def exactly_once(made, taken, means):
    """Say whether each message of the crisis stands out there once."""
    ids = [str(row[4]) for row in made if row[5] == means]
    texts = [one["body"] if isinstance(one, dict) else str(one.get_payload()) for one in taken]
    told = Counter(re.findall(r"calls/([0-9a-f-]{36})", " ".join(texts).replace("=\n", "")))
    return bool(ids) and all(told[id] == 1 for id in ids)


def calls_told_apart(made, taken):
    """Count the calls that were made twice; every one of the crisis was made, and says its number."""
    said = Counter(one["twiml"] for one in taken)
    numbers = {" ".join(f"{row[4].int % 10_000:04}") for row in made if row[5] == "voice"}
    heard = [twiml for twiml in said if any(f"Call number {number}." in twiml for number in numbers)]
    assert len(heard) >= len(numbers) > 0
    return sum(said[twiml] - 1 for twiml in heard)
