"""The proof of the trail names what a hand in the database did to a safe, an order or a balance."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from tests.dosed import Dispensary

from kap.vocabulary.quantities import Mass, Volume
from kap_clinic.audit.chained import check_chains
from kap_clinic.orders import actions as orders
from kap_clinic.pharmacy import actions, safekeeping

pytestmark = pytest.mark.database


@pytest.fixture
def kept(pharmacy: Dispensary) -> Dispensary:
    """A dose drawn, partly given, its rest wasted; the vial counted; another order signed and withdrawn."""
    ward, syringe = pharmacy.ward, pharmacy.drawn()
    session = ward.session("dose-1").id
    actions.give_drawn(**ward.by("nurse", syringe=syringe, session=session, given=Mass.mg(20)))
    actions.waste(**ward.by("nurse", syringe=syringe, second=pharmacy.witness))
    safekeeping.count(
        **ward.by("nurse", container=pharmacy.vial, found=Volume.ml("9.2"), second=pharmacy.witness)
    )
    told = pharmacy.told(session="dose-2")
    orders.sign_order(**told)
    orders.withdraw_order(**ward.by("prescriber", order=told["id"], why="Ill today."))
    return pharmacy


TAMPERED = {
    "UPDATE pharmacy_movement SET text = replace(text, '0.4 mL', '0.6 mL')": "safes changed",
    "UPDATE pharmacy_movement SET text = 'x' WHERE number = 2": "safes changed",
    "DELETE FROM pharmacy_movement WHERE number = 3": "safes removed",
    "DELETE FROM pharmacy_movement WHERE number = 5": "safes shown otherwise",
    "DELETE FROM pharmacy_movement": "safes lost",
    "UPDATE pharmacy_movement SET recorded_by = gen_random_uuid()": "safes shown otherwise",
    "UPDATE pharmacy_container SET remaining_ml = 9.3": "safes shown otherwise",
    "UPDATE pharmacy_container SET lot = 'K-118'": "safes shown otherwise",
    "UPDATE pharmacy_syringe SET given_ml = 0.3": "safes shown otherwise",
    "UPDATE pharmacy_syringe SET wasted_ml = 0": "safes shown otherwise",
    "UPDATE pharmacy_syringe SET second = gen_random_uuid()": "safes shown otherwise",
    "DELETE FROM pharmacy_discrepancy": "safes shown otherwise",
    "UPDATE pharmacy_discrepancy SET expected_ml = 9.2": "safes shown otherwise",
    "UPDATE pharmacy_safe SET number = 4": "safes lost",
    "UPDATE orders_orderentry SET text = replace(text, '35 mg', '53 mg')": "orders changed",
    "UPDATE orders_order SET amount_mg = 53": "orders shown otherwise",
    "UPDATE orders_order SET state = 'signed' WHERE state = 'released'": "orders shown otherwise",
    "UPDATE orders_order SET state = 'signed' WHERE state = 'withdrawn'": "orders shown otherwise",
    "DELETE FROM orders_orderentry WHERE number = 2": "orders shown otherwise",
    "DELETE FROM orders_orderentry": "orders lost",
}


def test_each_thing_done_to_a_safe_or_an_order_is_named(kept: Dispensary, clinic: Any) -> None:
    address, found = clinic.cluster.superuser_address(clinic.database), {}
    with psycopg.connect(**address.conninfo()) as server:

        def read(query: str, values: Any) -> Any:
            return server.execute(query, values).fetchall()

        counts, problems = check_chains(read, kept.ward.house.id)
        assert problems == []
        checked = {one.kind: one.rows for one in counts}
        assert (checked["safes"], checked["orders"]) == (5, 4)
        for statement in TAMPERED:
            server.execute("SET LOCAL session_replication_role = replica")
            server.execute(statement)
            _counts, problems = check_chains(read, kept.ward.house.id)
            found[statement] = problems[0].kind if problems else "nothing"
            server.rollback()
    assert found == TAMPERED
