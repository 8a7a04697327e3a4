"""The web API of the organization: the same door, permission and trail as the pages."""

from __future__ import annotations

import json

import pytest

from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

TOLD = {"name": "Cedar House", "time_zone": "America/Denver", "dea_registration": "AB1234563"}


def put(client, id, told):
    return client.put(f"/api/v1/sites/{id}", json.dumps(told), content_type="application/json")


def test_a_site_put_twice_is_made_once_and_read_back(clinic):
    house = clinic.organization()
    administrator = house.member("administrator")
    client, id = house.client_for(administrator), new_id()
    assert [put(client, id, TOLD).status_code for _again in range(2)] == [201, 200]
    found = client.get(f"/api/v1/sites/{id}").json()
    assert {key: found[key] for key in ("schema", "id", "name", "dea_registration", "shared_by")} == {
        "schema": "openkap.site/1",
        "id": str(id),
        "name": "Cedar House",
        "dea_registration": "AB1234563",
        "shared_by": "",
    }
    assert found["opened_at"].endswith(("Z", "+00:00"))
    listed = client.get("/api/v1/sites").json()
    assert (listed["schema"], [one["id"] for one in listed["sites"]]) == ("openkap.sites/1", [str(id)])
    assert [row[:2] for row in house.trail()] == [
        ("organizations.add_site", "done"),
        ("organizations.add_site", "done"),
        ("organizations.see_site", "done"),
        ("organizations.see_sites", "done"),
    ]


def test_other_content_under_the_same_id_is_refused_in_words(clinic):
    house = clinic.organization()
    client, id = house.client_for(house.member("administrator")), new_id()
    put(client, id, TOLD)
    answer = put(client, id, {**TOLD, "name": "Harbor"})
    assert (answer.status_code, answer.json()["schema"]) == (403, "openkap.refusal/1")
    assert "already recorded with other content" in answer.json()["refused"]


def test_a_nurse_reads_and_may_not_write(clinic):
    house = clinic.organization()
    client = house.client_for(house.member("nurse"))
    assert client.get("/api/v1/organization").json()["schema"] == "openkap.organization/1"
    answer = put(client, new_id(), TOLD)
    assert (answer.status_code, "Administrator" in answer.json()["refused"]) == (403, True)


def test_nobody_signed_in_reads_nothing(clinic):
    from django.test import Client

    clinic.organization()
    for address in ("organization", "sites", "staff"):
        assert Client(HTTP_HOST="localhost").get(f"/api/v1/{address}").status_code == 401


def test_a_call_without_the_csrf_header_writes_nothing(clinic):
    from django.test import Client

    house = clinic.organization()
    signed_in = house.client_for(house.member("administrator"))
    client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    client.cookies = signed_in.cookies
    assert put(client, new_id(), TOLD).status_code == 403
    assert client.get("/api/v1/sites").json()["sites"] == []


def test_an_unknown_site_is_not_found(clinic):
    house = clinic.organization()
    client = house.client_for(house.member("nurse"))
    assert client.get(f"/api/v1/sites/{new_id()}").status_code == 404
