"""Thousands of answers through links that are good, used up, taken back, forged or somebody else's.

What a good link sent is there once, as it was sent last; what any other sent is nowhere, and every refusal
reads the same. Whoever answered item 9 with more than zero has one case, and nobody else has any.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from tests.clinic.measures.conftest import Desk, open_chart

from kap.instruments.shelf import instrument
from kap.vocabulary.errors import Refused
from kap_clinic.cases.models import Case
from kap_clinic.database.identity import new_id
from kap_clinic.measures import links
from kap_clinic.measures.models import Answer, Asked
from kap_clinic.measures.tokens import token_of

pytestmark = pytest.mark.database

FORMS = ("gad7", "pc-ptsd-5", "audit-c", "phq9")
NOT_VALID = str(links.NOT_VALID)


@dataclass
class Client:
    """One client with a link, and what they have answered so far."""

    key: dict[str, Any]
    forms: dict[Any, str]
    answered: dict[tuple[Any, str], str] = field(default_factory=dict)
    sent: list[dict[str, Any]] = field(default_factory=list)

    @property
    def said_yes_to_item_nine(self) -> bool:
        """Whether they ever answered the question about death with more than zero."""
        return any(
            self.forms[one["asked"]] == "phq9" and one["item"] == "9" and one["value"] not in ("", "0")
            for one in self.sent
        )

    def one(self, chance: Random) -> dict[str, Any]:
        """Something this client could answer."""
        asked = chance.choice(list(self.forms))
        item = chance.choice(instrument(self.forms[asked]).items)
        value = chance.choice(["", *map(str, _values(item.kind))])
        return {**self.key, "id": new_id(), "asked": asked, "item": item.id, "value": value}


def _values(kind: Any) -> list[int]:
    return list(range(int(kind.lowest), int(kind.highest) + 1))


def client_of(clinic: Any, name: str) -> Client:
    """A client of a house of their own, with three forms behind one link."""
    house = clinic.organization(name)
    nurse, director = house.member("nurse"), house.member("medical_director")
    person = open_chart(house, nurse, f"Client of {name}")
    desk = Desk(
        house=house, nurse=nurse, coordinator=nurse, therapist=nurse, director=director, person=person
    )
    desk.put_on_call()
    link = desk.link(*FORMS)
    with house.acting():
        forms = dict(Asked.objects.filter(link_id=link).values_list("id", "instrument"))
    return Client(key=desk.key(link), forms=forms)


def good(clients: list[Client], chance: Random) -> None:
    """An answer as it should be: it is kept."""
    client = chance.choice(clients)
    told = client.one(chance)
    links.answer(**told)
    client.answered[told["asked"], told["item"]] = told["value"]
    client.sent.append(told)


def again(clients: list[Client], chance: Random) -> None:
    """The newest answer sent once more, as a phone does on a bad line: nothing changes."""
    client = chance.choice(clients)
    if client.sent:
        assert not links.answer(**client.sent[-1]).is_new


def other_content(clients: list[Client], chance: Random) -> None:
    """An id that holds another answer: refused."""
    client = chance.choice(clients)
    if client.sent:
        told = client.sent[-1]
        with pytest.raises(Refused, match="other content"):
            links.answer(**{**told, "value": "1" if told["value"] != "1" else "0"})


def impossible(clients: list[Client], chance: Random) -> None:
    """An answer or a question no form has: refused."""
    told = chance.choice(clients).one(chance)
    wrong = chance.choice([{"value": chance.choice(["9", "-1", "x" * 80, "1;2", "¿?"])}, {"item": "99"}])
    with pytest.raises(Refused):
        links.answer(**{**told, **wrong})


def forged(clients: list[Client], chance: Random) -> None:
    """A token that was made up, shortened, or belongs to another link: refused in the one sentence."""
    told = chance.choice(clients).one(chance)
    token = chance.choice([token_of(new_id()), told["token"][:-1], "", told["token"] + "0", "é"])
    with pytest.raises(Refused) as refused:
        links.answer(**{**told, "token": token})
    assert str(refused.value) == NOT_VALID


def another_organization(clients: list[Client], chance: Random) -> None:
    """One house's link under another house's address: refused in the one sentence."""
    one, other = chance.sample(clients, 2)
    with pytest.raises(Refused) as refused:
        links.answer(**{**one.one(chance), "organization": other.key["organization"]})
    assert str(refused.value) == NOT_VALID


def another_client(clients: list[Client], chance: Random) -> None:
    """A good link with somebody else's form: refused."""
    one, other = chance.sample(clients, 2)
    with pytest.raises(Refused, match="does not open that form"):
        links.answer(**{**other.one(chance), **one.key})


def closed(clients: list[Client], chance: Random, spent: list[dict[str, Any]]) -> None:
    """A link that was sent, taken back or whose time is over: refused in the one sentence."""
    told = {**chance.choice(clients).one(chance), **chance.choice(spent)}
    with pytest.raises(Refused) as refused:
        links.answer(**told)
    assert str(refused.value) == NOT_VALID


def spent_links(clinic: Any) -> list[dict[str, Any]]:
    """Links that were sent, taken back, and whose forms' time is over."""
    sent, taken, over = (client_of(clinic, name) for name in ("Sent", "Taken", "Over"))
    links.answer(**sent.one(Random(1)))
    links.finish(**sent.key)
    staff = links.CLIENT
    links.withdraw_link(organization=taken.key["organization"], by=staff, id=taken.key["link"])
    from tests.rows import NOON

    from kap_clinic.database.door import acting

    with acting(over.key["organization"], staff, "test.over"):
        Asked.objects.filter(link_id=over.key["link"]).update(opens_at=NOON, due_at=NOON, expires_at=NOON)
    return [sent.key, taken.key, over.key]


def fuzz(clinic: Any, times: int, seed: int) -> None:
    """Send so many answers of all kinds, then compare what is kept with what was rightly sent."""
    from kap_clinic.database.door import acting

    chance, clients = Random(seed), [client_of(clinic, name) for name in ("Cedar", "Birch", "Alder")]
    spent = spent_links(clinic)
    kinds = [good, good, good, again, other_content, impossible, forged, another_organization, another_client]
    for _time in range(times):
        kind = chance.choice([*kinds, None])
        if kind is None:
            closed(clients, chance, spent)
        else:
            kind(clients, chance)
    for client in clients:
        with acting(client.key["organization"], links.CLIENT, "test.look"):
            rows = list(Answer.objects.order_by("recorded_at", "id"))
            cases = list(Case.objects.values_list("kind", flat=True))
        assert {(row.asked_id, row.item): row.value for row in rows} == client.answered
        assert len(rows) == len(client.sent), "each answer is there once"
        assert cases == (["safety-questions"] if client.said_yes_to_item_nine else [])


def test_three_hundred_answers_of_all_kinds(clinic):
    fuzz(clinic, 300, seed=20261121)


@pytest.mark.slow
def test_ten_thousand_answers_of_all_kinds(clinic):
    fuzz(clinic, 10_000, seed=1)
