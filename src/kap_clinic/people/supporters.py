"""Who stands by a client: escort, observer, supporter; how to reach them and what they may be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once

from .access import may_see, person_in
from .actions import add_change
from .contacts import NO_CONTACT, Contact, open_contact, seal_contact
from .models import Person, SupportPerson

ESCORT, OBSERVER, SUPPORTER = "escort", "observer", "supporter"
DOES: Mapping[str, Promise] = {
    ESCORT: _("escort: takes the client home"),
    OBSERVER: _("observer: stays overnight"),
    SUPPORTER: _("supporter"),
}
NOTHING, TIMES, WATCH, TREATMENT = "nothing", "times", "watch", "treatment"
MAY_BE_TOLD: Mapping[str, Promise] = {
    NOTHING: _("nothing; they may only be reached in an emergency"),
    TIMES: _("where to be and when"),
    WATCH: _("where to be and when, and what to watch for after a dose"),
    TREATMENT: _("all of that, and how the treatment goes"),
}
_TABLE = "people_supportperson"

_NAMELESS = sentence("Write the name of the person who stands by the client.")
_UNREACHABLE = sentence("Give a telephone number or an e-mail address of this person.")
_NO_CHOICE = sentence("Choose what this person does, and what they may be told.")
_NOBODY = sentence("Nobody under this id stands by this client.")
_WHY = sentence("Say why this person no longer stands by the client.")


@dataclass(frozen=True, kw_only=True)
class Named:
    """Somebody a client named: who they are to them, what they do, what they may be told."""

    name: str
    does: str
    may_be_told: str
    relation: str = ""
    contact: Contact = NO_CONTACT


@dataclass(frozen=True, kw_only=True)
class Supporter:
    """Somebody who stands by a client now."""

    id: UUID
    named: Named


def name_supporter(*, organization: UUID, by: Actor, id: UUID, person: UUID, named: Named) -> bool:
    """Keep whom a client named, once; say whether this call did it.

    Raises: Refused.
    """
    with acting(organization, by, "people.name_supporter") as act:
        act.require(Permission.OPEN_CHARTS, person_in(act, person).site_id)
        _refuse_incomplete(named)
        said = {
            "person_id": person, "name": named.name.strip()[:120], "relation": named.relation.strip()[:60],
            "does": named.does, "may_be_told": named.may_be_told,
        }  # fmt: skip
        noted = {
            "named_at": timezone.now(),
            "named_by": by.id,
            "contact_sealed": seal_contact(act, named.contact, _TABLE, id),
        }
        act.about(id)
        written = once(SupportPerson, id, said, noted)
        if written.is_new:
            add_change(act, person, "support", written.row.name, named.relation)
        return written.is_new


def end_support(*, organization: UUID, by: Actor, id: UUID, because: str) -> None:
    """Say that somebody no longer stands by a client, and why; saying it twice says it once.

    Raises: Refused.
    """
    with acting(organization, by, "people.end_support") as act:
        rows = SupportPerson.objects.select_for_update().select_related("person")
        row = rows.filter(id=id, organization_id=act.organization).first()
        if row is None:
            act.require(Permission.OPEN_CHARTS)
            raise Refused(_NOBODY)
        act.require(Permission.OPEN_CHARTS, row.person.site_id)
        if not because.strip():
            raise Refused(_WHY)
        act.about(id, row.person_id)
        if row.ended_at is None:
            row.ended_at, row.ended_by, row.because = timezone.now(), by.id, because.strip()[:240]
            row.save(update_fields=["ended_at", "ended_by", "because"])
            add_change(act, row.person_id, "support-ended", row.name, because.strip())


def supporters(act: Acting, person: Person) -> list[Supporter]:
    """Return who stands by a client, escorts first; nobody for a reader who may not reach them."""
    if not (may_see(act, person) or act.standing.permits(Permission.OPEN_CHARTS, person.site_id)):
        return []
    rows = SupportPerson.objects.filter(
        person_id=person.id, organization_id=act.organization, ended_at__isnull=True
    )
    order = list(DOES)
    return sorted(
        (_supporter(act, row) for row in rows.order_by("named_at", "id")),
        key=lambda one: order.index(one.named.does) if one.named.does in order else len(order),
    )


def supporter_called(act: Acting, id: UUID) -> tuple[UUID, str] | None:
    """Return whom somebody stands by, and their own name; None for any other id."""
    rows = SupportPerson.objects.filter(id=id, organization_id=act.organization)
    return rows.values_list("person_id", "name").first()


def _supporter(act: Acting, row: SupportPerson) -> Supporter:
    return Supporter(
        id=row.id,
        named=Named(
            name=row.name, does=row.does, may_be_told=row.may_be_told, relation=row.relation,
            contact=open_contact(act, row.contact_sealed, _TABLE, row.id),
        ),
    )  # fmt: skip


def _refuse_incomplete(named: Named) -> None:
    if not named.name.strip():
        raise Refused(_NAMELESS)
    if named.does not in DOES or named.may_be_told not in MAY_BE_TOLD:
        raise Refused(_NO_CHOICE)
    if not (named.contact.phone or named.contact.email):
        raise Refused(_UNREACHABLE)
