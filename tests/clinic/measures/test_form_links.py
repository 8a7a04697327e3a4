"""The link to forms: no account, one question a page, kept answer by answer, closed when it is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.clinic.measures.conftest import open_chart

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id
from kap_clinic.measures import asked, links
from kap_clinic.measures.models import FormLink
from kap_clinic.measures.tokens import token_of
from kap_clinic.on_call.actions import end_duty

pytestmark = pytest.mark.database


@pytest.fixture
def phone():
    return Client(HTTP_HOST="localhost")


def states(desk):
    with desk.house.acting() as act:
        return [one.state for one in asked.links_of(act, desk.person, datetime.now(UTC))]


def test_a_client_answers_stops_goes_on_elsewhere_and_sends(desk, phone):
    link = desk.link("gad7", "pc-ptsd-5")
    gad7 = next(form.id for form in desk.forms() if form.instrument == "gad7")
    begin = phone.get(desk.address(link)).content.decode()
    assert "asks you 13 questions. It takes about 4 min." in begin
    assert "Begin" in begin
    first = phone.get(desk.address(link, f"{gad7}/1/"))
    assert b"Question 1 of 13, about 4 min left" in first.content
    assert b"988" in first.content
    sent = phone.post(desk.address(link, f"{gad7}/1/"), {"id": new_id(), "value": "3"})
    assert (sent.status_code, sent["Location"]) == (302, desk.address(link, f"{gad7}/2/"))
    assert desk.values(gad7) == {"1": "3"}
    passed = phone.post(desk.address(link, f"{gad7}/2/"), {"id": new_id(), "pass": "1"})
    assert passed.status_code == 302
    empty = phone.post(desk.address(link, f"{gad7}/3/"), {"id": new_id()})
    assert b"Choose an answer, or say that you would rather not" in empty.content
    assert b"Every answer you gave is kept" in phone.get(desk.address(link, "stop/")).content

    elsewhere = Client(HTTP_HOST="localhost")
    begun = elsewhere.get(desk.address(link)).content.decode()
    assert "Go on" in begun
    assert f"{gad7}/3/" in begun
    told = elsewhere.get(desk.address(link, "answers/")).content.decode()
    assert "Left open: 12" in told
    assert "Nearly every day" in told
    assert b"has your answers" in elsewhere.post(desk.address(link, "answers/")).content
    assert [form.ended for form in desk.forms()] == ["missed", "partial"]
    assert elsewhere.get(desk.address(link)).status_code == 410
    assert states(desk) == ["finished"]


def test_a_safety_answer_shows_help_before_anything_else(desk, phone):
    desk.put_on_call()
    link = desk.link("phq9")
    asked_id = desk.asked_behind(link)
    told = phone.post(desk.address(link, f"{asked_id}/9/"), {"id": new_id(), "value": "1"})
    page = told.content.decode()
    assert told.status_code == 200
    assert "tel:988" in page
    assert "press 1" in page
    assert "911" in page
    assert desk.values(asked_id) == {"9": "1"}
    assert "cssrs-screener" in [form.instrument for form in desk.forms()]
    calm = phone.post(desk.address(link, f"{asked_id}/9/"), {"id": new_id(), "value": "0"})
    assert calm.status_code == 302


def test_the_page_around_the_questions_is_read_in_spanish(desk, phone):
    link = desk.link("pc-ptsd-5")
    phone.post(desk.address(link, "language/"), {"language": "es"})
    page = phone.get(desk.address(link)).content.decode()
    assert 'lang="es"' in page
    assert "988" in page
    assert "inglés" in page
    with pytest.raises(Refused, match="Choose one of the languages"):
        links.choose_language(**desk.key(link), language="tlh")


def test_a_new_link_replaces_the_one_before_and_one_is_taken_back(desk, phone):
    first = desk.link()
    told = desk.by(desk.coordinator, person=desk.person, language="en")
    assert [links.give_link(**told), links.give_link(**told)] == [True, False]
    assert states(desk) == ["open", "withdrawn"]
    assert phone.get(desk.address(first)).status_code == 410
    for _again in range(2):
        links.withdraw_link(organization=desk.house.id, by=desk.coordinator, id=told["id"])
    assert phone.get(desk.address(told["id"])).status_code == 410


def test_a_link_needs_something_asked_a_known_language_and_a_permission(desk):
    told = {"person": desk.person, "language": "en"}
    with pytest.raises(Refused, match="Nothing waits for this client"):
        links.give_link(**desk.by(desk.nurse, **told))
    with pytest.raises(Refused, match="Choose one of the languages"):
        links.give_link(**desk.by(desk.nurse, person=desk.person, language="tlh"))
    inspector = desk.house.member("inspector")
    with pytest.raises(Refused, match="ask a client"):
        links.give_link(**desk.by(inspector, **told))
    with pytest.raises(Refused, match="There is no such link"):
        links.withdraw_link(organization=desk.house.id, by=desk.nurse, id=new_id())


def test_a_form_nobody_hears_stays_behind_when_a_link_is_made(desk):
    duty = desk.put_on_call()
    desk.link("phq9", "gad7")
    end_duty(organization=desk.house.id, by=desk.director, duty=duty)
    told = desk.by(desk.nurse, person=desk.person, language="en")
    links.give_link(**told)
    assert {form.instrument: form.link for form in desk.forms()} == {"phq9": None, "gad7": told["id"]}


def test_a_link_opens_nothing_of_anybody_else(desk, clinic, phone):
    link, other = desk.link(), clinic.organization("Birch House")
    ben = open_chart(desk.house, desk.nurse, "Ben Tran")
    bens = desk.ask(person=ben)
    form = desk.asked_behind(link)
    stranger = f"/forms/{other.id}/{link}/{token_of(link)}/"
    forged = f"/forms/{desk.house.id}/{link}/{token_of(new_id())}/"
    for address in (stranger, forged, f"/forms/{new_id()}/{link}/{token_of(link)}/"):
        assert phone.get(address).status_code in (404, 410)
        assert phone.post(f"{address}{form}/1/", {"id": new_id(), "value": "1"}).status_code in (404, 410)
    assert phone.post(desk.address(link, f"{bens}/1/"), {"id": new_id(), "value": "1"}).status_code == 404
    with pytest.raises(Refused, match="does not open that form"):
        links.answer(**desk.key(link), id=new_id(), asked=bens, item="1", value="1")
    assert (desk.values(form), desk.values(bens)) == ({}, {})


def test_a_form_that_is_over_takes_no_answer_and_a_late_link_opens_nothing(desk, phone):
    link = desk.link()
    form = desk.asked_behind(link)
    desk.expire(form)
    assert phone.get(desk.address(link)).status_code == 410
    with desk.house.acting():
        past = datetime.now(UTC) - timedelta(seconds=1)
        FormLink.objects.filter(id=link).update(made_at=past, expires_at=past)
    with pytest.raises(Refused, match="does not open a form"):
        links.answer(**desk.key(link), id=new_id(), asked=form, item="1", value="1")


def test_an_id_that_holds_another_answer_changes_nothing(desk):
    link, id = desk.link(), new_id()
    told = {**desk.key(link), "id": id, "asked": desk.asked_behind(link), "item": "1"}
    assert [links.answer(**told, value="1").is_new, links.answer(**told, value="1").is_new] == [True, False]
    with pytest.raises(Refused, match="already recorded with other content"):
        links.answer(**told, value="2")
    assert desk.values(told["asked"]) == {"1": "1"}


def test_a_question_nobody_asked_is_not_found(desk, phone):
    link = desk.link()
    form = desk.asked_behind(link)
    assert phone.get(desk.address(link, f"{form}/99/")).status_code == 404
    assert phone.get(desk.address(link, f"{new_id()}/1/")).status_code == 404


def test_a_link_opened_without_end_pauses_with_help_and_counts_nothing_twice(desk, phone, monkeypatch):
    from kap_clinic.client_links import page

    monkeypatch.setattr(page, "_OF_A_LINK", (3, 24 * 3600))
    link = desk.link()
    answers = [phone.get(desk.address(link), headers={"accept-language": "es"}) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    told = answers[3].content.decode()
    assert ("988" in told, "todavía no está guardada" in told) == (True, True)
    assert answers[3]["Retry-After"] == "60"
    assert phone.get(desk.address(desk.link("audit-c"))).status_code == 200
