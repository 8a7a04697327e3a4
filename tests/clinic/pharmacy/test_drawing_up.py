"""A dose is drawn up by two, given once, what is left of it wasted before a witness; milligrams add up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.dosed import Dispensary, register_site

from kap.vocabulary.errors import Refused
from kap.vocabulary.quantities import Concentration, Mass, Volume
from kap_clinic.database.identity import new_id
from kap_clinic.pharmacy import actions, queries

pytestmark = pytest.mark.database


def test_a_dose_goes_from_the_vial_through_the_syringe_and_the_rest_to_waste(pharmacy: Dispensary) -> None:
    order = pharmacy.released()
    drawing = pharmacy.drawing(order)
    assert [actions.draw_up(**drawing), actions.draw_up(**drawing)] == [True, False]
    assert pharmacy.remaining() == Decimal("9.3")
    ward, syringe = pharmacy.ward, drawing["id"]
    giving = ward.by("nurse", syringe=syringe, session=ward.session("dose-1").id, given=Mass.mg(20))
    given, again = actions.give_drawn(**giving), actions.give_drawn(**giving)
    assert (str(given.volume), str(given.mass), str(given.left)) == ("0.4 mL", "20 mg", "0.3 mL")
    assert (given.is_new, again.is_new, again.mass) == (True, False, Mass.mg(20))
    wasting = ward.by("nurse", syringe=syringe, second=pharmacy.witness)
    assert [actions.waste(**wasting), actions.waste(**wasting)] == [True, False]
    with ward.house.acting(ward.staff["nurse"]) as act:
        line = queries.syringe_in(act, syringe)
        log = queries.log_of(act, pharmacy.safe)
        assert (queries.given_in(act, giving["session"]), len(queries.doses_at(act, ward.person))) == (
            Mass.mg(20), 1,
        )  # fmt: skip
    assert line is not None
    assert (str(line.mass), str(line.left), line.drawn_by, line.second) == (
        "35 mg", "0 mg", "Rosa Marquez", "Maya Ito",
    )  # fmt: skip
    assert [one.entry.name for one in log.lines] == [
        "drug_wasted", "drug_given", "drug_drawn", "container_received",
    ]  # fmt: skip
    assert (log.lines[0].person_name, log.lines[0].second) == ("Ana Keller", "Maya Ito")
    done = [action for action, outcome, _ in ward.house.trail() if action.startswith("pharmacy.")]
    assert done[-6:] == [
        "pharmacy.draw_up", "pharmacy.draw_up", "pharmacy.give", "pharmacy.give", "pharmacy.waste",
        "pharmacy.waste",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"label": None}, "Nobody has read the concentration"),
        ({"label": Concentration.mg_per_ml(10)}, "received as 50 mg/mL"),
        ({"drawn": Volume.ml(7)}, "a slip of ten"),
        ({"drawn": Volume.ml("0.69")}, "is 0.7 mL"),
        ({"container": new_id()}, "no such container"),
        ({"order": new_id()}, "no order"),
    ],
)
def test_what_does_not_fit_is_not_drawn(pharmacy: Dispensary, other: dict, said: str) -> None:
    order = pharmacy.released()
    with pytest.raises(Refused, match=said):
        actions.draw_up(**{**pharmacy.drawing(order), **other})
    assert pharmacy.remaining() == 10


def test_only_a_released_order_is_drawn_once_at_its_own_place_by_those_who_may(pharmacy: Dispensary) -> None:
    from kap_clinic.orders import actions as orders

    ward, told = pharmacy.ward, pharmacy.told()
    orders.sign_order(**told)
    drawing = pharmacy.drawing(told["id"])
    with pytest.raises(Refused, match="is not released"):
        actions.draw_up(**drawing)
    orders.release_order(**ward.by("prescriber", order=told["id"]))
    with pytest.raises(Refused, match="You may not"):
        actions.draw_up(**{**drawing, "by": ward.staff["custodian"]})
    register_site(ward, "")
    with pytest.raises(Refused, match="no DEA registration"):
        actions.draw_up(**drawing)
    register_site(ward)
    actions.draw_up(**drawing)
    with pytest.raises(Refused, match="drawn up already"):
        actions.draw_up(**pharmacy.drawing(told["id"]))
    with pytest.raises(Refused, match="other content"):
        actions.draw_up(**{**drawing, "drawn": Volume.ml("0.6")})
    actions.waste(**ward.by("nurse", syringe=drawing["id"], second=pharmacy.witness))
    actions.draw_up(**pharmacy.drawing(told["id"]))
    assert pharmacy.remaining() == Decimal("8.6")


def test_what_is_given_was_drawn_for_this_session_and_is_in_the_syringe(pharmacy: Dispensary) -> None:
    ward, syringe = pharmacy.ward, pharmacy.drawn()
    giving = ward.by("nurse", syringe=syringe, session=ward.session("dose-1").id)
    for other, said in (
        ({"session": ward.session("dose-2").id}, "for another session"),
        ({"given": Mass.mg("35.5")}, "There is 0.7 mL by the log"),
        ({"given": Mass.mg("0.0001")}, "that the syringe can show"),
        ({"by": ward.staff["therapist"]}, "You may not"),
        ({"syringe": new_id()}, "no such syringe"),
    ):
        with pytest.raises(Refused, match=said):
            actions.give_drawn(**{**giving, **other})
    assert actions.give_drawn(**giving).left == Volume.ml(0)
    with pytest.raises(Refused, match="other content"):
        actions.give_drawn(**{**giving, "given": Mass.mg(10)})
    with pytest.raises(Refused, match="Nothing is left"):
        actions.waste(**ward.by("nurse", syringe=syringe, second=pharmacy.witness))


def test_the_database_itself_keeps_the_safe_from_going_below_zero(pharmacy: Dispensary) -> None:
    from kap_clinic.pharmacy.models import Container, Syringe

    syringe = pharmacy.drawn()
    with pharmacy.ward.house.acting():
        for rows, changed in (
            (Container.objects.filter(id=pharmacy.vial), {"remaining_ml": Decimal("-0.01")}),
            (Syringe.objects.filter(id=syringe), {"given_ml": Decimal("0.71")}),
            (Syringe.objects.filter(id=syringe), {"wasted_ml": Decimal("-1")}),
        ):
            with pytest.raises(IntegrityError, match="never_"), transaction.atomic():
                rows.update(**changed)
