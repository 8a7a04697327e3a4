"""Double taps, retries, two screens and cut connections on “dose given”, over the real server: each once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest
from tests.dosed import PIN
from tests.in_room import Treatment, treatment
from tests.wires import Hand, hand_of

from kap.controlled_substances.log import balance_after
from kap.vocabulary.quantities import Mass
from kap_clinic.audit.chained import check_chains
from kap_clinic.audit.models import Entry
from kap_clinic.database.identity import new_id
from kap_clinic.dosing_day.models import Administration, SessionEntry
from kap_clinic.pharmacy import queries

pytestmark = pytest.mark.database

HANDS = 8
CUT, ACCEPTED, REFUSED = 0, 302, 422


@dataclass(frozen=True)
class Room:
    """A session after its time-out, open on two screens, each of which has made an id for the dose."""

    day: Treatment
    session: UUID
    screens: tuple[str, str]

    def burst(self, hand: Hand) -> list[tuple[Any, str, dict[str, str]]]:
        """One tap that is two, both screens at once, two answers never read."""
        path, (one, other) = f"/dosing-day/{self.session}/give/", map(self._told, self.screens)
        ways = [(hand.send, one), (hand.cut, one), (hand.send, other), (hand.send, one), (hand.cut, one)]
        return [(way, path, told) for way, told in ways]

    def _told(self, id: str) -> dict[str, str]:
        second = str(self.day.pharmacy.second.id)
        return {"id": id, "syringe": str(self.day.syringe), "second": second, "pin": PIN}


def _rooms(clinic: Any, count: int) -> list[Room]:
    first = treatment(clinic)
    days = [first, *(first.beside() for _ in range(count - 1))]
    return [Room(day, day.timed_out(), (str(new_id()), str(new_id()))) for day in days]


def _sent(rooms: list[Room], hand: Hand, rounds: int) -> dict[str, Counter[int]]:
    """Send everything, many hands at once; how each id was answered."""
    sends = [one for _ in range(rounds) for room in rooms for one in room.burst(hand)]
    with ThreadPoolExecutor(HANDS) as hands:
        answers = list(hands.map(lambda one: (one[2]["id"], one[0](*one[1:])), sends))
    # Each screen asks once more, after all: whatever was cut before has been judged when this is answered.
    last = [one for room in rooms for one in (*room.burst(hand)[:1], *room.burst(hand)[2:3])]
    answers += [(told["id"], way(path, told)) for way, path, told in last]
    return {id: Counter(status for who, status in answers if who == id) for id, _ in answers}


def _each_dose_once(clinic: Any, live: Any, *, count: int, rounds: int) -> int:
    rooms = _rooms(clinic, count)
    day = rooms[0].day
    page = f"/dosing-day/{rooms[0].session}/"
    answers = _sent(rooms, hand_of(live, day.house, day.staff["nurse"], page), rounds)
    for room in rooms:
        _is_given_once(room, answers)
    with day.house.acting(day.staff["custodian"]) as act:
        lines = queries.log_of(act, day.pharmacy.safe, container=day.pharmacy.vial, limit=10_000).lines
    names = Counter(line.entry.name for line in lines)
    assert (names["drug_drawn"], names["drug_given"]) == (count, count)
    balance = balance_after([line.entry for line in lines], day.pharmacy.vial)
    assert balance.adds_up
    assert day.pharmacy.remaining() * 50 == 500 - 35 * count
    address = clinic.cluster.superuser_address(clinic.database)
    with psycopg.connect(**address.conninfo()) as server:
        told = check_chains(lambda query, values: server.execute(query, values).fetchall(), day.house.id)
    assert told[1] == []
    return sum(one.total() for one in answers.values())


def _is_given_once(room: Room, answers: dict[str, Counter[int]]) -> None:
    """One screen's dose is given and the other's refused, whichever was first; everything is written once."""
    day, session = room.day, room.session
    [given] = [id for id in room.screens if answers[id][ACCEPTED]]
    [late] = [id for id in room.screens if id != given]
    assert set(answers[given]) <= {CUT, ACCEPTED}
    assert set(answers[late]) <= {CUT, REFUSED}
    with day.house.acting(day.staff["nurse"]) as act:
        doses = Administration.objects.filter(session_id=session).values_list("id", "amount_mg")
        assert [(str(id), amount) for id, amount in doses] == [(given, 35)]
        entries = SessionEntry.objects.filter(session_id=session, text__contains='"dose_given@1"')
        assert [str(one.id) for one in entries] == [given]
        assert queries.given_in(act, day.planned) == Mass.mg(35)
        rows = Entry.objects.filter(action="dosing_day.give", subjects__contains=[session])
        trail = Counter(rows.values_list("outcome", flat=True))
    # Each request that was answered left its one row in the trail; one that was cut may have left its own.
    for outcome, id, status in (("done", given, ACCEPTED), ("refused", late, REFUSED)):
        assert answers[id][status] <= trail[outcome] <= answers[id].total()


def test_a_dose_sent_thirty_times_from_two_screens_is_given_once(clinic: Any, live: Any) -> None:
    assert _each_dose_once(clinic, live, count=2, rounds=3) == 34


@pytest.mark.slow
def test_doses_sent_a_thousand_times_from_two_screens_are_each_given_once(clinic: Any, live: Any) -> None:
    assert _each_dose_once(clinic, live, count=12, rounds=17) == 1044
