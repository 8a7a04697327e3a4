"""Inés, an inspector, reads who did what, narrows it, has it verified, and takes a copy home."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from tests.browsing import accessibility_faults, picture, sign_in_browser

from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import acting
from kap_clinic.database.identity import new_id

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytestmark = [pytest.mark.browser, pytest.mark.database]


@pytest.fixture
def house(clinic: Any) -> Any:
    """A house in which people have worked for a morning."""
    from kap_clinic.audit.sealer import Sealer
    from kap_clinic.keys.ring import home
    from kap_clinic.organizations.actions import add_site

    made = clinic.organization("Cedar House")
    site = new_id()
    add_site(organization=made.id, by=made.program, id=site, name="Denver", time_zone="America/Denver")
    nora, omar = made.member("nurse", name="Nora Quist"), made.member("coordinator", name="Omar Haddad")
    for number in range(60):
        with acting(made.id, (nora, omar)[number % 2], "organizations.see_site") as act:
            act.about(site)
    with pytest.raises(Refused), acting(made.id, omar, "organizations.change_site") as act:
        act.about(site)
        raise Refused(sentence("Your role may not {what}. An administrator may.", what="change sites"))
    Sealer(home()).tick()
    with acting(made.id, nora, "organizations.see_sites") as act:
        act.about(site, nora.id, omar.id, new_id())
    return made


def wide_or_not(page: Any, width: int) -> int:
    """Return by how many pixels the page is wider than its window."""
    page.set_viewport_size({"width": width, "height": 900})
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def test_ines_reads_narrows_verifies_and_copies_the_trail(house, browser_page, tmp_path):
    page = browser_page
    sign_in_browser(page, house, house.member("inspector", name="Inés Prüfer"))
    page.goto("/audit/")
    picture(page, "audit")
    assert accessibility_faults(page) == []
    assert [wide_or_not(page, width) for width in (360, 390, 1440, 2560)] == [0, 0, 0, 0]

    page.get_by_text("Only what was refused").click()
    page.get_by_role("button", name="Show these").click()
    assert page.get_by_text("refused: Your role may not …").is_visible()
    picture(page, "audit-narrowed")
    page.get_by_role("link", name="Show all").click()

    page.get_by_role("link", name="Older").click()
    assert page.get_by_role("link", name="Newer").is_visible()

    with page.expect_download() as waiting:
        page.get_by_role("link", name="Take a copy as CSV").click()
    copy = Path(waiting.value.path()).read_text()
    assert copy.count("Looked at a site") == 60

    page.goto("/audit/")
    page.get_by_role("button", name="Verify now").click()
    assert page.get_by_text("Nothing was changed, removed or added").is_visible()
    picture(page, "audit-proof")
    assert accessibility_faults(page) == []


def test_a_broken_trail_is_said_loudly_and_where(house, clinic, browser_page):
    import psycopg

    with psycopg.connect(**clinic.cluster.superuser_address(clinic.database).conninfo()) as server:
        server.execute("SET session_replication_role = replica")
        server.execute("UPDATE audit_entry SET action = 'audit.see' WHERE action = 'organizations.add_site'")
    page = browser_page
    sign_in_browser(page, house, house.member("inspector", name="Inés Prüfer"))
    page.goto("/audit/")
    page.get_by_role("button", name="Verify now").click()
    assert page.get_by_role("heading", name="The audit is not what was sealed").is_visible()
    assert page.get_by_text("Row 2 is not what was sealed.").is_visible()
    picture(page, "audit-broken")
    assert accessibility_faults(page) == []
