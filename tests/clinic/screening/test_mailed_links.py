"""A link sent by e-mail: to the address on the chart, while it opens something, with nothing else in it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core import mail

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id
from kap_clinic.people.contacts import Contact
from kap_clinic.screening import links
from kap_clinic.screening.jobs import send_link
from kap_clinic.screening.tokens import address_of

pytestmark = pytest.mark.database


@pytest.fixture
def reached(bench, monkeypatch):
    """Ben Tal's chart, with an e-mail address, and a link in Spanish for him."""
    from kap_clinic.people.actions import open_chart

    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
    mail.outbox = []
    person, link = new_id(), new_id()
    told = {"organization": bench.house.id, "by": bench.nurse}
    open_chart(**told, id=person, name="Ben Tal", birth="1980", contact=Contact(email="ben@example.org"))
    links.give_link(**told, id=link, person=person, language="es")
    return {**told, "id": link}


def test_the_letter_holds_the_link_and_names_nobody(bench, reached):
    links.mail_link(**reached)
    send_link(str(bench.house.id), str(reached["id"]))
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["ben@example.org"], "Su formulario")
    assert address_of(bench.house.id, reached["id"]) in letter.body
    for secret in ("Ben", "Cedar", "salud", "ketamin", "historia "):
        assert secret not in letter.body.replace(address_of(bench.house.id, reached["id"]), "")
    page = bench.house.client_for(bench.nurse).get(f"/screening/{person_of(bench, reached)}/history/link/")
    assert page.status_code == 200


def test_a_letter_waits_and_needs_an_address_an_open_link_and_leave(bench, reached):
    links.mail_link(**reached)
    with pytest.raises(Refused, match="handed to e-mail a moment ago"):
        links.mail_link(**reached)
    with pytest.raises(Refused, match="There is no such link"):
        links.mail_link(**{**reached, "id": new_id()})
    with pytest.raises(Refused, match="You may not give a client the link"):
        links.mail_link(**{**reached, "by": bench.house.member("administrator")})
    without = new_id()
    links.give_link(**{**bench.by(bench.nurse, language="en"), "id": without})
    with pytest.raises(Refused, match="has no e-mail address"):
        links.mail_link(**{**reached, "id": without})
    links.withdraw_link(**reached)
    with pytest.raises(Refused, match="opens nothing any more"):
        links.mail_link(**reached)
    send_link(str(bench.house.id), str(reached["id"]))
    assert mail.outbox == []
    assert bench.house.trail()[-1][:2] == ("screening.keep_back_link", "done")


def test_the_page_hands_it_to_e_mail_and_says_when(bench, reached):
    client = bench.house.client_for(bench.nurse)
    page = f"/screening/{person_of(bench, reached)}/history/link/{reached['id']}/"
    assert "data:image/svg+xml" in client.get(page).content.decode()
    assert client.get(f"{page}mail/").status_code == 200
    assert client.post(f"{page}mail/")["Location"] == page
    assert "handed to e-mail" in client.get(page).content.decode()


def person_of(bench, reached):
    from kap_clinic.screening.models import HistoryLink

    with bench.house.acting():
        return HistoryLink.objects.get(id=reached["id"]).person_id
