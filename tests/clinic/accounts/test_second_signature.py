"""The second person: another one, whose role allows it, by their own PIN on a device of the clinic."""

from __future__ import annotations

from typing import Any

import pytest
from tests.dosed import PIN, TOKEN, Dispensary, dispensary

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap_clinic.accounts import devices, pins
from kap_clinic.accounts.models import SecondSignature, SigningPin
from kap_clinic.accounts.second_signature import SecondPerson, signed_by_second
from kap_clinic.accounts.signers import last_second, signers
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database


@pytest.fixture
def pharmacy(clinic: Any) -> Dispensary:
    """Two nurses, one with a PIN, and a registered tablet."""
    return dispensary(clinic)


def _sign(pharmacy: Dispensary, second: SecondPerson, **other: Any) -> Any:
    told = {"id": new_id(), "needs": Permission.SIGN_SECOND, "site": pharmacy.ward.site, **other}
    with pharmacy.ward.house.acting(pharmacy.ward.staff["nurse"], "test.sign") as act:
        return signed_by_second(act, second=second, **told)


def test_a_right_pin_signs_one_act_and_nobody_in(pharmacy: Dispensary) -> None:
    id = new_id()
    assert _sign(pharmacy, pharmacy.witness, id=id) == pharmacy.second.id
    # The same act sent again was proven already, whatever comes with it.
    assert _sign(pharmacy, pharmacy.sent(pin="000000"), id=id) == pharmacy.second.id
    with pharmacy.ward.house.acting(pharmacy.ward.staff["nurse"]) as act:
        (signed,) = SecondSignature.objects.all()
        assert (signed.way, signed.beside, signed.action) == (
            "pin", pharmacy.ward.staff["nurse"].id, "test.sign",
        )  # fmt: skip
        assert last_second(act) == pharmacy.second.id
        able = [name for _id, name in signers(act, Permission.DRAW_UP, pharmacy.ward.site)]
    assert able == ["Maya Ito", "Priya Natarajan"]


def test_who_does_not_sign(pharmacy: Dispensary) -> None:
    ward = pharmacy.ward
    without = ward.house.member("nurse", name="Olu Adeyemi")
    elsewhere = ward.house.member("nurse", name="Una Byrne", sites=[new_id()])
    pins.set_pin(organization=ward.house.id, by=elsewhere, pin="830462")
    custodian = ward.staff["custodian"]
    pins.set_pin(organization=ward.house.id, by=custodian, pin="594731")
    for second, needs, said in (
        (pharmacy.sent(pin="274914"), Permission.SIGN_SECOND, "did not match"),
        (pharmacy.sent(pin=""), Permission.SIGN_SECOND, "did not match"),
        (pharmacy.sent(device="another"), Permission.SIGN_SECOND, "this one is not registered"),
        (SecondPerson(), Permission.SIGN_SECOND, "choose who stands beside you"),
        (pharmacy.sent(member=ward.staff["nurse"].id), Permission.SIGN_SECOND, "is another person"),
        (pharmacy.sent(member=new_id()), Permission.SIGN_SECOND, "does not work here"),
        (pharmacy.sent(member=without.id), Permission.SIGN_SECOND, "has set no PIN"),
        (pharmacy.sent(member=elsewhere.id, pin="830462"), Permission.SIGN_SECOND, "their sites"),
        (pharmacy.sent(member=custodian.id, pin="594731"), Permission.DRAW_UP, "their role"),
        (SecondPerson(passkey={"id": "forged"}), Permission.SIGN_SECOND, "That passkey"),
    ):
        with pytest.raises(Refused, match=said):
            _sign(pharmacy, second, needs=needs)
    with ward.house.acting():
        assert SecondSignature.objects.count() == 0


def test_after_five_wrong_pins_it_rests_and_the_trail_has_counted_them(pharmacy: Dispensary) -> None:
    for _ in range(5):
        with pytest.raises(Refused, match="did not match"):
            _sign(pharmacy, pharmacy.sent(pin="111222"))
    with pytest.raises(Refused, match="rests for a quarter of an hour"):
        _sign(pharmacy, pharmacy.witness)


def test_a_retired_device_signs_nothing(pharmacy: Dispensary) -> None:
    ward = pharmacy.ward
    admin = {"organization": ward.house.id, "by": ward.staff["administrator"]}
    with ward.house.acting(ward.staff["administrator"]) as act:
        (line,) = devices.devices(act, TOKEN)
    assert (line.name, line.is_this, line.registered_by) == ("Tablet of room 2", True, "Ida Brandt")
    with pytest.raises(Refused, match="You may not"):
        devices.retire_device(**{**admin, "by": ward.staff["nurse"]}, device=line.id)
    with pytest.raises(Refused, match="no such device"):
        devices.retire_device(**admin, device=new_id())
    devices.retire_device(**admin, device=line.id)
    with pytest.raises(Refused, match="not registered"):
        _sign(pharmacy, pharmacy.witness)
    with pytest.raises(Refused, match="a name people will know"):
        devices.register_device(**admin, id=new_id(), name=" ", token="t")


def test_a_pin_anybody_would_try_is_refused(pharmacy: Dispensary) -> None:
    weak = ("12345", "1234567", "12345a", "٣٣٣٣٣٣", "111111", "123456", "654321", "147147", "121212")
    for pin in weak:
        with pytest.raises(Refused, match=r"six digits"):
            pins.set_pin(organization=pharmacy.ward.house.id, by=pharmacy.second, pin=pin)


def test_the_pages_set_a_pin_and_register_a_device(pharmacy: Dispensary) -> None:
    ward = pharmacy.ward
    nurse = ward.client("nurse")
    assert "Set your PIN" in nurse.get("/account/").content.decode()
    wrong = nurse.post("/account/pin/", {"pin": PIN, "again": "274912"})
    assert "The two differ" in wrong.content.decode()
    assert nurse.post("/account/pin/", {"pin": PIN, "again": PIN}).status_code == 302
    with ward.house.acting():
        kept = SigningPin.objects.get(member_id=ward.staff["nurse"].id)
    assert PIN not in kept.hash_sealed
    assert kept.hash_sealed.startswith("v1:")
    assert ward.client("coordinator").get("/account/pin/").status_code == 403
    admin = ward.client("administrator")
    sent = {"id": str(new_id()), "name": "Tablet of room 3"}
    registered = admin.post("/staff/devices/new/", sent)
    assert registered.cookies["kap_device"]["httponly"]
    page = admin.get("/staff/devices/").content.decode()
    assert "Tablet of room 3" in page
    assert "this device" in page
    assert admin.post(f"/staff/devices/{sent['id']}/retire/").status_code == 302
    assert "retired" in admin.get("/staff/devices/").content.decode()
    assert nurse.get("/staff/devices/").status_code == 403
