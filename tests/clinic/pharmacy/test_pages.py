"""The pages of the safe: who sees what, what two people sign, and lists that ask no more for more rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.dosed import PIN, TOKEN, Dispensary
from tests.planned import TODAY

from kap.vocabulary.quantities import Concentration, Volume
from kap.vocabulary.routes import Drug
from kap_clinic.database.identity import new_id
from kap_clinic.pharmacy import queries, safekeeping

pytestmark = pytest.mark.database


def _client(pharmacy: Dispensary, role: str = "nurse"):
    client = pharmacy.ward.client(role)
    client.cookies["kap_device"] = TOKEN
    return client


def test_two_people_draw_up_and_waste_on_one_screen(pharmacy: Dispensary) -> None:
    order, client = pharmacy.released(), _client(pharmacy)
    page = client.get(f"/pharmacy/draw/{order}/").content.decode()
    assert "draw 0.7 mL (of 10 mL)" in page
    sent = {
        "id": str(new_id()), "container": str(pharmacy.vial), "drawn": "0.7", "label": "50",
        "second": str(pharmacy.second.id), "pin": PIN,
    }  # fmt: skip
    wrong = client.post(f"/pharmacy/draw/{order}/", {**sent, "pin": "111111"})
    assert "That PIN did not match." in wrong.content.decode()
    done = client.post(f"/pharmacy/draw/{order}/", sent)
    assert (done.status_code, done["location"]) == (302, f"/orders/{order}/")
    syringe = sent["id"]
    page = client.get(f"/pharmacy/syringe/{syringe}/waste/").content.decode()
    assert "Waste 0.7 mL" in page
    assert "selected>Maya Ito" in page
    sent = {"id": str(new_id()), "second": str(pharmacy.second.id), "pin": PIN}
    assert client.post(f"/pharmacy/syringe/{syringe}/waste/", sent).status_code == 302
    with pharmacy.ward.house.acting() as act:
        assert queries.syringes_not_empty(act, pharmacy.safe) == []


def test_a_pin_does_not_sign_on_a_strange_device(pharmacy: Dispensary) -> None:
    syringe, client = pharmacy.drawn(), pharmacy.ward.client("nurse")
    page = client.get(f"/pharmacy/syringe/{syringe}/waste/").content.decode()
    assert "This device is not registered" in page
    sent = {"id": str(new_id()), "second": str(pharmacy.second.id), "pin": PIN}
    refused = client.post(f"/pharmacy/syringe/{syringe}/waste/", sent).content.decode()
    assert "this one is not registered" in refused


@pytest.mark.parametrize(
    ("role", "sees", "keeps"),
    [("custodian", True, True), ("nurse", True, False), ("therapist", False, False)],
)
def test_who_sees_and_who_keeps_the_safe(pharmacy: Dispensary, role: str, sees: bool, keeps: bool) -> None:
    client = pharmacy.ward.client(role)
    for path in ("", "log/"):
        answer = client.get(f"/pharmacy/{pharmacy.safe}/{path}")
        assert (answer.status_code == 200) is sees
    assert (client.get(f"/pharmacy/{pharmacy.safe}/receive/").status_code == 200) is keeps
    page = client.get(f"/pharmacy/container/{pharmacy.vial}/")
    assert (page.status_code == 200) is sees
    assert (b"Send back" in page.content) is keeps


def test_the_inspector_reads_the_log_by_initials_and_changes_nothing(pharmacy: Dispensary) -> None:
    pharmacy.drawn()
    client = pharmacy.ward.house.client_for(pharmacy.ward.house.member("inspector"))
    log = client.get(f"/pharmacy/{pharmacy.safe}/log/").content.decode()
    assert "A. K." in log
    assert "Ana Keller" not in log
    container = client.get(f"/pharmacy/container/{pharmacy.vial}/").content.decode()
    assert "Send back" not in container
    assert client.get(f"/pharmacy/container/{pharmacy.vial}/count/").status_code == 403


def test_a_custodian_opens_receives_counts_and_sends_back(pharmacy: Dispensary) -> None:
    client = _client(pharmacy, "custodian")
    day = TODAY + timedelta(days=90)
    sent = {
        "id": str(new_id()), "drug": "ketamine", "concentration": "100", "volume": "5", "lot": "K-200",
        "expires_on_month": day.month, "expires_on_day": day.day, "expires_on_year": day.year,
        "came_from": "Cedar",
    }  # fmt: skip
    assert client.post(f"/pharmacy/{pharmacy.safe}/receive/", sent).status_code == 302
    counted = {"id": str(new_id()), "found": "4.9", "second": str(pharmacy.second.id), "pin": PIN}
    assert client.post(f"/pharmacy/container/{sent['id']}/count/", counted).status_code == 302
    page = client.get(f"/pharmacy/{pharmacy.safe}/").content.decode()
    assert "0.1 mL less than the log says" in page
    assert "the log said 5 mL" in client.get(f"/pharmacy/container/{sent['id']}/").content.decode()
    back = {"id": str(new_id()), "to": "Reverse distributor, form 7"}
    assert client.post(f"/pharmacy/container/{sent['id']}/send-back/", back).status_code == 302
    assert "K-200" not in client.get(f"/pharmacy/{pharmacy.safe}/").content.decode().split("<table")[1]


def test_lists_ask_no_more_for_three_rows_than_for_one(pharmacy: Dispensary) -> None:
    client = pharmacy.ward.client("custodian")

    def asked(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    paths = (f"/pharmacy/{pharmacy.safe}/", f"/pharmacy/{pharmacy.safe}/log/")
    pharmacy.drawn()
    one = [asked(path) for path in paths]
    for _ in range(2):
        told = pharmacy.ward.by(
            "custodian", safe=pharmacy.safe, drug=Drug.KETAMINE, came_from="Cedar", lot="K-9",
            concentration=Concentration.mg_per_ml(10), volume=Volume.ml(20),
            expires_on=TODAY + timedelta(days=9),
        )  # fmt: skip
        safekeeping.receive(**told)
    pharmacy.drawn("dose-2")
    assert [asked(path) for path in paths] == one
