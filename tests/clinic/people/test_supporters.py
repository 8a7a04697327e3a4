"""Who stands by a client: named with what they may be told, sealed, and ended with a reason."""

from __future__ import annotations

import pytest

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id
from kap_clinic.people import supporters
from kap_clinic.people.access import person_in
from kap_clinic.people.contacts import Contact
from kap_clinic.people.supporters import Named

pytestmark = pytest.mark.database

LUIS = {"name": "Luis Keller", "relation": "brother", "does": "escort", "may_be_told": "watch"}


@pytest.fixture
def stands_by(charts):
    """Name somebody as the nurse, or as somebody else; return the id."""

    def name(by=None, id=None, phone="555 0111", **other):
        id = id or new_id()
        named = Named(**{**LUIS, **other}, contact=Contact(phone=phone))
        said = {"organization": charts.house.id, "person": charts.person, "named": named}
        supporters.name_supporter(**said, by=by or charts.nurse, id=id)
        return id

    return name


def read(charts, by):
    with charts.house.acting(by) as act:
        found = supporters.supporters(act, person_in(act, charts.person))
        return [(one.named.name, one.named.contact.phone) for one in found]


def test_an_escort_is_kept_sealed_read_by_those_who_reach_the_client_and_ended_once(charts, stands_by):
    from kap_clinic.people.models import SupportPerson

    stands_by(name="Mia Roth", does="supporter", may_be_told="nothing")
    id = stands_by()
    stands_by(id=id)
    assert read(charts, charts.nurse) == [("Luis Keller", "555 0111"), ("Mia Roth", "555 0111")]
    assert read(charts, charts.house.member("custodian")) == []
    with charts.house.acting():
        assert "555" not in SupportPerson.objects.get(id=id).contact_sealed
    seen = charts.house.client_for(charts.nurse).get(f"/people/{charts.person}/").content.decode()
    for part in ("escort: Luis Keller, brother", "555 0111", "what to watch for after a dose"):
        assert part in seen
    for _click in range(2):
        supporters.end_support(organization=charts.house.id, by=charts.nurse, id=id, because="Moved away")
    assert read(charts, charts.nurse) == [("Mia Roth", "555 0111")]


def test_a_person_is_named_with_a_way_to_reach_them_by_those_who_may(charts, stands_by):
    for other, says in (
        ({"name": " "}, "Write the name"),
        ({"phone": ""}, "telephone number or an e-mail"),
        ({"does": "juggler"}, "Choose what"),
        ({"may_be_told": ""}, "Choose what"),
    ):
        with pytest.raises(Refused, match=says):
            stands_by(**other)
    with pytest.raises(Refused, match="work of"):
        stands_by(by=charts.house.member("therapist"))
    id = stands_by()
    end = {"organization": charts.house.id, "id": id}
    with pytest.raises(Refused, match="Say why"):
        supporters.end_support(**end, by=charts.nurse, because="")
    with pytest.raises(Refused, match="work of"):
        supporters.end_support(**end, by=charts.house.member("therapist"), because="Moved away")
    with pytest.raises(Refused, match="Nobody under this id"):
        supporters.end_support(**{**end, "id": new_id()}, by=charts.nurse, because="Moved away")


def test_the_pages_name_somebody_and_end_it(charts):
    client = charts.house.client_for(charts.house.member("coordinator"))
    id, chart = str(new_id()), f"/people/{charts.person}/"
    assert "What they may be told" in client.get(f"{chart}support/").content.decode()
    for _click in range(2):
        assert client.post(f"{chart}support/", {"id": id, **LUIS, "phone": "555"}).url == chart
    assert client.post(f"/people/supporters/{id}/end/", {"because": "Moved away"}).url == chart
    assert "escort: Luis" not in client.get(chart).content.decode()
    assert client.get(f"/people/supporters/{new_id()}/end/").status_code == 404
