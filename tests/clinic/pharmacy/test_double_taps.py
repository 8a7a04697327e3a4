"""Double taps, retries and cut connections on draw, give and waste: each done once, milligrams add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from tests.dosed import PIN, Dispensary, dispensary
from tests.planned import TODAY
from tests.wires import Hand, hand_of

from kap.controlled_substances.log import balance_after
from kap.vocabulary.quantities import Concentration, Mass, Volume
from kap.vocabulary.routes import Drug
from kap_clinic.audit.chained import check_chains
from kap_clinic.database.identity import new_id
from kap_clinic.pharmacy import actions, queries, safekeeping

pytestmark = pytest.mark.database

HANDS = 4
SENDS = 5


def _hand(live: Any, pharmacy: Dispensary) -> Hand:
    page = f"/pharmacy/container/{pharmacy.vial}/count/"
    return hand_of(live, pharmacy.ward.house, pharmacy.ward.staff["nurse"], page)


def _tapped(hands: ThreadPoolExecutor, hand: Hand, path: str, told: dict[str, str]) -> Iterator[int]:
    """One act as a bad network and a nervous thumb send it: two at once, two cut, and one more after all."""
    ways: list[Callable[..., int]] = [hand.send, hand.cut, hand.send, hand.cut]
    sent = [hands.submit(way, path, told) for way in ways]
    yield from (one.result() for one in sent)
    yield hand.send(path, told)


def _vial(pharmacy: Dispensary) -> UUID:
    told = pharmacy.ward.by(
        "custodian", safe=pharmacy.safe, drug=Drug.KETAMINE, concentration=Concentration.mg_per_ml(50),
        volume=Volume.ml(1000), lot="K-1000", expires_on=TODAY + timedelta(days=9), came_from="Cedar",
    )  # fmt: skip
    safekeeping.receive(**told)
    return told["id"]


def _draw_and_waste(pharmacy: Dispensary, hand: Hand, order: UUID, vial: UUID, rounds: int) -> list[int]:
    second = {"second": str(pharmacy.second.id), "pin": PIN}
    answers: list[int] = []
    with ThreadPoolExecutor(HANDS) as hands:
        for _ in range(rounds):
            syringe = str(new_id())
            drawn = {"id": syringe, "container": str(vial), "drawn": "0.7", "label": "50", **second}
            answers += _tapped(hands, hand, f"/pharmacy/draw/{order}/", drawn)
            wasted = {"id": str(new_id()), **second}
            answers += _tapped(hands, hand, f"/pharmacy/syringe/{syringe}/waste/", wasted)
    return answers


def _give_in_parts(pharmacy: Dispensary, syringe: UUID, parts: int) -> list[bool]:
    """Give half a milligram at a time, each act sent five times at once, as the dosing day joins it."""
    ward, session = pharmacy.ward, pharmacy.ward.session("dose-1").id

    def give(told: dict[str, Any]) -> bool:
        try:
            with ward.house.acting(ward.staff["nurse"], "dosing_day.give"):
                return actions.give_drawn(**told).is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        acts = [
            ward.by("nurse", syringe=syringe, session=session, given=Mass.mg("0.5")) for _ in range(parts)
        ]
        return list(hands.map(give, [told for told in acts for _ in range(SENDS)]))


def _everything_once(clinic: Any, live: Any, *, rounds: int, parts: int) -> None:
    pharmacy = dispensary(clinic)
    order, vial, hand = pharmacy.released(), _vial(pharmacy), _hand(live, pharmacy)
    answers = _draw_and_waste(pharmacy, hand, order, vial, rounds)
    assert set(answers) == {0, 302}
    drawing = {**pharmacy.drawing(order), "container": vial}
    actions.draw_up(**drawing)
    given = _give_in_parts(pharmacy, drawing["id"], parts)
    assert given.count(True) == parts
    actions.waste(**pharmacy.ward.by("nurse", syringe=drawing["id"], second=pharmacy.witness))
    with pharmacy.ward.house.acting(pharmacy.ward.staff["custodian"]) as act:
        lines = queries.log_of(act, pharmacy.safe, container=vial, limit=10_000).lines
    names = [line.entry.name for line in lines]
    assert [names.count(name) for name in ("drug_drawn", "drug_given", "drug_wasted")] == [
        rounds + 1, parts, rounds + 1,
    ]  # fmt: skip
    balance = balance_after([line.entry for line in lines], vial)
    assert balance.adds_up
    assert balance.given.in_unit("mL") == Decimal("0.01") * parts
    assert balance.remaining.in_unit("mL") == 1000 - Decimal("0.7") * (rounds + 1)
    address = clinic.cluster.superuser_address(clinic.database)
    with psycopg.connect(**address.conninfo()) as server:
        _counts, problems = check_chains(
            lambda query, values: server.execute(query, values).fetchall(), pharmacy.ward.house.id
        )
    assert problems == []


def test_fifty_taps_retries_and_cut_connections_are_each_done_once(clinic: Any, live: Any) -> None:
    _everything_once(clinic, live, rounds=3, parts=4)


@pytest.mark.slow
def test_a_thousand_taps_retries_and_cut_connections_are_each_done_once(clinic: Any, live: Any) -> None:
    _everything_once(clinic, live, rounds=200, parts=10)
