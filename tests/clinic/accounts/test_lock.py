"""The lock: after a while without use the session locks, and does not sign out; at its end it signs out."""

from __future__ import annotations

import time

import pytest
from tests.clinic.accounts.test_sign_in import give_codes
from tests.houses import PASSWORD

from kap_clinic.accounts import presence
from kap_clinic.organizations.actions import change_organization

pytestmark = pytest.mark.database

JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def nurse(house):
    return house.member("nurse")


@pytest.fixture
def client(house, nurse):
    client = house.client_for(nurse)
    client.get("/staff/")
    return client


def back(client, **minutes):
    """Let this much time have passed since a moment the session remembers."""
    session = client.session
    for key, ago in minutes.items():
        session[getattr(presence, key)] = int(time.time() - ago * 60)
    session.save()


@pytest.mark.parametrize(("minutes", "status"), [(12, 200), (13, 302)])
def test_ten_minutes_and_a_quarter_without_use_lock_the_session(client, minutes, status):
    back(client, USED_AT=minutes)
    assert client.get("/staff/").status_code == status


def test_the_organization_says_after_how_many_minutes(house, client):
    administrator = house.member("administrator")
    change_organization(
        organization=house.id, by=administrator, name="Cedar House", language="en", lock_after_minutes=40,
        sign_out_after_hours=12,
    )  # fmt: skip
    client.get("/staff/")
    back(client, USED_AT=49)
    assert client.get("/staff/").status_code == 200
    back(client, USED_AT=51)
    assert client.get("/staff/").status_code == 302


def test_a_locked_session_reaches_only_the_lock_and_the_sign_out(house, nurse, client):
    client.post("/account/lock/")
    for page in (
        "/",
        "/staff/",
        "/organization/",
        "/account/",
        "/account/organization/",
        "/account/2fa/totp/activate/",
    ):
        assert client.get(page)["Location"] == "/account/unlock/"
    assert client.post("/account/in-use/").status_code == 302
    assert client.get("/account/unlock/").status_code == 200
    assert client.get("/health").status_code == 200
    assert [row for row in house.trail() if row[0] == "accounts.lock"] == [
        ("accounts.lock", "done", nurse.id)
    ]
    client.post("/account/logout/")
    assert client.get("/account/unlock/")["Location"].startswith("/account/login/")


def test_scripts_are_told_in_a_sentence_with_their_own_status(client):
    client.post("/account/lock/")
    for answer in (
        client.get("/api/v1/staff"),
        client.get("/staff/", **JSON),
        client.get("/staff/", headers={"hx-request": "true"}),
    ):
        assert (answer.status_code, answer.json()["schema"]) == (423, "openkap.locked/1")
        assert "locked" in answer.json()["locked"]


def test_the_password_opens_it_again_where_it_was_and_both_are_in_the_trail(house, nurse, client):
    client.post("/account/lock/", headers={"referer": "http://localhost/staff/?q=ana"})
    assert client.post("/account/unlock/", {"password": PASSWORD})["Location"] == "/staff/?q=ana"
    assert client.get("/staff/").status_code == 200
    came = [row for row in house.trail() if row[0] in ("accounts.lock", "accounts.unlock")]
    assert came == [("accounts.lock", "done", nurse.id), ("accounts.unlock", "done", nurse.id)]


@pytest.mark.parametrize(
    ("seen", "leads_to"),
    [
        ("https://elsewhere.example/staff/", "/"),
        ("http://localhost//elsewhere.example/", "/"),
        ("http://localhost/account/2fa/", "/"),
        ("http://localhost/staff/?q=localhost", "/staff/?q=localhost"),
        ("", "/"),
    ],
)
def test_it_leads_back_to_a_page_of_this_house_and_to_no_other(client, seen, leads_to):
    client.post("/account/lock/", headers={"referer": seen})
    assert client.post("/account/unlock/", {"password": PASSWORD})["Location"] == leads_to


def test_wrong_answers_leave_refusals_and_then_wait(house, nurse, client):
    client.post("/account/lock/")
    for _attempt in range(5):
        answer = client.post("/account/unlock/", {"password": "wrong"})
        assert (answer.status_code, "That is not the password" in answer.content.decode()) == (422, True)
    answer = client.post("/account/unlock/", {"password": PASSWORD})
    assert "Wait 5 minutes" in answer.content.decode()
    refused = [row for row in house.trail() if row[0] == "accounts.unlock"]
    assert refused == [("accounts.unlock", "refused", nurse.id)] * 5


def test_a_code_opens_it_and_a_wrong_one_does_not(house, nurse, client):
    codes = give_codes(house.account_of(nurse))
    client.post("/account/lock/")
    assert client.post("/account/unlock/", {"code": "000000"}).status_code == 422
    assert client.post("/account/unlock/", {"code": codes[0]}).status_code == 302
    assert client.get("/staff/").status_code == 200


@pytest.mark.parametrize("sent", [{}, {"credential": "{}"}, {"credential": "nonsense"}, {"code": "123456"}])
def test_an_answer_the_account_does_not_have_opens_nothing(client, sent):
    client.post("/account/lock/")
    assert client.post("/account/unlock/", sent).status_code == 422
    assert client.get("/staff/").status_code == 302


def test_a_person_who_types_keeps_it_open_and_a_script_does_not(client):
    back(client, USED_AT=11)
    client.post("/account/in-use/")
    assert time.time() - client.session[presence.USED_AT] < 60
    back(client, USED_AT=11)
    client.get("/api/v1/staff")
    assert time.time() - client.session[presence.USED_AT] > 600


@pytest.mark.parametrize(("minutes", "is_open"), [(12 * 60 - 1, True), (12 * 60, False)])
def test_at_its_end_the_session_signs_out_however_busy(house, client, minutes, is_open):
    back(client, SIGNED_IN_AT=minutes)
    answer = client.get("/staff/")
    if is_open:
        assert answer.status_code == 200
        return
    assert answer["Location"] == "/account/login/?next=%2Fstaff%2F"
    assert house.trail()[-1][0] == "accounts.sign_out"
    assert "_auth_user_id" not in client.session


def test_the_end_is_told_to_a_script_in_a_sentence(client):
    back(client, SIGNED_IN_AT=24 * 60)
    answer = client.get("/api/v1/staff")
    assert (answer.status_code, answer.json()["schema"]) == (401, "openkap.ended/1")
