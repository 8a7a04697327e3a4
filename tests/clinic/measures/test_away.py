"""The database is stopped under a page, a program and a client's answer: 503, help, and nothing lost."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import connections
from django.test import Client

from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database


@contextmanager
def stopped(cluster):
    """Stop PostgreSQL as a restart does, and have it run again."""
    cluster.stop("fast")
    try:
        yield
    finally:
        cluster.ensure_started()
        connections.close_all()


def test_while_the_database_restarts_everybody_hears_503_and_an_answer_sent_again_is_there_once(
    desk, cluster
):
    desk.put_on_call()
    link = desk.link("phq9")
    question = desk.address(link, f"{desk.asked_behind(link)}/9/")
    phone, nurse = Client(HTTP_HOST="localhost"), desk.house.client_for(desk.nurse)
    phone.raise_request_exception = nurse.raise_request_exception = False
    answer = {"id": new_id(), "value": "1"}
    assert nurse.get("/").status_code == 200
    with stopped(cluster):
        pages = [nurse.get("/"), nurse.post("/on-call/"), phone.get("/account/login/")]
        pages += [phone.get(question, headers={"accept-language": "es"}), phone.post(question, answer)]
        asked = "application/json, text/html"
        programs = [
            nurse.post(f"/api/v1/dosing-day/{new_id()}/readings", {}, "application/json"),
            phone.post(question, answer, headers={"accept": asked}),
        ]
        health = nurse.get("/health")
    assert [one.status_code for one in (*pages, *programs)] == [503] * 7
    assert {one["Retry-After"] for one in (*pages, *programs)} == {"3"}
    assert [one.json()["schema"] for one in programs] == ["openkap.away/1"] * 2
    assert health.status_code == 200
    staff, sent, _door, spanish, told = [one.content.decode() for one in pages]
    assert "Everything saved before is safe" in staff
    assert "What you sent just now was not saved" in sent
    assert "Volveremos en unos segundos" in spanish
    assert ("not saved yet" in told, "tel:988" in told, "call 911" in told) == (True, True, True)

    first = phone.post(question, answer)
    again = phone.post(question, answer)
    assert ["tel:988" in one.content.decode() for one in (first, again)] == [True, True]
    assert desk.values(desk.asked_behind(link)) == {"9": "1"}


def test_help_stands_beside_the_answers_that_need_it_and_a_script_is_told_the_way_on(desk):
    desk.put_on_call()
    link, phone = desk.link("phq9"), Client(HTTP_HOST="localhost")
    asked = desk.asked_behind(link)
    ninth = phone.get(desk.address(link, f"{asked}/9/")).content.decode()
    marked = ninth.split("data-helped")[:-1]
    assert [part.rsplit('value="', 1)[1][0] for part in marked] == ["1", "2", "3"]
    assert ("+15555550123" in ninth, "tel:988" in ninth) == (True, True)
    first = desk.address(link, f"{asked}/1/")
    assert "help-now" not in phone.get(first).content.decode()
    told = phone.post(first, {"id": new_id(), "value": "2"}, headers={"accept": "application/json"})
    assert told.json() == {"schema": "openkap.kept/1", "way_on": desk.address(link, f"{asked}/2/")}


def test_two_answers_under_the_id_of_a_page_the_browser_kept_are_both_heard(desk):
    desk.put_on_call()
    link, phone, id = desk.link("phq9"), Client(HTTP_HOST="localhost"), new_id()
    asked = desk.asked_behind(link)
    question = desk.address(link, f"{asked}/9/")
    assert phone.post(question, {"id": id, "value": "0"}).status_code == 302
    assert "tel:988" in phone.post(question, {"id": id, "value": "2"}).content.decode()
    assert desk.values(asked) == {"9": "2"}
