"""Orders: proposed from chart, plan and safe, signed by a prescriber, released, changed by entries."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.dosed import Dispensary, register_site

from kap.dosing.orders import OrderState
from kap.vocabulary.errors import Refused
from kap.vocabulary.quantities import Mass
from kap_clinic.database.identity import new_id
from kap_clinic.orders import actions, queries
from kap_clinic.pharmacy.actions import give_drawn, waste

pytestmark = pytest.mark.database


def _facts(pharmacy: Dispensary, order: Any) -> queries.OrderFacts:
    with pharmacy.ward.house.acting(pharmacy.ward.staff["nurse"]) as act:
        found = queries.order_of(act, order)
    assert found is not None
    return found


def test_an_order_is_signed_once_as_it_was_read_and_released(pharmacy: Dispensary) -> None:
    ward, told = pharmacy.ward, pharmacy.told()
    assert [actions.sign_order(**told), actions.sign_order(**told)] == [True, False]
    facts = _facts(pharmacy, told["id"])
    assert (facts.what.amount, facts.state, facts.signed_by, facts.session_title) == (
        Mass.mg(35), OrderState.SIGNED, "Priya Natarajan", "First dose",
    )  # fmt: skip
    releasing = ward.by("prescriber", order=told["id"])
    assert [actions.release_order(**releasing), actions.release_order(**releasing)] == [True, False]
    released = _facts(pharmacy, told["id"])
    assert (released.state, released.released_by) == (OrderState.RELEASED, "Priya Natarajan")
    with ward.house.acting(ward.staff["nurse"]) as act:
        assert [one.id for one in queries.released_at_site(act, ward.site)] == [told["id"]]
    with pytest.raises(Refused, match="has an order"):
        actions.sign_order(**pharmacy.told())


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"seen": "another"}, "proposal changed since"),
        ({"session": new_id()}, "no planned session"),
    ],
)
def test_an_order_is_not_signed(pharmacy: Dispensary, other: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        actions.sign_order(**{**pharmacy.told(), **other})


def test_who_may_order_for_whom_and_where(pharmacy: Dispensary) -> None:
    ward, told = pharmacy.ward, pharmacy.told()
    with pytest.raises(Refused, match="You may not"):
        actions.sign_order(**{**told, "by": ward.staff["nurse"]})
    with pytest.raises(Refused, match="this session is none"):
        actions.sign_order(**{**told, "session": ward.session("integration-1").id})
    register_site(ward, "")
    with pytest.raises(Refused, match="no DEA registration"):
        actions.sign_order(**told)
    register_site(ward)
    ward.sign_screening("wait")
    with pytest.raises(Refused, match="No screening is signed"):
        actions.sign_order(**told)
    with ward.house.acting():
        assert queries.Order.objects.count() == 0


def test_a_change_must_be_released_anew_and_what_is_drawn_is_wasted_first(pharmacy: Dispensary) -> None:
    ward, syringe = pharmacy.ward, pharmacy.drawn()
    order = next(one.id for one in _orders(pharmacy))
    less = pharmacy.told("0.4")
    change = {**{key: less[key] for key in ("organization", "by", "wish", "over", "made_up_to", "seen")}}
    change |= {"id": new_id(), "order": order, "why": "Sedated last time."}
    withdraw = ward.by("prescriber", order=order, why="Ill today.")
    for act, told in ((actions.change_order, change), (actions.withdraw_order, withdraw)):
        with pytest.raises(Refused, match="is drawn up"):
            act(**told)
    waste(**ward.by("nurse", syringe=syringe, second=pharmacy.witness))
    assert [actions.change_order(**change), actions.change_order(**change)] == [True, False]
    facts = _facts(pharmacy, order)
    assert (facts.what.amount, facts.state, facts.released_at) == (Mass.mg(28), OrderState.SIGNED, None)
    actions.withdraw_order(**withdraw)
    with pytest.raises(Refused, match="was withdrawn"):
        actions.release_order(**ward.by("prescriber", order=order))
    told = pharmacy.told()
    assert actions.sign_order(**told) is True


def test_what_was_given_counts_against_the_session_and_a_syringe_of_a_changed_order_is_not_given(
    pharmacy: Dispensary,
) -> None:
    ward, syringe = pharmacy.ward, pharmacy.drawn()
    session = ward.session("dose-1").id
    give_drawn(**ward.by("nurse", syringe=syringe, session=session, given=Mass.mg(20)))
    from django.utils import timezone

    from kap_clinic.orders.proposing import proposal_for

    with ward.house.acting(ward.staff["prescriber"]) as act:
        proposal = proposal_for(act, ward.session("dose-1"), pharmacy.wish("0.9"), timezone.now())
    # 1 mg/kg of 70 kg binds the session's total: 20 mg are given, 50 mg are left.
    assert proposal.dose == Mass.mg(50)


def _seen(page: Any) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page.content.decode())
    assert found is not None
    return found.group(1)


def _orders(pharmacy: Dispensary) -> list[queries.OrderFacts]:
    with pharmacy.ward.house.acting(pharmacy.ward.staff["nurse"]) as act:
        return queries.orders_of(act, pharmacy.ward.person)


def test_a_prescriber_reads_the_proposal_signs_releases_and_withdraws_on_the_pages(
    pharmacy: Dispensary,
) -> None:
    ward = pharmacy.ward
    client, session = ward.client("prescriber"), ward.session("dose-1").id
    page = client.get(f"/orders/session/{session}/?amount=1.2")
    words = page.content.decode()
    assert "less than was asked" in words
    assert "at most 1 mg/kg a session by this route, for 70 kg" in words
    page = client.get(f"/orders/session/{session}/")
    seen = _seen(page)
    sent = {"id": str(new_id()), "seen": seen}
    signed = client.post(f"/orders/session/{session}/", sent)
    assert signed["location"] == f"/orders/{sent['id']}/"
    assert client.get(f"/orders/session/{session}/")["location"] == signed["location"]
    url = signed["location"]
    assert "signed, not released yet" in client.get(url).content.decode()
    assert client.post(f"{url}release/", {"id": str(new_id())}).status_code == 302
    nurse = ward.client("nurse").get(url).content.decode()
    assert "Draw it up" in nurse
    assert "Withdraw" not in nurse
    change = client.get(f"{url}change/?amount=0.4")
    told = {"id": str(new_id()), "seen": _seen(change), "why": "Sedated."}
    assert client.post(f"{url}change/?amount=0.4", told).status_code == 302
    assert "28 mg ketamine into a vein" in client.get(url).content.decode()
    assert client.post(f"{url}withdraw/", {"id": str(new_id()), "why": "Ill."}).status_code == 302
    assert "withdrawn" in client.get(f"/orders/person/{ward.person}/").content.decode()
    assert ward.client("coordinator").get(url).status_code == 403


def test_without_a_weight_the_page_says_what_is_missing_and_offers_no_signature(clinic: Any) -> None:
    from tests.planned import ward as plain_ward

    made = plain_ward(clinic)
    made.sign_screening()
    made = made.with_plan()
    page = made.client("prescriber").get(f"/orders/session/{made.session('dose-1').id}/").content.decode()
    assert "No body weight is recorded." in page
    assert "Sign the order" not in page


def test_the_list_of_orders_asks_no_more_for_three_than_for_one(pharmacy: Dispensary) -> None:
    ward, client = pharmacy.ward, pharmacy.ward.client("nurse")
    url = f"/orders/person/{ward.person}/"

    def asked() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    first = pharmacy.released()
    one = asked()
    actions.withdraw_order(**ward.by("prescriber", order=first, why="Ill."))
    pharmacy.released()
    pharmacy.released("dose-2")
    assert asked() == one


def test_the_day_board_says_which_dose_of_the_coming_day_waits_for_the_prescriber(
    pharmacy: Dispensary,
) -> None:
    from datetime import timedelta

    from kap.vocabulary.moments import Instant
    from kap_clinic.orders.needs import needs_of

    ward, begins = pharmacy.ward, pharmacy.ward.session("dose-1").time.opens_at

    def said(role: str, hours: int = 20) -> list[str]:
        with ward.house.acting(ward.staff[role]) as act:
            needs = needs_of(act, ward.site, Instant(begins.at - timedelta(hours=hours)))
        return [f"{need.who}: {need.what}" for need in needs]

    assert said("prescriber") == ["Ana Keller: no dose is ordered"]
    assert said("prescriber", 25) == said("nurse") == []
    told = pharmacy.told()
    actions.sign_order(**told)
    assert said("prescriber") == [
        "Ana Keller: 35 mg ketamine into a vein, over 40 min, made up to 50 mL: signed, not released"
    ]
    actions.release_order(**ward.by("prescriber", order=told["id"]))
    assert said("prescriber") == []
