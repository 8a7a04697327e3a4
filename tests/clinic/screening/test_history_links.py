"""The link to the health history: one form, no account, answers kept one by one, closed when it is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from kap.vocabulary.errors import Refused
from kap_clinic.database.door import BOUNDED, DoorError
from kap_clinic.database.identity import new_id
from kap_clinic.screening import links, queries
from kap_clinic.screening.tokens import token_of

pytestmark = pytest.mark.database


def give(bench, language="en", by=None):
    told = bench.by(by or bench.coordinator, language=language)
    links.give_link(**told)
    return told["id"]


def address(bench, link, page=""):
    return f"/history/{bench.house.id}/{link}/{token_of(link)}/{page}"


def key(bench, link):
    return {"organization": bench.house.id, "link": link, "token": token_of(link)}


def states(bench):
    with bench.house.acting() as act:
        return [one.state for one in queries.links_of(act, bench.person, datetime.now(UTC))]


def test_a_coordinator_gives_a_link_and_a_new_one_replaces_it(bench):
    first = bench.by(bench.coordinator, language="es")
    assert [links.give_link(**first), links.give_link(**first)] == [True, False]
    give(bench)
    assert states(bench) == ["open", "withdrawn"]
    assert Client(HTTP_HOST="localhost").get(address(bench, first["id"])).status_code == 410
    assert ("screening.give_link", "done", bench.coordinator.id) in bench.house.trail()


def test_a_therapist_gives_no_link_and_takes_none_back(bench):
    therapist, link = bench.house.member("therapist"), give(bench)
    with pytest.raises(Refused, match="give a client the link"):
        give(bench, by=therapist)
    with pytest.raises(Refused, match="give a client the link"):
        links.withdraw_link(organization=bench.house.id, by=therapist, id=link)
    assert states(bench) == ["open"]


def test_a_language_nobody_offers_and_a_link_nobody_made_are_refused(bench):
    with pytest.raises(Refused, match="Choose one of the languages"):
        give(bench, language="tlh")
    with pytest.raises(Refused, match="There is no such link"):
        links.withdraw_link(organization=bench.house.id, by=bench.nurse, id=new_id())
    with pytest.raises(Refused, match="Choose one of the languages"):
        links.choose_language(**key(bench, give(bench)), language="tlh")


def test_a_client_answers_one_question_a_page_in_spanish_and_goes_on_where_they_stopped(bench):
    link, phone = give(bench, language="es"), Client(HTTP_HOST="localhost")
    page = phone.get(address(bench, link)).content.decode()
    assert "Su historia de salud" in page
    assert 'lang="es"' in page
    assert "Ana" not in page
    first = phone.get(address(bench, link, "questions/aneurysm-or-avm/")).content.decode()
    assert "¿Alguna vez un médico le ha dicho" in first
    sent = phone.post(
        address(bench, link, "questions/aneurysm-or-avm/"), {"id": str(new_id()), "value": "no"}
    )
    assert sent["Location"] == address(bench, link, "questions/brain-bleeding/")
    assert bench.verdicts()["aneurysm-avm"] == "proceed"
    other_phone = Client(HTTP_HOST="localhost").get(address(bench, link)).content.decode()
    assert address(bench, link, "questions/brain-bleeding/") in other_phone


def test_the_client_changes_the_language_and_the_questions_follow(bench):
    link, phone = give(bench), Client(HTTP_HOST="localhost")
    assert "Your health history" in phone.get(address(bench, link)).content.decode()
    assert phone.post(address(bench, link, "language/"), {"language": "es"}).status_code == 302
    assert "Su historia de salud" in phone.get(address(bench, link)).content.decode()


def test_an_answer_that_is_not_offered_is_explained_and_not_kept(bench):
    link, phone = give(bench), Client(HTTP_HOST="localhost")
    page = phone.post(address(bench, link, "questions/escort/"), {"id": str(new_id()), "value": ""})
    assert (page.status_code, "an answer is missing" in page.content.decode()) == (200, True)
    with pytest.raises(Refused, match="no such question or answer"):
        links.answer(**key(bench, link), id=new_id(), question="escort", value="perhaps")
    with pytest.raises(Refused, match="The clinic's staff answers this question"):
        links.answer(**key(bench, link), id=new_id(), question="child-pugh", value="A")
    assert phone.get(address(bench, link, "questions/child-pugh/")).status_code == 404
    assert bench.whole().told == ()


def test_the_same_tap_twice_is_one_answer(bench):
    link, said = give(bench), new_id()
    for _tap in range(2):
        links.answer(**key(bench, link), id=said, question="escort", value="yes")
    assert [(one.question, one.value) for one in bench.whole().told] == [("escort", "yes")]


def test_what_was_said_before_is_shown_and_asked_again(bench):
    before, phone = give(bench), Client(HTTP_HOST="localhost")
    links.answer(**key(bench, before), id=new_id(), question="escort", value="yes")
    links.finish(**key(bench, before))
    page = phone.get(address(bench, give(bench), "questions/escort/")).content.decode()
    assert "you said: Yes. Is it still so?" in page


def test_sending_closes_the_link_and_says_so(bench):
    link, phone = give(bench), Client(HTTP_HOST="localhost")
    links.answer(**key(bench, link), id=new_id(), question="escort", value="yes")
    assert "Send my answers" in phone.get(address(bench, link, "answers/")).content.decode()
    assert "has your answers" in phone.post(address(bench, link, "answers/")).content.decode()
    over = phone.get(address(bench, link))
    assert (over.status_code, "This link does not open a form" in over.content.decode()) == (410, True)
    assert states(bench) == ["finished"]


def test_a_wrong_an_old_and_a_withdrawn_link_open_nothing_and_leave_a_refusal(bench):
    from kap_clinic.screening.models import HistoryLink

    link, phone = give(bench), Client(HTTP_HOST="localhost")
    wrong = address(bench, link).replace(token_of(link), "0" * 64)
    assert phone.get(wrong).status_code == 410
    assert phone.get(address(bench, link).replace(str(bench.house.id), str(new_id()))).status_code == 404
    with bench.house.acting(action="test.age"):
        began = datetime.now(UTC) - timedelta(days=15)
        HistoryLink.objects.update(made_at=began, expires_at=began + timedelta(days=14))
    assert phone.get(address(bench, link)).status_code == 410
    assert states(bench) == ["over"]
    second = give(bench)
    links.withdraw_link(organization=bench.house.id, by=bench.nurse, id=second)
    links.withdraw_link(organization=bench.house.id, by=bench.nurse, id=second)
    assert phone.post(address(bench, second, "answers/")).status_code == 410
    refusals = [row for row in bench.house.trail() if row[:2] == ("screening.open_history", "refused")]
    assert len(refusals) == 3


def test_made_up_links_leave_so_many_refusals_a_day_and_a_link_that_opens_always_its_row(bench, monkeypatch):
    from kap_clinic.accounts import refused_links

    monkeypatch.setattr(refused_links, "_LINES", {"refused-links": "2/d/key"})
    phone, link = Client(HTTP_HOST="localhost"), give(bench)
    history = address(bench, link)
    made_up = [history.replace(str(link), str(new_id())) for _ in range(2)]
    for wrong in (*made_up, history.replace("/history/", "/forms/")):
        assert phone.get(wrong).status_code == 410
    assert phone.get(history).status_code == 200
    told = [row[:2] for row in bench.house.trail() if row[0] in BOUNDED]
    assert told == [("screening.open_history", "refused")] * 2 + [("screening.open_history", "done")]
    with (
        pytest.raises(DoorError, match="Every refusal of test"),
        bench.house.acting(action="test.other") as act,
    ):
        act.bound_refusals(lambda: False)


def test_the_pages_make_show_and_take_back_a_link(bench):
    client, id = bench.house.client_for(bench.nurse), new_id()
    page = f"/screening/{bench.person}/history/link/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"id": str(id), "language": "es"})["Location"] == f"{page}{id}/"
    assert token_of(id) in client.get(f"{page}{id}/").content.decode()
    assert client.get(f"{page}{id}/withdraw/").status_code == 200
    assert client.post(f"{page}{id}/withdraw/").status_code == 302
    assert token_of(id) not in client.get(f"{page}{id}/").content.decode()
    assert client.get(f"{page}{new_id()}/").status_code == 404
