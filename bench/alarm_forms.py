"""Sends the PHQ-9 to people of a running demonstration, for benchmarks; imported once Django is set up."""

from __future__ import annotations

import json
from uuid import UUID

from kap_clinic.accounts.models import Affiliation, Member
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.database.identity import new_id
from kap_clinic.measures.asking import LINK, ask
from kap_clinic.measures.links import give_link
from kap_clinic.measures.tokens import address_of
from kap_clinic.organizations.models import Site
from kap_clinic.people.actions import open_chart


def main(count: int, nurse_name: str) -> None:
    """Open so many charts at this nurse's site, send each the PHQ-9, and print where item 9 is asked."""
    for affiliation in Affiliation.objects.order_by("member_id"):
        nurse = Actor.member(affiliation.member_id)
        with acting(affiliation.tenant_id, nurse, "bench.look"):
            is_ours = Member.objects.get(id=affiliation.member_id).name == nurse_name
            is_ours = is_ours and Site.objects.filter(organization_id=affiliation.tenant_id).exists()
        if is_ours:
            forms = [_form(affiliation.tenant_id, nurse, number) for number in range(count)]
            print(json.dumps({"forms": forms}))
            return
    raise SystemExit(f"The demonstration has no {nurse_name} with a site.")


def _form(organization: UUID, nurse: Actor, number: int) -> dict[str, str]:
    person, asked, link = new_id(), new_id(), new_id()
    told = {"organization": organization, "by": nurse}
    name = f"Alarm{number:03} Bench"
    open_chart(**told, id=person, name=name, birth="1984-03-27", stage="preparation")
    ask(**told, id=asked, person=person, instrument="phq9", filled_by=LINK)
    give_link(**told, id=link, person=person, language="en")
    return {
        "name": name,
        "person": str(person),
        "asked": str(asked),
        "question": f"{address_of(organization, link)}{asked}/9/",
    }
