"""Opens dosing sessions in a running demonstration, for benchmarks; imported once Django is set up.

People and plans are written as rows; every session is begun by the product's own action.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

from kap_clinic.accounts.models import Affiliation, Member
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.database.identity import new_id
from kap_clinic.dosing_day.actions import start
from kap_clinic.organizations.models import Site
from kap_clinic.people.actions import open_chart
from kap_clinic.plans.models import Plan, PlannedSession


def main(count: int) -> None:
    """Begin so many sessions and print them with the organization's id."""
    for affiliation in Affiliation.objects.order_by("member_id"):
        nurse = Actor.member(affiliation.member_id)
        with acting(affiliation.tenant_id, nurse, "bench.look"):
            member = Member.objects.get(id=affiliation.member_id)
            site = Site.objects.filter(organization_id=affiliation.tenant_id).first()
        if "nurse" in member.roles and site is not None and member.sites is None:
            rooms = [_room(affiliation.tenant_id, nurse, site.id, site.time_zone, n) for n in range(count)]
            print(json.dumps({"organization": str(affiliation.tenant_id), "sessions": rooms}))
            return
    raise SystemExit("The demonstration has no nurse with a site.")


def _room(organization: UUID, nurse: Actor, site: UUID, time_zone: str, number: int) -> str:

    person, plan, planned, session = new_id(), new_id(), new_id(), new_id()
    told = {"name": f"Room {number} Bench", "birth": "1984-03-27", "stage": "preparation"}
    open_chart(organization=organization, by=nurse, id=person, **told)
    now = datetime.now(UTC)
    place = {"organization_id": organization, "person_id": person, "site_id": site, "time_zone": time_zone}
    with acting(organization, nurse, "bench.plan"):
        Plan.objects.create(
            id=plan, **place, protocol="intensive-5-day", version=1, start_on=now.date(), made_at=now,
            made_by=nurse.id,
        )  # fmt: skip
        PlannedSession.objects.create(
            id=planned, plan_id=plan, **place, session="dose-1", kind="dose", phase="first-dose",
            title="First dose", day=2, planned_on=now.date(), planned_at=now.time(), begins_at=now,
            ends_at=now + timedelta(hours=3), opens_at=now - timedelta(hours=1),
            closes_at=now + timedelta(hours=9), state="planned",
        )  # fmt: skip
    start(organization=organization, by=nurse, id=session, planned_session=planned)
    return str(session)
