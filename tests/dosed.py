"""A ward with a plan, a registered safe and two nurses who sign for each other: for every test of a dose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from kap_clinic.database.identity import new_id
from tests.planned import TODAY, Ward, ward

PIN, TOKEN = "274913", "the-tablet-of-room-2"
DEA = "AP5836727"


@dataclass(frozen=True, kw_only=True)
class Dispensary:
    """The ward, its safe with one vial of 10 mL at 50 mg/mL, and Maya Ito, who stands second."""

    ward: Ward
    second: Any
    safe: UUID
    vial: UUID

    @property
    def witness(self) -> Any:
        """Maya Ito with her PIN, at the tablet of room 2."""
        return self.sent()

    def sent(self, member: UUID | None = None, pin: str = PIN, device: str = TOKEN) -> Any:
        """What a second person gives at the screen."""
        from kap_clinic.accounts.second_signature import SecondPerson

        return SecondPerson(member=member or self.second.id, pin=pin, device=device)

    def wish(self, per_weight: str = "0.5") -> Any:
        """Ask for ketamine by vein."""
        from kap.vocabulary.quantities import DosePerWeight
        from kap_clinic.orders.proposing import Wish

        return Wish(amount=DosePerWeight.mg_per_kg(per_weight))

    def told(self, per_weight: str = "0.5", session: str = "dose-1") -> dict[str, Any]:
        """What signing an order is told, as the page was read."""
        from django.utils import timezone

        from kap.vocabulary.quantities import Volume
        from kap.vocabulary.spans import Span
        from kap_clinic.orders.actions import fingerprint
        from kap_clinic.orders.proposing import proposal_for

        planned = self.ward.session(session)
        with self.ward.house.acting(self.ward.staff["prescriber"]) as act:
            seen = fingerprint(proposal_for(act, planned, self.wish(per_weight), timezone.now()))
        return self.ward.by(
            "prescriber", session=planned.id, wish=self.wish(per_weight), over=Span.minutes(40),
            made_up_to=Volume.ml(50), seen=seen,
        )  # fmt: skip

    def released(self, session: str = "dose-1") -> UUID:
        """An order of 0.5 mg/kg (35 mg), signed and released for its session; its id."""
        from kap_clinic.orders import actions

        told = self.told(session=session)
        actions.sign_order(**told)
        actions.release_order(**self.ward.by("prescriber", order=told["id"]))
        return told["id"]

    def drawing(self, order: UUID, drawn: str = "0.7", label: int | None = 50) -> dict[str, Any]:
        """What drawing up is told: 0.7 mL of 50 mg/mL is 35 mg."""
        from kap.vocabulary.quantities import Concentration, Volume

        return self.ward.by(
            "nurse", order=order, container=self.vial, drawn=Volume.ml(drawn), second=self.witness,
            label=None if label is None else Concentration.mg_per_ml(label),
        )  # fmt: skip

    def drawn(self, session: str = "dose-1") -> UUID:
        """The syringe of a released order, drawn up by two; its id."""
        from kap_clinic.pharmacy.actions import draw_up

        told = self.drawing(self.released(session))
        draw_up(**told)
        return told["id"]

    def remaining(self) -> Decimal:
        """What is left in the vial by the log."""
        from kap_clinic.pharmacy.queries import container_in

        with self.ward.house.acting() as act:
            found = container_in(act, self.vial)
        assert found is not None
        return found[1].remaining.in_unit("mL")


def dispensary(clinic: Any, *, weight: str = "70") -> Dispensary:
    """Set up the ward, the registration, the weight, the PIN, the device, the safe and the vial."""
    from kap.vocabulary.quantities import Concentration, Volume
    from kap.vocabulary.routes import Drug
    from kap_clinic.accounts.devices import register_device
    from kap_clinic.accounts.pins import set_pin
    from kap_clinic.pharmacy import safekeeping

    made = ward(clinic)
    made.sign_screening()
    made = made.with_plan()
    house, staff = made.house, made.staff
    register_site(made)
    weighed(made, weight)
    second = house.member("nurse", name="Maya Ito")
    set_pin(organization=house.id, by=second, pin=PIN)
    register_device(
        organization=house.id, by=staff["administrator"], id=new_id(), name="Tablet of room 2", token=TOKEN
    )
    safe, vial = new_id(), new_id()
    safekeeping.open_safe(organization=house.id, by=staff["custodian"], id=safe, site=made.site)
    safekeeping.receive(
        organization=house.id, by=staff["custodian"], id=vial, safe=safe, drug=Drug.KETAMINE,
        concentration=Concentration.mg_per_ml(50), volume=Volume.ml(10), lot="K-117",
        expires_on=TODAY + timedelta(days=200), came_from="Cedar Wholesale, invoice 31",
    )  # fmt: skip
    return Dispensary(ward=made, second=second, safe=safe, vial=vial)


def weighed(made: Ward, weight: str = "70") -> None:
    """Chart a weight in kilograms, of today."""
    from kap.vocabulary.codes import UcumUnit
    from kap.vocabulary.facts import Fact
    from kap_clinic.people.actions import add_facts

    unit, source = UcumUnit("kg"), "Observation/w#value"
    fact = Fact(what="vital:weight", value=Decimal(weight), unit=unit, when=TODAY, came_from=source)
    told = {"organization": made.house.id, "by": made.staff["nurse"], "person": made.person}
    add_facts(**told, facts=[fact], place=lambda _: "w")


def register_site(made: Ward, dea: str = DEA) -> None:
    """Give the ward's site a DEA registration, or take it away."""
    from kap_clinic.organizations.actions import change_site

    change_site(
        organization=made.house.id, by=made.staff["administrator"], id=made.site, name="Cedar House",
        address="1 Cedar Lane", time_zone="America/Denver", dea_registration=dea,
    )  # fmt: skip
