"""The public page: closed until an administrator opens it, in two languages, for a few letters an hour."""

from __future__ import annotations

import pytest
from django.test import Client

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database


@pytest.fixture
def visitor(cluster):
    """Somebody without an account."""
    return Client(HTTP_HOST="localhost")


def switch(charts, *, is_open, by=None):
    from kap_clinic.people.enquiries import switch_self_referral

    switch_self_referral(
        organization=charts.house.id, by=by or charts.house.member("administrator"), is_open=is_open
    )


def told(**more):
    return {"id": str(new_id()), "name": "Luz Prado", "phone": "555 0199", "seeks": "Ayuda", **more}


def test_the_page_is_closed_until_an_administrator_opens_it(charts, visitor):
    address = f"/refer/{charts.house.id}/"
    assert visitor.get(address).status_code == 404
    with pytest.raises(Refused, match="may not change the organization's settings"):
        switch(charts, is_open=True, by=charts.nurse)
    switch(charts, is_open=True)
    assert visitor.get(address).status_code == 200
    switch(charts, is_open=False)
    assert visitor.post(address, told()).status_code == 404


def test_the_page_speaks_spanish_and_says_that_nobody_reviewed_the_words(charts, visitor):
    switch(charts, is_open=True)
    spanish = visitor.get(f"/refer/{charts.house.id}/?language=es").content.decode()
    assert '<html lang="es"' in spanish
    for part in ("Pida ayuda a Cedar House", "Su nombre", "Nadie ha revisado", "988", "Enviar a la clínica"):
        assert part in spanish
    english = visitor.get(f"/refer/{charts.house.id}/?language=en").content.decode()
    assert ("Your name" in english, "No one has checked" in english) == (True, False)


def test_what_somebody_writes_becomes_an_enquiry_in_their_language(charts, visitor):
    from kap_clinic.people import listing

    switch(charts, is_open=True)
    thanks = visitor.post(f"/refer/{charts.house.id}/?language=es", told())
    assert "Gracias" in thanks.content.decode()
    with charts.house.acting(charts.house.member("coordinator")) as act:
        (line,) = listing.enquiries(act, "enquiry")
        facts = listing.enquiry(act, line.id)
    assert (line.name, line.came_by) == ("Luz Prado", "self-referral")
    assert (facts.language, facts.said.seeks, facts.contact.phone) == ("es", "Ayuda", "555 0199")
    assert charts.house.trail()[-1][:2] == ("people.refer_oneself", "done")


def test_nobody_can_be_answered_without_a_number_or_an_address(charts, visitor):
    switch(charts, is_open=True)
    asked = visitor.post(f"/refer/{charts.house.id}/?language=es", told(phone=""))
    assert "Dé un número de teléfono" in asked.content.decode()


def test_too_many_letters_from_one_place_wait(charts, visitor):
    switch(charts, is_open=True)
    answers = [visitor.post(f"/refer/{charts.house.id}/", told()).status_code for _ in range(7)]
    assert answers == [200] * 6 + [429]


def test_a_house_nobody_knows_has_no_page(charts, visitor):
    assert visitor.get(f"/refer/{new_id()}/").status_code == 404


def test_strangers_from_everywhere_add_only_so_many_lines_and_letters_a_day_and_the_page_stays_open(
    charts, visitor, monkeypatch
):
    from kap_clinic.people import self_referral_views as views

    switch(charts, is_open=True)
    monkeypatch.setitem(views._LINES, "self-referral-lines", "2/d/key")
    monkeypatch.setitem(views._RATE, "self-referral", "60/h/ip,3/d/key")
    address = f"/refer/{charts.house.id}/"
    assert [visitor.get(address).status_code for _ in range(5)] == [200] * 5
    opened = [row for row in charts.house.trail() if row[0].startswith("people.open_self_referral")]
    assert len(opened) == 2
    assert [visitor.post(address, told()).status_code for _ in range(4)] == [200, 200, 200, 429]
