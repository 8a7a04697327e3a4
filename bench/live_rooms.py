"""Opens dosing sessions in a running demonstration, for benchmarks; imported once Django is set up.

People and plans are written as rows; every session is begun by the product's own action.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from bench.tablet import PIN, TOKEN
from kap.histories.acts import Act
from kap.planning import acts
from kap.protocols.shelf import protocol
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Concentration, Volume
from kap.vocabulary.routes import Drug
from kap_clinic.accounts.devices import register_device
from kap_clinic.accounts.models import Account, Affiliation, Member
from kap_clinic.accounts.pins import set_pin
from kap_clinic.accounts.second_signature import SecondPerson
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Reason, acting, outside
from kap_clinic.database.identity import new_id
from kap_clinic.dosing_day.actions import start
from kap_clinic.orders.models import Order
from kap_clinic.organizations.actions import change_site
from kap_clinic.organizations.models import Site
from kap_clinic.people.actions import open_chart
from kap_clinic.pharmacy.actions import draw_up
from kap_clinic.pharmacy.models import Safe
from kap_clinic.pharmacy.safekeeping import open_safe, receive
from kap_clinic.plans import store
from kap_clinic.plans.models import Plan, PlannedSession


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
            site = sites[0]
            house = House(affiliation.tenant_id, nurse, site.id, site.time_zone)
            pharmacy = _pharmacy(house) if with_doses else None
            print(json.dumps({"sessions": [_room(house, n, pharmacy) for n in range(count)]}))
            return
    raise SystemExit(f"The demonstration has no {nurse_name} with a site.")


@dataclass(frozen=True)
class House:
    """The organization, its nurse and its site."""

    organization: UUID
    nurse: Actor
    site: UUID
    time_zone: str

    def by(self, who: Actor | None = None) -> dict[str, Any]:
        """What every action is told."""
        return {"organization": self.organization, "by": who or self.nurse, "id": new_id()}


@dataclass(frozen=True)
class Pharmacy:
    """Where doses are drawn, and who stands second."""

    safe: UUID
    custodian: Actor
    second: SecondPerson


def _somebody(house: House, *roles: str) -> Actor:
    """An invented member with these roles and a PIN."""
    member, account = new_id(), new_id()
    with acting(house.organization, Actor.program("setup"), "bench.member"):
        with outside(Reason.SETUP):
            Account.objects.create(id=account, email=f"{account}@example.org", password="!")
            Affiliation.objects.create(account_id=account, tenant_id=house.organization, member_id=member)
        Member.objects.create(
            id=member, organization_id=house.organization, account_id=account, name=f"Bench {roles[0]}",
            sort_name=f"bench {roles[0]}", roles=list(roles), joined_at=datetime.now(UTC),
        )  # fmt: skip
    return Actor.member(member)


def _pharmacy(house: House) -> Pharmacy:
    second = _somebody(house, "nurse")
    keeper = _somebody(house, "custodian", "administrator")
    set_pin(organization=house.organization, by=second, pin=PIN)
    register_device(**house.by(keeper), name="The bench's tablet", token=TOKEN)
    place = {"name": "Bench House", "address": "1 Bench Lane", "time_zone": house.time_zone}
    told = {"organization": house.organization, "by": keeper, "id": house.site}
    change_site(**told, **place, dea_registration="AP5836727")
    opening = house.by(keeper)
    open_safe(**opening, site=house.site)
    with acting(house.organization, keeper, "bench.safe"):
        safe = Safe.objects.get(site_id=house.site).id
    return Pharmacy(safe, keeper, SecondPerson(member=second.id, pin=PIN, device=TOKEN))


def _drawn(house: House, pharmacy: Pharmacy, planned: UUID, person: UUID) -> UUID:
    """A vial of its own, an order released for the session, and 35 mg drawn up by two."""
    vial, order, drawing = house.by(pharmacy.custodian), new_id(), house.by()
    receive(
        **vial, safe=pharmacy.safe, drug=Drug.KETAMINE, concentration=Concentration.mg_per_ml(50),
        volume=Volume.ml(10), lot="BENCH", expires_on=datetime.now(UTC).date() + timedelta(days=90),
        came_from="Bench Wholesale",
    )  # fmt: skip
    now = datetime.now(UTC)
    with acting(house.organization, house.nurse, "bench.order"):
        Order.objects.create(
            id=order, organization_id=house.organization, person_id=person, session_id=planned,
            site_id=house.site, drug="ketamine", route="iv", amount_mg=35, over_minutes=40, made_up_to_ml=50,
            state="released", signed_at=now, signed_by=house.nurse.id, released_at=now,
            released_by=house.nurse.id,
        )  # fmt: skip
    draw_up(
        **drawing, order=order, container=vial["id"], label=Concentration.mg_per_ml(50),
        drawn=Volume.ml("0.7"), second=pharmacy.second,
    )  # fmt: skip
    return UUID(str(drawing["id"]))


def _room(house: House, number: int, pharmacy: Pharmacy | None) -> dict[str, str]:
    person, plan, session = new_id(), new_id(), new_id()
    told = {"name": f"Room {number} Bench", "birth": "1984-03-27", "stage": "preparation"}
    open_chart(organization=house.organization, by=house.nurse, id=person, **told)
    now = datetime.now(UTC)
    place = {
        "organization_id": house.organization, "person_id": person, "site_id": house.site,
        "time_zone": house.time_zone,
    }  # fmt: skip
    with acting(house.organization, house.nurse, "bench.plan") as act:
        made = Plan(
            id=plan, **place, protocol="intensive-5-day", version=1, start_on=now.date(), made_at=now,
            made_by=house.nurse.id,
        )  # fmt: skip
        made.save(force_insert=True)
        told_of = Act(id=new_id(), happened_at=Instant(now), recorded_at=Instant(now), by=str(house.nurse.id))
        laid = acts.making(
            told_of, protocol("intensive-5-day"), now.date() - timedelta(days=1), house.time_zone
        )
        store.add(act, made, laid)
        planned = PlannedSession.objects.get(plan_id=plan, session="dose-1").id
    start(organization=house.organization, by=house.nurse, id=session, planned_session=planned)
    room = {"session": str(session), "second": str(pharmacy.second.member) if pharmacy else ""}
    return room | ({"syringe": str(_drawn(house, pharmacy, planned, person))} if pharmacy else {})
