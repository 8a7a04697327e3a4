"""Has anything changed? A group told before stands again by one tap, of a client or a nurse, from today."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.clinic.screening.conftest import NOTHING_EVER

from kap.screening.questions import ToldBy, packaged_history
from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id
from kap_clinic.screening import links, telling
from kap_clinic.screening.tokens import token_of

pytestmark = pytest.mark.database

LONG_AGO = datetime.now(UTC) - timedelta(days=40)


def told_long_ago(bench, **other):
    """Write the whole history as it was confirmed forty days ago: what counts for thirty days is old."""
    from kap_clinic.screening.models import HistoryAnswer

    with bench.house.acting():
        for question, value in {**NOTHING_EVER, **other}.items():
            HistoryAnswer.objects.create(
                organization_id=bench.house.id, person_id=bench.person, question=question, value=value,
                version=1, language="en", is_confirmed=True, answered_at=LONG_AGO, answered_by=bench.nurse.id,
                local_day=LONG_AGO.date(),
            )  # fmt: skip


def opened_link(bench, language="en"):
    id = new_id()
    links.give_link(**{**bench.by(bench.nurse, language=language), "id": id})
    return id


def address(bench, link, page=""):
    return f"/history/{bench.house.id}/{link}/{token_of(link)}/{page}"


def group_in(page, name):
    """What the page sends for one group."""
    section = re.search(rf'id="{name}".*?(?=<section|</main|<li class="entry" id=)', page, re.DOTALL)
    return dict(re.findall(r'name="(id|group|seen)" value="([^"]+)"', section[0]))


def test_a_nurse_lets_a_group_stand_again_and_what_had_grown_old_counts(bench):
    told_long_ago(bench)
    assert bench.verdicts()["bladder"] == "unknown"
    client, page = bench.house.client_for(bench.nurse), f"/screening/{bench.person}/changes/"
    before = client.get(page).content.decode()
    assert before.count("Nothing has changed") == len(packaged_history().groups)
    sent = group_in(before, "bladder")
    for _tap in range(2):
        assert client.post(page, sent)["Location"] == f"{page}#bladder"
    assert bench.verdicts()["bladder"] == "proceed"
    again = [one for one in bench.whole().told if one.answered_at > LONG_AGO]
    assert {one.question for one in again} == {
        "ketamine-bladder",
        "interstitial-cystitis",
        "bladder-symptoms",
    }
    assert all(one.is_confirmed for one in again)
    assert "confirmed today" in client.get(page).content.decode()
    assert ("screening.confirm_unchanged", "done", bench.nurse.id) in bench.house.trail()


def test_what_changed_is_asked_question_by_question_in_its_group(bench):
    told_long_ago(bench)
    client, page = bench.house.client_for(bench.nurse), f"/screening/{bench.person}/history/?group=bladder"
    form = client.get(page).content.decode()
    assert ("q-bladder-symptoms" in form, "q-escort" in form) == (True, False)
    answers = {"q-ketamine-bladder": "no", "q-interstitial-cystitis": "no", "q-bladder-symptoms": "yes"}
    sent = client.post(page, {"id": str(new_id()), **answers})
    assert sent["Location"] == f"/screening/{bench.person}/changes/"
    assert bench.verdicts()["bladder"] == "hold"


def test_one_word_is_refused_where_the_answers_disagree_or_changed_meanwhile(bench):
    told_long_ago(bench)
    with bench.house.acting() as act:
        from kap.screening.retelling import told_by_group
        from kap_clinic.screening.told import responses_of, told_by

        groups = told_by_group(responses_of(told_by(act, [bench.person])[bench.person]), ToldBy.CLINICIAN)
    seen = {one.name: telling.mark_of(one.answers) for one in groups}
    link = opened_link(bench)
    key = {"organization": bench.house.id, "link": link, "token": token_of(link)}
    links.answer(**key, id=new_id(), question="bladder-symptoms", value="yes")
    links.answer(**key, id=new_id(), question="brain-bleeding", value="yes")
    links.answer(**key, id=new_id(), question="brain-bleeding", value="no")
    said = bench.by(bench.nurse)
    with pytest.raises(Refused, match="Another answer came in"):
        telling.confirm_unchanged(**said, group="bladder", seen=seen["bladder"])
    with pytest.raises(Refused, match="Ask these questions one by one"):
        telling.confirm_unchanged(**said, group="heart-and-vessels", seen=seen["heart-and-vessels"])
    with pytest.raises(Refused, match="You may not confirm a health history"):
        telling.confirm_unchanged(**bench.by(bench.house.member("therapist")), group="mind", seen="x")


def test_a_client_who_told_it_before_is_asked_in_their_language_what_has_changed(bench):
    told_long_ago(bench)
    link, phone = opened_link(bench, "es"), Client(HTTP_HOST="localhost")
    begin = phone.get(address(bench, link)).content.decode()
    assert address(bench, link, "changes/") in begin
    page = phone.get(address(bench, link, "changes/")).content.decode()
    assert "Nada ha cambiado" in page
    assert "Ana" not in page
    clients = {one.group for one in packaged_history().questions.values() if one.told_by is ToldBy.CLIENT}
    for group in clients - {"bladder"}:
        assert phone.post(address(bench, link, "changes/"), group_in(page, group)).status_code == 302
    ways = {"ketamine-bladder": "interstitial-cystitis", "interstitial-cystitis": "bladder-symptoms"}
    for question in ("ketamine-bladder", "interstitial-cystitis", "bladder-symptoms"):
        sent = phone.post(
            address(bench, link, f"questions/{question}/"), {"id": str(new_id()), "value": "no"}
        )
        following = f"questions/{ways[question]}/" if question in ways else "changes/"
        assert sent["Location"] == address(bench, link, following)
    page = phone.get(address(bench, link, "changes/")).content.decode()
    assert ("Nada ha cambiado" in page, address(bench, link, "answers/") in page) == (False, True)
    assert bench.verdicts()["bladder"] == "proceed"
    assert not any(one.is_confirmed for one in bench.whole().told if one.link == link)


def test_a_client_reads_what_came_in_meanwhile_before_it_stands_again(bench):
    told_long_ago(bench)
    link, phone = opened_link(bench), Client(HTTP_HOST="localhost")
    sent = group_in(phone.get(address(bench, link, "changes/")).content.decode(), "bladder")
    telling.confirm_history(**bench.by(bench.nurse, answers={"bladder-symptoms": "yes"}))
    page = phone.post(address(bench, link, "changes/"), sent).content.decode()
    assert "Another answer came in meanwhile" in page
    assert bench.verdicts()["bladder"] == "hold"


def test_the_language_a_client_chose_is_offered_for_the_next_link(bench):
    link, phone = opened_link(bench), Client(HTTP_HOST="localhost")
    phone.post(address(bench, link, "language/"), {"language": "es"})
    page = bench.house.client_for(bench.nurse).get(f"/screening/{bench.person}/history/link/")
    assert re.search(r'value="es"[^>]*checked', page.content.decode())
