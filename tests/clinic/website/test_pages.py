"""The frame, the day board, the error pages and the refusal, on a real database."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from kap_clinic.database.identity import new_id
from kap_clinic.website import errors
from kap_clinic.website.frame import OWN_PLACES, PLACES

pytestmark = pytest.mark.database


def open_site(house, name="Cedar House", time_zone="America/Denver"):
    from kap_clinic.organizations.models import Site

    with house.acting(action="test.site"):
        site = Site.objects.create(
            id=new_id(), organization_id=house.id, name=name, time_zone=time_zone,
            opened_at=datetime(2025, 1, 1, tzinfo=UTC),
        )  # fmt: skip
    return site.id


def text_of(response):
    return response.content.decode()


def test_a_day_without_a_site_says_what_is_missing_and_who_can_mend_it(clinic):
    house = clinic.organization()
    page = text_of(house.client_for(house.member("nurse")).get("/"))
    assert "No site yet" in page
    assert "An administrator can open one" in page
    assert "Nobody is on today&#x27;s schedule." in page


def test_an_empty_day_says_so_with_the_place_and_its_own_clock(clinic):
    house = clinic.organization()
    open_site(house)
    page = text_of(house.client_for(house.member("nurse")).get("/"))
    assert "Nobody needs anything right now." in page
    assert 'data-zone="America/Denver"' in page
    assert "No site yet" not in page


def test_each_site_has_its_own_board_and_an_unknown_one_falls_back(clinic):
    house = clinic.organization()
    open_site(house, "Cedar House", "America/Denver")
    birch = open_site(house, "Birch Lodge", "America/New_York")
    client = house.client_for(house.member("nurse"))
    assert "America/New_York" in text_of(client.get("/"))
    assert "America/New_York" in text_of(client.get(f"/?site={birch}"))
    assert "America/New_York" in text_of(client.get("/?site=nonsense"))
    assert text_of(client.get("/")).count('aria-label="Sites"') == 1


def test_a_site_where_a_person_does_not_work_is_not_on_their_board(clinic):
    house = clinic.organization()
    cedar = open_site(house, "Cedar House")
    open_site(house, "Birch Lodge")
    page = text_of(house.client_for(house.member("nurse", sites=[cedar])).get("/"))
    assert "Cedar House" in page
    assert "Birch Lodge" not in page


def test_another_organization_s_sites_are_not_on_the_board(clinic):
    here, there = clinic.organization("Here"), clinic.organization("There")
    open_site(there, "Elsewhere House")
    assert "Elsewhere House" not in text_of(here.client_for(here.member("nurse")).get("/"))


def test_an_inspector_starts_at_the_first_place_that_is_theirs(clinic):
    house = clinic.organization()
    response = house.client_for(house.member("inspector")).get("/")
    assert (response.status_code, response["Location"]) == (302, "/pharmacy/")


def test_somebody_without_any_place_is_refused_in_words(clinic):
    house = clinic.organization()
    response = house.client_for(house.member("client")).get("/")
    assert response.status_code == 403
    assert "You may not see the day board; that is the work of:" in text_of(response)
    assert "in the audit" in text_of(response)
    assert ("website.day_board", "refused") in [row[:2] for row in house.trail()]


def test_the_menu_holds_what_a_role_may_open_and_nothing_else(clinic):
    house = clinic.organization()
    nurse = text_of(house.client_for(house.member("nurse")).get("/"))
    director = text_of(house.client_for(house.member("medical_director")).get("/"))
    assert re.search(r'<a href="/" aria-current="page">Day board</a>', nurse)
    assert ">Audit</a>" not in nurse
    assert ">Audit</a>" in director


def test_every_place_in_the_menus_is_a_page_of_this_installation(clinic):
    from django.urls import reverse

    for place in (*PLACES, *OWN_PLACES):
        assert reverse(place.url_name).startswith("/")


def test_light_or_dark_is_remembered_for_the_device_before_anyone_signs_in(clinic):
    client = Client(HTTP_HOST="localhost")
    answer = client.post("/theme", {"theme": "dark", "next": "/design"})
    assert (answer.status_code, answer["Location"]) == (302, "/design")
    assert '<html lang="en" data-theme="dark">' in text_of(client.get("/design"))
    client.post("/theme", {"theme": "", "next": "/design"})
    assert '<html lang="en">' in text_of(client.get("/design"))


@pytest.mark.parametrize("theme", ["pink", '"><script>', "DARK"])
def test_a_theme_we_do_not_have_is_not_kept(clinic, theme):
    client = Client(HTTP_HOST="localhost")
    client.post("/theme", {"theme": theme})
    assert '<html lang="en">' in text_of(client.get("/design"))


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_choosing_a_theme_never_leads_away_from_us(clinic, away):
    assert Client(HTTP_HOST="localhost").post("/theme", {"theme": "dark", "next": away})["Location"] == "/"


def test_the_design_page_is_for_staff_where_people_are_real(clinic, monkeypatch):
    from dataclasses import replace

    from kap_clinic.config.environment import Mode

    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, mode=Mode.PRODUCTION))
    house = clinic.organization()
    for address in ("/design", "/design/day-board"):
        assert Client(HTTP_HOST="localhost").get(address).status_code == 302
        assert house.client_for(house.member("nurse")).get(address).status_code == 200


def test_a_specimen_we_do_not_have_is_nothing(clinic):
    assert Client(HTTP_HOST="localhost").get("/design/unheard-of").status_code == 404


def test_nothing_at_an_address_is_answered_in_our_words(clinic):
    response = Client(HTTP_HOST="localhost").get("/no/such/page")
    assert response.status_code == 404
    assert "There is nothing at this address" in text_of(response)
    assert "/no/such/page" not in text_of(response)


def test_a_form_from_elsewhere_is_answered_in_our_words(clinic):
    response = Client(HTTP_HOST="localhost", enforce_csrf_checks=True).post("/theme", {"theme": "dark"})
    assert response.status_code == 403
    assert "This form was open too long" in text_of(response)


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (errors.bad_request, 400, "Nothing was changed."),
        (errors.forbidden, 403, "ask an administrator"),
        (errors.not_found, 404, "We do not say which."),
        (errors.broken, 500, "Everything saved before is safe."),
        (errors.offline, 200, "go on with paper"),
    ],
)
def test_an_error_page_says_what_is_lost_and_what_to_do_without_touching_a_table(
    cluster, view, status, words
):
    # No database fixture: a query would raise, as no door is open and no clone is connected.
    response = view(RequestFactory().get("/"))
    assert response.status_code == status
    assert words in text_of(response)
