"""The organization itself: founded by a program, changed by an administrator, read by its staff."""

from __future__ import annotations

import pytest

from kap.vocabulary.errors import Refused
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.database.identity import new_id
from kap_clinic.organizations import actions, queries
from kap_clinic.organizations.dea import is_dea_registration, tidied

pytestmark = pytest.mark.database

SETTINGS = {"name": "Cedar House", "language": "en", "lock_after_minutes": 5, "sign_out_after_hours": 8}


def test_a_program_founds_an_organization_once(database):
    founder, id = Actor.program("command line"), new_id()
    for _again in range(2):
        actions.found_organization(id=id, by=founder, name="Cedar House")
    with acting(id, founder, "test.look"):
        assert (queries.organization().name, queries.exists(id)) == ("Cedar House", True)


def test_an_administrator_changes_the_settings_and_the_trail_says_so(clinic):
    house = clinic.organization("Before")
    administrator = house.member("administrator")
    actions.change_organization(organization=house.id, by=administrator, **SETTINGS)
    with house.acting():
        found = queries.organization()
    assert (found.name, found.lock_after_minutes, found.sign_out_after_hours) == ("Cedar House", 5, 8)
    assert house.trail() == [("organizations.change", "done", administrator.id)]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"lock_after_minutes": 0}, "1 to 60 minutes"),
        ({"lock_after_minutes": 61}, "1 to 60 minutes"),
        ({"sign_out_after_hours": 25}, "1 to 24 hours"),
        ({"language": "xx"}, "languages offered"),
    ],
)
def test_settings_out_of_bounds_are_refused(clinic, wrong, says):
    house = clinic.organization("Before")
    administrator = house.member("administrator")
    with pytest.raises(Refused, match=says):
        actions.change_organization(organization=house.id, by=administrator, **{**SETTINGS, **wrong})
    with house.acting():
        assert queries.organization().name == "Before"
    assert house.trail() == [("organizations.change", "refused", administrator.id)]


def test_a_nurse_reads_the_settings_and_may_not_change_them(clinic):
    house = clinic.organization()
    nurse = house.member("nurse")
    with pytest.raises(Refused, match="work of: Administrator"):
        actions.change_organization(organization=house.id, by=nurse, **SETTINGS)
    client = house.client_for(nurse)
    assert client.get("/organization/").status_code == 200
    assert client.get("/organization/change/").status_code == 403


def test_the_page_saves_the_settings(clinic):
    house = clinic.organization()
    client = house.client_for(house.member("administrator"))
    assert client.post("/organization/change/", SETTINGS)["Location"] == "/organization/"
    assert "5 minutes" in client.get("/organization/").content.decode()


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("AP5836727", True),
        ("AB1234563", True),
        ("A91234563", True),
        ("FC1234563", True),
        ("AB1234560", False),
        ("1B1234563", False),
        ("AB123456", False),
        ("AB12345633", False),
        ("ab1234563", False),
        ("", False),
    ],
)
def test_a_dea_registration_is_known_by_its_check_digit(number, is_one):
    assert is_dea_registration(number) is is_one


def test_a_registration_is_taken_as_it_is_typed():
    assert tidied(" ab 1234563 ") == "AB1234563"
