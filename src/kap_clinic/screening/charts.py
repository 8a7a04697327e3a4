"""Which chart may be screened: with the permission at its site, and with the chart itself open."""

from __future__ import annotations

from uuid import UUID

from kap.people.permissions import Permission
from kap_clinic.database.door import Acting
from kap_clinic.people.access import require_chart


def require_screening(act: Acting, person: UUID, permission: Permission) -> None:
    """Go on only with the permission at this person's site, and with their chart open.

    Raises: Refused.
    """
    act.require(permission, require_chart(act, person).site_id)
