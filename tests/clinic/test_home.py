"""The first page after signing in: the day board for those who work with it, else a place of their own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kap_clinic.database.identity import new_id
from kap_clinic.organizations.models import Sharing, Site

pytestmark = pytest.mark.database
NOON = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)


def test_a_nurse_sees_the_day_board(clinic):
    house = clinic.organization()
    answer = house.client_for(house.member("nurse")).get("/")
    assert (answer.status_code, "Day board" in answer.text) == (200, True)


def test_an_administrator_is_led_to_the_staff_and_not_refused(clinic):
    house = clinic.organization()
    administrator = house.member("administrator")
    answer = house.client_for(administrator).get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/staff/")
    assert house.trail() == [("website.day_board", "done", administrator.id)]


def test_a_person_without_any_staff_page_is_refused_in_words(clinic):
    house = clinic.organization()
    client = house.member("client")
    answer = house.client_for(client).get("/")
    assert answer.status_code == 403
    assert house.trail() == [("website.day_board", "refused", client.id)]


def test_the_day_board_has_no_tab_for_a_site_that_another_organization_shares(clinic):
    ours, theirs = clinic.organization("Ours"), clinic.organization("Theirs")
    site = new_id()
    with theirs.acting():
        Site.objects.create(
            id=site, organization_id=theirs.id, name="Lake house", time_zone="UTC", opened_at=NOON
        )
        Sharing.objects.create(
            organization_id=theirs.id, receiver_id=ours.id, kind="site", subject_id=site,
            because="one retreat", granted_at=NOON, granted_by=theirs.program.id,
        )  # fmt: skip
    answer = ours.client_for(ours.member("nurse")).get("/")
    assert "Lake house" not in answer.text
