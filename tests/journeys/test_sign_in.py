"""Mira Anand is invited, joins with a passkey, signs in by each way she has, locks and unlocks her screen."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import struct
import time
from pathlib import Path
from typing import Any

import pytest
from tests.browsing import accessibility_faults, picture, sign_in_browser

# Playwright keeps a loop in this thread; Django would take the making of our database for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database]

PASSWORD = "a quiet room with paper"


def authenticator_code(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238: SHA-1, six digits, thirty seconds)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def mail_sent() -> str:
    """Run the mail job that waits, as the worker does, and return the newest letter."""
    from django.conf import settings
    from procrastinate.contrib.django.models import ProcrastinateJob

    from kap_clinic.accounts.jobs import send_invitation

    job = ProcrastinateJob.objects.latest("id")
    send_invitation(**job.args)
    letters = sorted(Path(settings.EMAIL_FILE_PATH).iterdir(), key=lambda one: one.stat().st_mtime_ns)
    return letters[-1].read_text()


@pytest.fixture
def looked_at(browser_page: Any) -> Any:
    """Takes pictures of a page, and finds nothing wrong with it: no fault of axe, no word on the console."""
    spoken: list[str] = []
    # No stream runs here, and a refused answer is not a fault: both only fail to load.
    browser_page.on(
        "console",
        lambda said: (
            spoken.append(said.text) if said.type == "error" and "Failed to load" not in said.text else None
        ),
    )
    browser_page.on("pageerror", lambda error: spoken.append(str(error)))

    def look(name: str) -> None:
        picture(browser_page, f"sign-in-{name}")
        browser_page.set_viewport_size({"width": 1440, "height": 900})
        assert (accessibility_faults(browser_page), spoken) == ([], [])

    return look


@pytest.fixture
def passkeys(browser_page: Any) -> Any:
    """An authenticator in the device, with a finger that always fits."""
    session = browser_page.context.new_cdp_session(browser_page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def menu(page: Any, words: str) -> None:
    page.locator("details.menu summary").click()
    page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first.click()


def test_mira_is_invited_and_signs_in_by_every_way_she_has(browser_page, live, looked_at, passkeys):
    house, page = live.clinic.organization("Cedar House"), browser_page
    page.set_default_timeout(10_000)
    administrator = house.member("administrator", name="Ada Whitlock")
    sign_in_browser(page, house, administrator)

    page.goto("/staff/invitations/new/")
    looked_at("invite")
    page.get_by_label("Name").fill("Mira Anand")
    page.get_by_label("E-mail address").fill("mira@example.org")
    page.locator("label", has_text="Nurse").click()
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_text("The invitation is on its way").wait_for()
    looked_at("invitations")

    letter = mail_sent()
    assert "Cedar House invites you" in letter
    assert not re.search("nurse", letter, re.I)
    link = re.search(r"https?://[^/\s]+(/account/invitation/\S+)", letter).group(1)
    page.context.clear_cookies()

    page.goto(link)
    looked_at("join")
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()

    # Nothing opens before there is a second factor.
    page.get_by_role("heading", name="One more thing before you start").wait_for()
    looked_at("second-step-first")
    page.goto("/staff/")
    page.get_by_role("link", name="Set up a passkey").click()
    looked_at("add-passkey")
    page.get_by_label("What to call it").fill("My phone")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    looked_at("recovery-codes")
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("heading", name="Day board").wait_for()

    menu(page, "Sign out")
    page.get_by_role("heading", name="Sign in").wait_for()
    looked_at("sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Day board").wait_for()

    menu(page, "Lock this screen")
    page.get_by_role("heading", name="Locked").wait_for()
    looked_at("locked")
    page.goto("/staff/")
    page.get_by_role("heading", name="Locked").wait_for()
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Unlock with your password").click()
    page.get_by_text("That is not the password").first.wait_for()
    looked_at("locked-wrong")
    page.get_by_role("button", name="Unlock with your passkey").click()
    page.get_by_role("heading", name="Day board").wait_for()

    menu(page, "Your account")
    page.get_by_role("link", name="Set up an authenticator app").click()
    looked_at("set-up-app")
    page.get_by_text("I cannot scan it").click()
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Authenticator code").fill(authenticator_code(secret))
    page.get_by_role("button", name="Switch the app on").click()
    page.get_by_role("heading", name="Your account").wait_for()
    looked_at("account")

    menu(page, "Sign out")
    page.get_by_label("Email").fill("mira@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Second step").wait_for()
    looked_at("second-step")
    page.get_by_label("Code").fill(authenticator_code(secret))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Day board").wait_for()

    menu(page, "Sign out")
    page.get_by_label("Email").fill("mira@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Day board").wait_for()

    came = [(action, outcome) for action, outcome, _who in house.trail()]
    assert came.count(("accounts.sign_in", "done")) == 4
    assert came.count(("accounts.sign_out", "done")) == 3
    assert came.count(("accounts.unlock", "refused")) == 1
    assert came.count(("accounts.lock", "done")) == came.count(("accounts.unlock", "done")) == 1


def test_the_pages_of_staff_and_organization_are_whole_for_everybody(browser_page, live, looked_at):
    from kap_clinic.accounts import actions, invitations
    from kap_clinic.database.identity import new_id
    from kap_clinic.organizations.actions import add_site, share_site

    house, other = live.clinic.organization("Cedar House"), live.clinic.organization("Juniper Practice")
    ada, mira = house.member("administrator", name="Ada Whitlock"), house.member("nurse", name="Mira Anand")
    house.member("medical_director", "prescriber", name="Helen Osei")
    site, theirs, by = new_id(), new_id(), {"organization": house.id, "by": ada}
    add_site(
        **by, id=site, name="Cedar Lodge", address="14 Aspen Loop, Salida, CO 81201",
        time_zone="America/Denver", dea_registration="FC1234563",
    )  # fmt: skip
    add_site(organization=other.id, by=other.program, id=theirs, name="Mill Road", time_zone="America/Denver")
    share_site(
        organization=other.id, by=other.program, id=new_id(), site=theirs, receiver=house.id,
        receiver_name="Cedar House", because="The joint spring retreat",
    )  # fmt: skip
    grant = new_id()
    share_site(
        **by, id=grant, site=site, receiver=other.id, receiver_name="Juniper Practice",
        because="The joint spring retreat",
    )  # fmt: skip
    actions.change_roles(
        **by, id=new_id(), member=mira.id, roles=["nurse", "custodian"], because="Keeps the safe since May"
    )
    actions.change_phone(**by, id=new_id(), member=mira.id, phone="+1 303 555 0142")
    invited = new_id()
    invitations.invite(
        **by, id=invited, email="ben@example.org", name="Ben Tran", roles=["therapist"], sites=[site]
    )
    sign_in_browser(browser_page, house, ada)
    for name, address in {
        "staff": "/staff/",
        "roles": "/staff/roles/",
        "person": f"/staff/{mira.id}/",
        "person-roles": f"/staff/{mira.id}/roles/",
        "person-left": f"/staff/{mira.id}/leaving/",
        "invited": "/staff/invitations/",
        "withdraw": f"/staff/invitations/{invited}/withdraw/",
        "organization": "/organization/",
        "organization-change": "/organization/change/",
        "sites": "/organization/sites/",
        "site": f"/organization/sites/{site}/",
        "site-theirs": f"/organization/sites/{theirs}/",
        "site-new": "/organization/sites/new/",
        "share": f"/organization/sites/{site}/share/",
        "grants": "/organization/sharing/",
        "grant-end": f"/organization/sharing/{grant}/end/",
        "account-bare": "/account/",
        "password": "/account/password/change/",
        "forgotten": "/account/password/reset/done/",
    }.items():
        browser_page.goto(address)
        looked_at(name)
    browser_page.goto("/staff/")
    browser_page.get_by_label("Find by name").fill("zz")
    browser_page.get_by_role("button", name="Search").click()
    assert browser_page.url.endswith("/staff/")
    looked_at("staff-nobody")
