"""The custodian: only at a registered place, each container once, two people behind every count and waste."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.dosed import Dispensary, register_site
from tests.planned import TODAY

from kap.vocabulary.errors import Refused
from kap.vocabulary.quantities import Concentration, Volume
from kap.vocabulary.routes import Drug
from kap_clinic.database.identity import new_id
from kap_clinic.pharmacy import queries, safekeeping

pytestmark = pytest.mark.database


def _container(pharmacy: Dispensary, **other):
    said = {
        "safe": pharmacy.safe, "drug": Drug.KETAMINE, "concentration": Concentration.mg_per_ml(100),
        "volume": Volume.ml(5), "lot": "K-200", "expires_on": TODAY + timedelta(days=90),
        "came_from": "Cedar Wholesale, invoice 32",
    }  # fmt: skip
    return pharmacy.ward.by("custodian", **{**said, **other})


def test_a_container_is_received_once_with_what_its_label_says(pharmacy: Dispensary) -> None:
    told = _container(pharmacy)
    assert [safekeeping.receive(**told), safekeeping.receive(**told)] == [True, False]
    for other, said in (
        ({"lot": "K-201"}, "other content"),
        ({"id": new_id(), "concentration": Concentration.mg_per_ml(20)}, "does not come in"),
        ({"id": new_id(), "volume": Volume.ml("0.00001")}, "at most four places"),
        ({"id": new_id(), "expires_on": TODAY - timedelta(days=2)}, "is expired already"),
        ({"id": new_id(), "lot": " "}, "Write the lot"),
        ({"id": new_id(), "safe": new_id()}, "no such safe"),
        ({"id": new_id(), "by": pharmacy.ward.staff["nurse"]}, "You may not"),
    ):
        with pytest.raises(Refused, match=said):
            safekeeping.receive(**{**told, **other})
    register_site(pharmacy.ward, "")
    with pytest.raises(Refused, match="no DEA registration"):
        safekeeping.receive(**_container(pharmacy))


def test_a_site_has_one_safe_and_only_a_registered_site_has_one(pharmacy: Dispensary) -> None:
    ward = pharmacy.ward
    assert safekeeping.open_safe(**ward.by("custodian", site=ward.site)) is False
    with pytest.raises(Refused, match="You may not"):
        safekeeping.open_safe(**ward.by("nurse", site=ward.site))
    with pytest.raises(Refused, match="no such site that is open"):
        safekeeping.open_safe(**ward.by("custodian", site=new_id()))
    register_site(ward, "")
    with pytest.raises(Refused, match="no DEA registration"):
        safekeeping.open_safe(**ward.by("custodian", site=ward.site))


def test_two_people_count_and_what_differs_is_kept(pharmacy: Dispensary) -> None:
    told = pharmacy.ward.by(
        "custodian", container=pharmacy.vial, found=Volume.ml("9.8"), second=pharmacy.witness
    )
    assert [safekeeping.count(**told), safekeeping.count(**told)] == [True, False]
    with pharmacy.ward.house.acting(pharmacy.ward.staff["custodian"]) as act:
        (differs,) = queries.discrepancies_of(act, pharmacy.safe)
    assert (str(differs.expected), str(differs.found), differs.counted_by) == (
        "10 mL", "9.8 mL", "Noor Haddad",
    )  # fmt: skip
    assert pharmacy.remaining() == Decimal("9.8")
    with pytest.raises(Refused, match="You may not"):
        safekeeping.count(**{**told, "id": new_id(), "by": pharmacy.ward.staff["therapist"]})
    with pytest.raises(Refused, match="another person than the first"):
        safekeeping.count(**{**told, "id": new_id(), "by": pharmacy.second})


def test_what_is_left_is_wasted_sent_back_or_broken_before_a_witness(pharmacy: Dispensary) -> None:
    ward = pharmacy.ward
    wasting = ward.by(
        "nurse", container=pharmacy.vial, volume=Volume.ml(4), why="single-dose vial", second=pharmacy.witness
    )
    assert [safekeeping.waste_from(**wasting), safekeeping.waste_from(**wasting)] == [True, False]
    with pytest.raises(Refused, match="There is 6 mL by the log"):
        safekeeping.waste_from(**{**wasting, "id": new_id(), "volume": Volume.ml(7)})
    breaking = ward.by("nurse", container=pharmacy.vial, why="Fell.", second=pharmacy.witness)
    assert [safekeeping.record_breakage(**breaking), safekeeping.record_breakage(**breaking)] == [True, False]
    with pytest.raises(Refused, match="Nothing is left in it"):
        safekeeping.send_back(**ward.by("custodian", container=pharmacy.vial, to="Distributor"))
    other = _container(pharmacy)
    safekeeping.receive(**other)
    sending = ward.by("custodian", container=other["id"], to="Reverse distributor, form 7")
    assert [safekeeping.send_back(**sending), safekeeping.send_back(**sending)] == [True, False]
    with ward.house.acting(ward.staff["custodian"]) as act:
        assert queries.containers_of(act, pharmacy.safe) == []
        assert len(queries.containers_of(act, pharmacy.safe, with_gone=True)) == 2
