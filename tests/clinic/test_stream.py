"""The stream: a ticket of one organization hears that organization, and nothing is heard without one."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kap.vocabulary.errors import Refused
from kap_clinic.database.announce import announce
from kap_clinic.database.identity import new_id
from kap_clinic.stream.listening import LONGEST_QUEUE, Listening
from kap_clinic.stream.tokens import issue, read

SECRET = "a secret of the test"
NOON = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)


def _ticket(**changed: Any) -> str:
    return issue(SECRET, **{"organization": new_id(), "member": new_id(), "at": NOON, **changed})


def test_a_ticket_is_read_back_until_its_five_minutes_are_over():
    organization, member = new_id(), new_id()
    token = _ticket(organization=organization, member=member)
    ticket = read(SECRET, token, NOON + timedelta(minutes=4, seconds=59))
    assert (ticket.organization, ticket.member, ticket.issued_at) == (organization, member, NOON)
    with pytest.raises(Refused, match="over"):
        read(SECRET, token, NOON + timedelta(minutes=5))


@pytest.mark.parametrize("spoil", [
    lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
    lambda token: "A" + token[1:],
    lambda token: token.partition(".")[0],
    lambda token: "",
    lambda token: token + "é",
])  # fmt: skip
def test_a_forged_or_damaged_ticket_is_refused(spoil):
    with pytest.raises(Refused, match="not one of ours"):
        read(SECRET, spoil(_ticket()), NOON)


def test_another_installations_ticket_is_refused():
    with pytest.raises(Refused):
        read("another secret", _ticket(), NOON)


@pytest.mark.database
def test_a_change_reaches_the_screens_of_its_organization_and_no_other(clinic):
    here, there = clinic.organization("Here"), clinic.organization("There")
    site = new_id()

    async def heard() -> tuple[list[Any], bool]:
        from asgiref.sync import sync_to_async

        listening = Listening(clinic.cluster.address("kap_app", clinic.database).conninfo())
        task = asyncio.create_task(listening.run())
        async with listening.screen(here.id) as ours, listening.screen(there.id) as theirs:
            while not listening.is_hearing:
                await asyncio.sleep(0.01)
            await sync_to_async(_announce_and_fail)(here, new_id())
            await sync_to_async(_announce)(here, site)
            first = await asyncio.wait_for(ours.get(), 10)
            task.cancel()
            return [first], theirs.empty()

    assert asyncio.run(heard()) == ([{"what": "sites", "ids": [str(site)]}], True)


def test_a_screen_is_told_of_what_changed_between_the_drawing_of_its_page_and_the_opening_of_its_line():
    async def missed(since: datetime, organization: Any, *, is_hearing: bool = True) -> bool:
        listening = Listening({})
        listening.hearing_since = NOON if is_hearing else None
        listening.tell(json.dumps({"organization": str(here), "what": "cases", "ids": []}))
        async with listening.screen(organization, since) as queue:
            return not queue.empty()

    here, now = new_id(), datetime.now(UTC)
    assert asyncio.run(missed(now, here))
    assert not asyncio.run(missed(now + timedelta(seconds=5), here))
    assert not asyncio.run(missed(now, new_id()))
    assert asyncio.run(missed(now - timedelta(minutes=1), new_id())), "longer ago than is kept"
    assert asyncio.run(missed(now, new_id(), is_hearing=False)), "nobody heard"


def test_a_screen_that_falls_behind_is_cut_off_and_not_fed_half():
    async def fall_behind() -> list[Any]:
        listening = Listening({})
        organization = new_id()
        notice = json.dumps({"organization": str(organization), "what": "sites", "ids": []})
        async with listening.screen(organization) as queue:
            for _ in range(LONGEST_QUEUE):
                listening.tell(notice)
            return [queue.get_nowait() for _ in range(queue.qsize())]

    assert asyncio.run(fall_behind()) == [None]


@pytest.mark.database
def test_a_fresh_ticket_is_given_to_a_member_and_leaves_no_row(clinic):
    house = clinic.organization()
    nurse = house.member("nurse")
    answer = house.client_for(nurse).get("/live/ticket")
    assert (answer.status_code, house.trail()) == (200, [])
    from django.test import Client

    assert Client(HTTP_HOST="localhost").get("/live/ticket").status_code == 401


def _announce(house: Any, site: Any) -> None:
    with house.acting() as act:
        announce(act, "sites", site)


def _announce_and_fail(house: Any, site: Any) -> None:
    with pytest.raises(ZeroDivisionError), house.acting() as act:
        announce(act, "sites", site)
        raise ZeroDivisionError
