"""Opens dosing sessions in a running demonstration, for benchmarks; imported once Django is set up.

Everything a room needs is done by the product's own actions: screened, planned, ordered, drawn up, begun.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from bench.tablet import PIN, TOKEN
from kap.screening.screening import Treatment
from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.facts import Fact
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Concentration, DosePerWeight, Volume
from kap.vocabulary.routes import Drug
from kap.vocabulary.spans import Span
from kap_clinic.accounts.devices import register_device
from kap_clinic.accounts.models import Account, Affiliation, Member
from kap_clinic.accounts.pins import set_pin
from kap_clinic.accounts.second_signature import SecondPerson
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Reason, acting, outside
from kap_clinic.database.identity import new_id
from kap_clinic.dosing_day.actions import start
from kap_clinic.orders.actions import fingerprint as mark_of_proposal
from kap_clinic.orders.actions import release_order, sign_order
from kap_clinic.orders.proposing import Wish, proposal_for
from kap_clinic.organizations.actions import change_site
from kap_clinic.organizations.models import Site
from kap_clinic.people.actions import add_facts, open_chart
from kap_clinic.pharmacy.actions import draw_up
from kap_clinic.pharmacy.models import Safe
from kap_clinic.pharmacy.safekeeping import open_safe, receive
from kap_clinic.plans.actions import make_plan
from kap_clinic.plans.queries import SessionLine, sessions_of
from kap_clinic.screening.actions import fingerprint as mark_of_screening
from kap_clinic.screening.actions import sign
from kap_clinic.screening.queries import whole_of
from kap_clinic.screening.telling import confirm_history, record_missing

# 35 mg of 50 mg/mL: half a milligram for each of 70 kg.
_WISH = Wish(amount=DosePerWeight.mg_per_kg("0.5"))
_STRENGTH, _DRAWN = Concentration.mg_per_ml(50), Volume.ml("0.7")
# Answers that leave nothing open in the health history.
_HEALTHY = {
    **dict.fromkeys(
        (
            *("aneurysm-or-avm", "brain-bleeding", "psychosis-ever", "psychosis-in-family", "mania-now"),
            *("ketamine-allergy", "can-become-pregnant", "pregnant-now", "cirrhosis", "ketamine-bladder"),
            *("interstitial-cystitis", "bladder-symptoms", "overnight-observer"),
        ),
        "no",
    ),
    "escort": "yes",
}


def main(count: int, nurse_name: str, *, with_doses: bool = False) -> None:
    """Begin so many sessions for this nurse, with a dose drawn up for each where asked, and print them."""
    for affiliation in Affiliation.objects.order_by("member_id"):
        nurse = Actor.member(affiliation.member_id)
        with acting(affiliation.tenant_id, nurse, "bench.look"):
            member = Member.objects.get(id=affiliation.member_id)
            sites = [
                one
                for one in Site.objects.filter(organization_id=affiliation.tenant_id).order_by("id")
                if member.sites is None or one.id in member.sites
            ]
        if member.name == nurse_name and sites:
            house = _house(affiliation.tenant_id, nurse, sites[0])
            pharmacy = _pharmacy(house) if with_doses else None
            print(json.dumps({"sessions": [_room(house, n, pharmacy) for n in range(count)]}))
            return
    raise SystemExit(f"The demonstration has no {nurse_name} with a site.")


@dataclass(frozen=True, kw_only=True)
class House:
    """The organization, its site, its nurse, and a prescriber of our own."""

    organization: UUID
    site: UUID
    time_zone: str
    nurse: Actor
    prescriber: Actor

    @property
    def today(self) -> date:
        """The day at the site."""
        return Instant(datetime.now(UTC)).day_in(self.time_zone)

    def by(self, who: Actor, **said: Any) -> dict[str, Any]:
        """What every action is told."""
        return {"organization": self.organization, "by": who, "id": new_id(), **said}


@dataclass(frozen=True)
class Pharmacy:
    """Where doses are drawn, and who stands second."""

    safe: UUID
    custodian: Actor
    second: SecondPerson


def _house(organization: UUID, nurse: Actor, site: Site) -> House:
    prescriber = _somebody(organization, "prescriber")
    return House(
        organization=organization, site=site.id, time_zone=site.time_zone, nurse=nurse, prescriber=prescriber
    )  # fmt: skip


def _somebody(organization: UUID, *roles: str) -> Actor:
    """An invented member with these roles."""
    member, account = new_id(), new_id()
    with acting(organization, Actor.program("setup"), "bench.member"):
        with outside(Reason.SETUP):
            Account.objects.create(id=account, email=f"{account}@example.org", password="!")
            Affiliation.objects.create(account_id=account, tenant_id=organization, member_id=member)
        Member.objects.create(
            id=member, organization_id=organization, account_id=account, name=f"Bench {roles[0]}",
            sort_name=f"bench {roles[0]}", roles=list(roles), joined_at=datetime.now(UTC),
        )  # fmt: skip
    return Actor.member(member)


def _pharmacy(house: House) -> Pharmacy:
    second = _somebody(house.organization, "nurse")
    keeper = _somebody(house.organization, "custodian", "administrator")
    set_pin(organization=house.organization, by=second, pin=PIN)
    register_device(**house.by(keeper, name="The bench's tablet", token=TOKEN))
    place = {"name": "Bench House", "address": "1 Bench Lane", "time_zone": house.time_zone}
    change_site(**{**house.by(keeper), "id": house.site}, **place, dea_registration="AP5836727")
    open_safe(**house.by(keeper, site=house.site))
    with acting(house.organization, keeper, "bench.safe"):
        safe = Safe.objects.get(site_id=house.site).id
    return Pharmacy(safe, keeper, SecondPerson(member=second.id, pin=PIN, device=TOKEN))


def _room(house: House, number: int, pharmacy: Pharmacy | None) -> dict[str, str]:
    """One person from the chart to the chair."""
    person = _screened(house, f"Room {number} Bench")
    yesterday = house.today - timedelta(days=1)
    told = {"protocol": "intensive-5-day", "start_on": yesterday, "site": house.site, "has_begun": True}
    make_plan(**house.by(house.prescriber, person=person, **told))
    with acting(house.organization, house.prescriber, "bench.plan") as act:
        planned = next(line for line in sessions_of(act, person) if line.session == "dose-1")
    room = {"syringe": str(_drawn(house, pharmacy, planned))} if pharmacy else {}
    begun = house.by(house.nurse, planned_session=planned.id)
    start(**begun)
    second = str(pharmacy.second.member) if pharmacy else ""
    return {"session": str(begun["id"]), "second": second, **room}


def _screened(house: House, name: str) -> UUID:
    """A chart with a weight, a healthy history, and a screening signed “go on”."""
    chart = house.by(house.nurse, name=name, birth="1984-03-27", stage="screening")
    open_chart(**chart)
    person: UUID = chart["id"]
    added = {"organization": house.organization, "by": house.nurse, "person": person}
    add_facts(**added, facts=[_weight(house.today)], place=lambda _: "w")
    confirm_history(**house.by(house.nurse, person=person, answers=_HEALTHY))
    record_missing(**house.by(house.nurse, person=person, facts=_readings(house.today)))
    with acting(house.organization, house.prescriber, "bench.screening") as act:
        whole = whole_of(act, person, Treatment(), datetime.now(UTC), house.time_zone)
    sign(
        **house.by(
            house.prescriber, person=person, treatment=Treatment(), decision="go-on", words="",
            seen=mark_of_screening(whole), assessed=whole.standing.screening.not_screened,
        )
    )  # fmt: skip
    return person


def _drawn(house: House, pharmacy: Pharmacy, planned: SessionLine) -> UUID:
    """A vial of its own, an order signed and released for the session, and 35 mg drawn up by two."""
    vial = house.by(
        pharmacy.custodian, safe=pharmacy.safe, drug=Drug.KETAMINE, concentration=_STRENGTH,
        volume=Volume.ml(10), lot="BENCH", expires_on=house.today + timedelta(days=90),
        came_from="Bench Wholesale",
    )  # fmt: skip
    receive(**vial)
    with acting(house.organization, house.prescriber, "bench.order") as act:
        seen = mark_of_proposal(proposal_for(act, planned, _WISH, datetime.now(UTC)))
    order = house.by(
        house.prescriber, session=planned.id, wish=_WISH, over=Span.minutes(40), made_up_to=Volume.ml(50),
        seen=seen,
    )  # fmt: skip
    sign_order(**order)
    release_order(**house.by(house.prescriber, order=order["id"]))
    drawing = house.by(
        house.nurse, order=order["id"], container=vial["id"], label=_STRENGTH, drawn=_DRAWN,
        second=pharmacy.second,
    )  # fmt: skip
    draw_up(**drawing)
    return UUID(str(drawing["id"]))


def _weight(on: date) -> Fact:
    return Fact(
        what="vital:weight", value=Decimal(70), unit=UcumUnit("kg"), when=on, came_from="Observation/w#value"
    )  # fmt: skip


def _readings(on: date) -> list[Fact]:
    pressure = BloodPressure(Decimal(118), Decimal(76))
    liver = {"value": Decimal(22), "unit": UcumUnit("U/L"), "when": on, "upper_limit": Decimal(40)}
    return [
        Fact(what="blood-pressure", value=pressure, when=on, came_from="Observation/o1#value"),
        *(Fact(what=what, came_from="Observation/o2#value", **liver) for what in ("lab:alt", "lab:ast")),
        *(
            Fact(what=what, value="none", when=on, came_from="QuestionnaireResponse/c1#1")
            for what in ("cssrs:thoughts", "cssrs:behavior")
        ),
    ]
