"""Ada keeps a roster for two sites, signs a ladder's minutes, and sees what became of a drill's calls."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.browsing import sign_in_browser
from tests.journeys.hands import choose, look, press

from kap_clinic.database.identity import new_id

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.slow]


def became(house: Any, told: dict[str, tuple[str, str]]) -> None:
    """Write down what the gateway said of each person's call, as following it does."""
    from kap_clinic.on_call.models import Message

    for row in Message.objects.select_related("member").filter(call__isnull=False):
        what, means = told.get(row.member.name, ("delivered", "sms"))
        row.state, row.sent_at, row.is_real = "sent", row.made_at, True
        row.became = what if row.means == means else "delivered"
        row.became_at = row.made_at + timedelta(seconds=62)
        row.save()


def test_the_director_keeps_two_rosters_signs_the_minutes_and_reads_what_a_drill_reached(
    clinic: Any, live: Any, browser_page: Any
) -> None:
    from kap_clinic.cases.crises import start_drill
    from kap_clinic.on_call.actions import put_on_call
    from kap_clinic.on_call.channels import Outbox
    from kap_clinic.on_call.climbing import climb
    from kap_clinic.organizations.actions import add_site

    house = clinic.organization("Cedar House Retreats")
    sites = {name: new_id() for name in ("Cedar House", "Harbor Clinic")}
    for name, id in sites.items():
        add_site(
            organization=house.id, by=house.member("administrator"), id=id, name=name,
            time_zone="America/Denver",
        )  # fmt: skip
    director = house.member("medical_director", name="Ada Odum", email="ada@example.org")
    rosa, ben = (house.member("nurse", name=name) for name in ("Rosa Marquez", "Ben Ito"))
    now = datetime.now(UTC)
    for member, site in ((rosa, sites["Cedar House"]), (ben, None)):
        put_on_call(
            organization=house.id, by=director, id=new_id(), member=member.id, site=site,
            place="on-call" if site else "backup", starts_at=now, ends_at=now + timedelta(days=2),
            phone="+15555550101",
        )  # fmt: skip
    page = browser_page
    page.set_default_timeout(20_000)
    sign_in_browser(page, house, director)

    page.goto(f"{live.address}/on-call/put/")
    choose(page, "Ben Ito")
    choose(page, "Harbor Clinic")
    page.get_by_label("Telephone").fill("+1 555 555 0102")
    look(page, "put-on-call")
    press(page, "Put somebody on call")
    page.get_by_text("first, Harbor Clinic").first.wait_for()
    look(page, "rosters")

    page.get_by_role("link", name="Who is called when").click()
    page.locator("a[href='/on-call/ladder/crisis/']").click()
    page.get_by_label("The backup, after minutes").fill("3")
    page.get_by_label("What these minutes rest on").fill("Our drills of May.")
    press(page, "Sign these minutes")
    page.get_by_text("Set by Ada Odum").first.wait_for()
    look(page, "ladders")

    case = start_drill(organization=house.id, by=director, id=new_id(), why="Spring drill.")
    from kap.casework.calls import Means
    from kap_clinic.config.environment import read_environment

    folder = read_environment().home / "outbox"
    climb({Means.VOICE: Outbox(folder), Means.SMS: Outbox(folder)})
    with house.acting(action="test.became"):
        became(house, {"Rosa Marquez": ("no-answer", "voice"), "Ben Ito": ("answered", "voice")})
    page.goto(f"{live.address}/cases/{case}/safety/")
    page.get_by_text("not picked up after 1 min").first.wait_for()
    look(page, "what-became")
