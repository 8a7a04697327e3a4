"""What is done to a member of the staff: roles, sites, phone, leaving; each is added to the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from kap.people.permissions import Permission
from kap.people.roles import ADMINISTRATOR, CLIENT, ESCORT, ROLES
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once
from kap_clinic.keys.sealing import seal_text
from kap_clinic.organizations.queries import site_names

from . import store
from .models import Member, MemberChange

# A client or an escort is never taken on as staff.
STAFF_ROLES = tuple(role for role in ROLES if role not in (CLIENT, ESCORT))

_NO_MEMBER = sentence("Nobody of this organization's staff has this id.")
_HAS_LEFT = sentence("This person has left. Invite them again if they come back.")
_LAST = sentence(
    "This is the last administrator. Make somebody else an administrator first, "
    "or nobody could invite people or change settings any more."
)
_NO_ROLE = sentence("Choose at least one role.")
_UNKNOWN_ROLE = sentence("One of these roles is not a role of the staff. Choose from the list.")
_UNKNOWN_SITE = sentence("One of these sites is not a site of this organization. Choose from the list.")
_NO_SITE = sentence("Choose at least one site, or all of them.")


def change_roles(
    *, organization: UUID, by: Actor, id: UUID, member: UUID, roles: Sequence[str], because: str = ""
) -> None:
    """Give a member other roles from now on.

    Raises: Refused.
    """
    with acting(organization, by, "accounts.change_roles") as act:
        found = _member(act, member)
        wanted = roles_named(roles)
        if ADMINISTRATOR.id not in wanted:
            _keep_one_administrator(act, found)
        _change(act, id, found, "roles", because, roles=wanted, sites=found.sites)


def change_sites(
    *, organization: UUID, by: Actor, id: UUID, member: UUID, sites: Sequence[UUID] | None, because: str = ""
) -> None:
    """Let a member work at other sites from now on; None is all of them.

    Raises: Refused.
    """
    with acting(organization, by, "accounts.change_sites") as act:
        found = _member(act, member)
        _change(act, id, found, "sites", because, roles=found.roles, sites=sites_named(sites))


def change_phone(*, organization: UUID, by: Actor, id: UUID, member: UUID, phone: str) -> None:
    """Record a member's phone number, sealed; an empty one removes it.

    Raises: Refused.
    """
    with acting(organization, by, "accounts.change_phone") as act:
        found = _member(act, member)
        if _change(act, id, found, "phone", "", roles=found.roles, sites=found.sites):
            found.phone_sealed = (
                seal_text(act, phone, table="accounts_member", column="phone_sealed", row=found.id)
                if phone
                else ""
            )
            found.save()


def record_leaving(*, organization: UUID, by: Actor, id: UUID, member: UUID, because: str = "") -> None:
    """Record that a member has left; from this moment they can enter nothing here.

    Raises: Refused.
    """
    with acting(organization, by, "accounts.record_leaving") as act:
        found, at = _member(act, member, even_gone=True), timezone.now()
        if found.left_at is None:
            _keep_one_administrator(act, found)
        if _change(act, id, found, "left", because, roles=found.roles, sites=found.sites, at=at):
            found.left_at = at
            found.save()
            store.end_affiliation(found.id, at)


def roles_named(roles: Sequence[str]) -> list[str]:
    """Return the roles in the order of the list, each once.

    Raises: Refused.
    """
    if not roles:
        raise Refused(_NO_ROLE)
    known = [role.id for role in STAFF_ROLES]
    if set(roles) - set(known):
        raise Refused(_UNKNOWN_ROLE)
    return [role for role in known if role in roles]


def sites_named(sites: Sequence[UUID] | None) -> list[UUID] | None:
    """Return the sites in a fixed order, each once; None for all.

    Raises: Refused.
    """
    if sites is None:
        return None
    if not sites:
        raise Refused(_NO_SITE)
    if set(sites) - set(site_names()):
        raise Refused(_UNKNOWN_SITE)
    return sorted(set(sites))


def _member(act: Acting, member: UUID, *, even_gone: bool = False) -> Member:
    act.require(Permission.CHANGE_STAFF)
    found = Member.objects.select_for_update().filter(id=member).first()
    if found is None:
        raise Refused(_NO_MEMBER)
    act.about(member)
    if found.left_at is not None and not even_gone:
        raise Refused(_HAS_LEFT)
    return found


def _keep_one_administrator(act: Acting, member: Member) -> None:
    if ADMINISTRATOR.id not in member.roles:
        return
    store.hold_administrators(act)
    if not store.other_administrators(member.id):
        raise Refused(_LAST)


def _change(
    act: Acting, id: UUID, member: Member, kind: str, because: str, *, roles: list[str],
    sites: list[UUID] | None, at: datetime | None = None,
) -> bool:  # fmt: skip
    said = {"member_id": member.id, "kind": kind, "roles": roles, "sites": sites, "because": because}
    noted = {"changed_at": at or timezone.now(), "changed_by": act.actor.id}
    if not once(MemberChange, id, said, noted).is_new:
        return False
    member.roles, member.sites = roles, sites
    member.save()
    return True
