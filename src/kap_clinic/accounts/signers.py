"""Who may stand beside somebody as the second person, as a form offers them; run inside ``acting()``."""

from __future__ import annotations

from uuid import UUID

from kap.people.permissions import Permission
from kap.people.roles import roles_permitting
from kap_clinic.database.door import Acting

from .models import Member, SecondSignature


def signers(act: Acting, needs: Permission, site: UUID) -> list[tuple[UUID, str]]:
    """Return who else may sign this at the site as the second person, by name."""
    able = {role.id for role in roles_permitting(needs)}
    willing = {role.id for role in roles_permitting(Permission.SIGN_SECOND)}
    rows = Member.objects.filter(organization_id=act.organization, left_at__isnull=True)
    rows = rows.exclude(id=act.actor.id).order_by("sort_name", "id")
    return [
        (row.id, row.name)
        for row in rows
        if able & set(row.roles) and willing & set(row.roles) and (row.sites is None or site in row.sites)
    ]


def last_second(act: Acting) -> UUID | None:
    """Return who stood beside this person the last time; None before the first."""
    rows = SecondSignature.objects.filter(beside=act.actor.id, organization_id=act.organization)
    return rows.order_by("-signed_at").values_list("member_id", flat=True).first()
