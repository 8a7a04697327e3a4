"""Who may stand beside as the second person: those who work here, at this place, with the right to."""

from __future__ import annotations

from uuid import UUID

from kap.people.permissions import Permission
from kap.people.roles import permits
from kap_clinic.accounts.queries import staff
from kap_clinic.database.door import Acting

_MOST = 200


def people_beside(act: Acting, site: UUID, needs: Permission) -> list[tuple[UUID, str]]:
    """Return the others who may sign this act as the second person, by name."""
    return [
        (line.id, line.name)
        for line in staff(act, limit=_MOST).lines
        if line.id != act.actor.id
        and (line.sites is None or site in line.sites)
        and all(permits(frozenset(line.roles), one) for one in (Permission.SIGN_SECOND, needs))
    ]
