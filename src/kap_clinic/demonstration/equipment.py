"""What a dosing room needs before its first dose: PINs, a registered tablet, a safe with something in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from kap.vocabulary.quantities import Concentration, Volume
from kap.vocabulary.routes import Drug
from kap_clinic.accounts.devices import register_device
from kap_clinic.accounts.pins import has_pin, set_pin
from kap_clinic.database.door import acting
from kap_clinic.pharmacy.queries import safe_of
from kap_clinic.pharmacy.safekeeping import open_safe, receive

from .cast import PIN, TABLET
from .clock import at_clock
from .ward import Ward, local

CUSTODIAN, ADMINISTRATOR = "Tom Akers", "Samuel Ibarra"
_SIGN_SECOND = ("Rosa Marquez", "Tom Akers", "Priya Natarajan", "Helen Osei")
# Lot, days ago it came in, days until it expires.
_VIALS = (("K-2207", 60, 130), ("K-2231", 20, 300), ("K-2240", 20, 300))


def load_equipment(ward: Ward, now: datetime) -> None:
    """Set PINs, register the tablet, open the safe and receive three vials; again changes nothing."""
    with acting(ward.organization, ward.members[CUSTODIAN], "pharmacy.see_safe") as act:
        is_there = safe_of(act, ward.id_of("safe")) is not None
    if is_there:
        return
    for name in _SIGN_SECOND:
        _set_pin(ward, name)
    register_device(**ward.by(ADMINISTRATOR, "tablet", name="Tablet of room 2", token=TABLET))
    with at_clock(now - timedelta(days=61)):
        open_safe(**ward.by(CUSTODIAN, "safe", site=ward.site))
    for lot, came, expires in _VIALS:
        with at_clock(now - timedelta(days=came)):
            receive(
                **ward.by(CUSTODIAN, "vial", lot), safe=ward.id_of("safe"), drug=Drug.KETAMINE,
                concentration=Concentration.mg_per_ml(50), volume=Volume.ml(10), lot=lot,
                expires_on=local(now).date() + timedelta(days=expires),
                came_from="Front Range Medical Supply, invoice 4471",
            )  # fmt: skip


def _set_pin(ward: Ward, name: str) -> None:
    with acting(ward.organization, ward.members[name], "accounts.set_pin_page") as act:
        is_set = has_pin(act)
    if not is_set:
        set_pin(**ward.by(name), pin=PIN)
