"""Sites: opened once, changed, closed; by those who may, and leaving a row in the trail."""

from __future__ import annotations

import threading

import pytest

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id
from kap_clinic.organizations import actions, queries

pytestmark = pytest.mark.database

CEDAR = {"name": "Cedar House", "address": "12 Pine Road", "time_zone": "America/Denver"}


@pytest.fixture
def house(clinic):
    return clinic.organization("Cedar House Clinic")


@pytest.fixture
def administrator(house):
    return house.member("administrator")


def open_site(house, by, **other):
    site = new_id()
    actions.add_site(organization=house.id, by=by, id=site, **{**CEDAR, **other})
    return site


def test_an_administrator_opens_a_site_and_the_trail_says_so(house, administrator):
    site = open_site(house, administrator, dea_registration="AB1234563")
    with house.acting():
        found = queries.site(site)
    assert (found.name, found.time_zone, found.dea_registration, found.closed_at, found.is_ours) == (
        "Cedar House", "America/Denver", "AB1234563", None, True,
    )  # fmt: skip
    assert house.trail() == [("organizations.add_site", "done", administrator.id)]


def test_nobody_else_opens_a_site_and_the_refusal_is_in_the_trail(house):
    people = [house.member(role) for role in ("nurse", "inspector", "medical_director", "engineer")]
    for person in people:
        with pytest.raises(Refused, match="that is the work of: Administrator"):
            open_site(house, person)
    with house.acting():
        assert queries.sites() == []
    assert house.trail() == [("organizations.add_site", "refused", person.id) for person in people]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"time_zone": "Mountain time"}, "Choose a time zone of the list"),
        ({"dea_registration": "AB1234564"}, "two letters and seven digits"),
        ({"name": "  "}, "A site needs a name"),
    ],
)
def test_what_cannot_be_true_of_a_site_is_refused_with_a_sentence(house, administrator, wrong, says):
    with pytest.raises(Refused, match=says):
        open_site(house, administrator, **wrong)
    with house.acting():
        assert queries.sites() == []


def test_the_same_click_twice_opens_one_site(house, administrator):
    site = new_id()
    said = {"organization": house.id, "by": administrator, "id": site, **CEDAR}
    assert [actions.add_site(**said), actions.add_site(**said)] == [True, False]
    with pytest.raises(Refused, match="already recorded with other content"):
        actions.add_site(**{**said, "name": "Harbor Clinic"})
    with house.acting():
        assert [one.name for one in queries.sites()] == ["Cedar House"]


def test_two_clicks_in_the_same_moment_open_one_site(house, administrator):
    from django.db import connections

    said = {"organization": house.id, "by": administrator, "id": new_id(), **CEDAR}
    together, answers = threading.Barrier(4), []

    def click():
        together.wait()
        try:
            answers.append(actions.add_site(**said))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False, False, False, True]
    with house.acting():
        assert len(queries.sites()) == 1


def test_an_id_that_another_organization_uses_is_not_free_and_says_no_more(clinic, house, administrator):
    other = clinic.organization("Harbor")
    site = open_site(other, other.member("administrator"))
    with pytest.raises(Refused, match="This id is not free"):
        actions.add_site(organization=house.id, by=administrator, id=site, **CEDAR)


def test_a_site_is_changed_until_it_is_closed(house, administrator):
    site = open_site(house, administrator)
    said = {"organization": house.id, "by": administrator, "id": site, "dea_registration": ""}
    actions.change_site(**{**CEDAR, **said, "name": "Cedar Lodge"})
    actions.close_site(organization=house.id, by=administrator, id=site)
    with pytest.raises(Refused, match="This site is closed"):
        actions.change_site(**{**CEDAR, **said, "name": "Cedar Hall"})
    actions.close_site(organization=house.id, by=administrator, id=site)
    with house.acting():
        assert queries.sites() == []
        assert [one.name for one in queries.sites(with_closed=True)] == ["Cedar Lodge"]
    assert [(action, outcome) for action, outcome, _ in house.trail()] == [
        ("organizations.add_site", "done"),
        ("organizations.change_site", "done"),
        ("organizations.close_site", "done"),
        ("organizations.change_site", "refused"),
        ("organizations.close_site", "done"),
    ]


def test_an_administrator_of_one_site_changes_only_that_site(house, administrator):
    mine, other = open_site(house, administrator), open_site(house, administrator, name="Harbor")
    local = house.member("administrator", sites=[mine])
    said = {**CEDAR, "organization": house.id, "by": local, "dea_registration": ""}
    actions.change_site(**said, id=mine)
    with pytest.raises(Refused, match="not at this site"):
        actions.change_site(**said, id=other)
    with pytest.raises(Refused, match="not at this site"):
        actions.close_site(organization=house.id, by=local, id=other)


def test_nurses_read_the_sites_and_cannot_reach_the_pages_that_change_them(house, administrator):
    site = open_site(house, administrator)
    nurse = house.client_for(house.member("nurse"))
    assert nurse.get("/organization/sites/").status_code == 200
    assert nurse.get(f"/organization/sites/{site}/").status_code == 200
    for page in ("sites/new/", f"sites/{site}/change/", f"sites/{site}/close/", f"sites/{site}/share/"):
        assert nurse.get(f"/organization/{page}").status_code == 403


def test_the_page_opens_a_site_and_explains_a_wrong_number_beside_the_question(house, administrator):
    client, site = house.client_for(administrator), new_id()
    told = {"id": str(site), **CEDAR, "dea_registration": "ab 1234564"}
    answer = client.post("/organization/sites/new/", told)
    assert answer.status_code == 200
    assert "Compare it with the certificate" in answer.content.decode()
    for _click in range(2):
        answer = client.post("/organization/sites/new/", {**told, "dea_registration": "ab 1234563"})
        assert answer["Location"] == "/organization/sites/"
    with house.acting():
        assert [one.dea_registration for one in queries.sites()] == ["AB1234563"]


def test_the_list_asks_the_database_as_often_for_three_sites_as_for_one(house, administrator, queries_of):
    client = house.client_for(administrator)
    open_site(house, administrator)
    client.get("/organization/sites/")
    one = queries_of(client, "/organization/sites/")
    open_site(house, administrator, name="Harbor")
    open_site(house, administrator, name="Juniper")
    assert queries_of(client, "/organization/sites/") == one
