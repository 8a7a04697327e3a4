"""Ana answers item 9 on her phone and is gone; Rosa's screen shows it, and help climbs until it is taken."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.browsing import accessibility_faults, free_port, picture, serving, sign_in_browser
from tests.clones import urls_of
from tests.journeys.hands import choose, press
from tests.outside import ACCOUNT, SENDER, TOKEN, mail_server, telephone_exchange

from kap_clinic.database.identity import new_id

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# Half a minute and more: the ladder is climbed by the real worker.
pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
PHONE = {"width": 390, "height": 844}


def looked_at(page: Any, name: str) -> None:
    """Take pictures of a page, on a phone and on a desk, and find nothing wrong with it."""
    held = page.viewport_size
    picture(page, f"crisis-{name}")
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        assert accessibility_faults(page) == []
    page.set_viewport_size(held)


@contextmanager
def streaming(clinic: Any, address: str, port: int) -> Iterator[None]:
    """Run the live stream beside the web server."""
    environment = {
        **os.environ, **urls_of(clinic.cluster, clinic.database), "KAP_PORT": address.rsplit(":", 1)[1],
        "KAP_STREAM_PORT": str(port), "PYTHONPATH": "src",
    }  # fmt: skip
    command = [
        sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--no-ws", "kap_clinic.stream.app:application",
    ]  # fmt: skip
    with subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True) as process:
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"http://localhost:{port}/stream/health", timeout=2).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield
        finally:
            # An open line would keep it from ending by itself; its worker is ended with it.
            os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture
def here(clinic: Any) -> Iterator[str]:
    """The web server and the live stream; their address."""
    port = free_port()
    with serving(clinic, KAP_STREAM_PORT=str(port)) as server, streaming(clinic, server.address, port):
        yield server.address


@pytest.fixture
def outside(here: str) -> Iterator[Any]:
    """A mail server and a telephone gateway, and settings in which our own ladder climbs to them."""
    from django.conf import settings
    from django.test import override_settings

    from kap_clinic.config.telephone import Telephone

    with mail_server() as mail, telephone_exchange() as exchange:
        base = f"http://127.0.0.1:{exchange.port}"
        gateway = Telephone(base=base, account=ACCOUNT, token=TOKEN, sender=SENDER)
        told = replace(settings.ENVIRONMENT, smtp_host="127.0.0.1", telephone=gateway, origin=here)
        with override_settings(
            ENVIRONMENT=told, EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1", EMAIL_PORT=mail.port,
        ):  # fmt: skip
            yield mail, exchange


@pytest.fixture
def house(clinic: Any) -> Any:
    """A house with a place, so that it has a day board."""
    from kap_clinic.organizations.actions import add_site

    house = clinic.organization("Cedar House")
    add_site(
        organization=house.id, by=house.member("administrator"), id=new_id(), name="Cedar House",
        time_zone="America/Denver",
    )  # fmt: skip
    return house


def put(house: Any, by: Any, member: Any, place: str, phone: str) -> None:
    """Put somebody on call for a day."""
    from kap_clinic.on_call.actions import put_on_call

    now = datetime.now(UTC)
    put_on_call(
        organization=house.id, by=by, id=new_id(), member=member.id, place=place, starts_at=now,
        ends_at=now + timedelta(days=1), phone=phone, email=f"{place}@example.org",
        gives_number=place == "on-call",
    )  # fmt: skip


def sent(house: Any, by: Any, person: UUID) -> str:
    """Ask Ana the PHQ-9 by link; return the address of item 9."""
    from kap_clinic.measures.asking import ask
    from kap_clinic.measures.links import give_link
    from kap_clinic.measures.tokens import address_of

    asked, link = new_id(), new_id()
    told = {"organization": house.id, "by": by}
    ask(**told, id=asked, person=person, instrument="phq9", filled_by="link")
    give_link(**told, id=link, person=person, language="en")
    return f"{address_of(house.id, link)}{asked}/9/"


def columbia(house: Any) -> UUID:
    """Return the C-SSRS that was asked because of item 9."""
    from kap_clinic.measures.models import Asked

    with house.acting():
        asked: UUID = Asked.objects.get(instrument="cssrs-screener").id
    return asked


def climbed(minutes: float) -> None:
    """Climb the ladder by a clock of our own, so long after now."""
    from django.conf import settings

    from kap_clinic.on_call.channels import channels_of
    from kap_clinic.on_call.climbing import climb

    climb(channels_of(settings.ENVIRONMENT), datetime.now(UTC) + timedelta(minutes=minutes, seconds=1))


def test_item_nine_is_seen_at_once_the_questions_are_asked_and_a_crisis_climbs_until_it_is_taken(
    house, here, outside, chromium
):
    from kap_clinic.people.actions import open_chart
    from kap_clinic.people.contacts import Contact

    mail, exchange = outside
    nurse = house.member("nurse", name="Rosa Marquez")
    backup = house.member("nurse", name="Ben Ito")
    director = house.member("medical_director", name="Ada Odum", email="ada@example.org")
    person = new_id()
    open_chart(
        organization=house.id, by=nurse, id=person, name="Ana Keller", birth="1984-03-27",
        contact=Contact(phone="+1 555 555 0155", address="12 Elm Street, Lyons CO"),
    )  # fmt: skip
    put(house, director, nurse, "on-call", "+15555550101")
    put(house, director, backup, "backup", "+15555550102")
    question = sent(house, nurse, person)

    desk = chromium.new_context(base_url=here, viewport=PHONE, locale="en-US", reduced_motion="reduce")
    board = desk.new_page()
    board.set_default_timeout(20_000)
    sign_in_browser(board, house, nurse)
    board.goto("/")
    board.locator("[data-live-marker][data-state=live]").wait_for(state="attached")

    phone = chromium.new_context(viewport=PHONE, reduced_motion="reduce")
    ana = phone.new_page()
    ana.goto(question)
    choose(ana, "Several days")
    with ana.expect_request(lambda request: request.method == "POST"):
        ana.get_by_role("button", name="Keep this answer").click(no_wait_after=True)
    began = time.monotonic()
    board.get_by_text("Ask about suicide now").first.wait_for()
    print(f"on the nurse's screen {time.monotonic() - began:.2f} s after the answer left the phone")
    ana.get_by_text("+15555550101").wait_for()
    phone.close()

    board.goto(f"/measures/{person}/forms/{columbia(house)}/enter/")
    for number in range(1, 8):
        board.locator(f"label[for='id_i-{number}_1']").click()
    board.locator("form.form button[type=submit]").click()
    board.wait_for_url(lambda url: "enter" not in url)
    board.goto("/")
    board.get_by_text("Crisis: never left alone").first.wait_for()

    # Item 9 had called who is on call once already; the crisis calls anew.
    climbed(0)
    first = len(exchange.taken)
    for minutes in (5, 5, 10, 15, 15):
        climbed(minutes)
    told = [(one["what"], one["to"]) for one in exchange.taken[first:]]
    assert sorted(told) == sorted(
        [(what, to) for what in ("Calls", "Messages") for to in ("+15555550101", "+15555550102")]
        + [(what, "+15555550102") for what in ("Calls", "Messages")]
    )
    assert [str(one["To"]) for one in mail.letters].count("ada@example.org") == 2

    link = re.search(r"/on-call/calls/[0-9a-f-]+/", exchange.made("Messages")[-1]["body"])
    assert link is not None
    board.goto(link[0])
    board.get_by_role("heading", name="Crisis: never left alone").wait_for()
    board.get_by_role("link", name="+1 555 555 0155").wait_for()
    looked_at(board, "untaken")
    press(board, "I take it")
    board.get_by_text("Go to them, or stay on the line").wait_for()
    before = len(exchange.taken)
    climbed(40)
    assert len(exchange.taken) == before
    for words, said in (("with them", "On the line with her."), ("means", "Her sister keeps the tablets.")):
        board.get_by_role("link", name=re.compile(f"Note it as done.*{words}")).click()
        board.get_by_label("What was said or agreed").fill(said)
        press(board, "Note it as done")
    board.locator(f"a[href='/cases/plan/{person}/']").first.click()
    board.get_by_role("link", name="Write a safety plan").click()
    for part in ("How I notice", "People I can ask", "How we keep out of reach"):
        board.get_by_label(re.compile(part)).fill("My sister Lea, +1 555 555 0160.")
    press(board, "Keep this plan")
    looked_at(board, "plan")
    board.get_by_role("link", name="They have it").click()
    choose(board, "On paper")
    press(board, "They have it")

    sign_in_browser(board, house, director)
    board.goto("/on-call/")
    looked_at(board, "roster")
    board.goto(link[0])
    board.get_by_role("link", name="Close the case").click()
    choose(board, "Safe now, with a safety plan")
    board.get_by_label("What comes next").fill("Rosa calls tomorrow at 9.")
    press(board, "Close the case")
    board.get_by_text("Safe now, with a safety plan, said by Ada Odum").first.wait_for()
    desk.close()
