"""Who is on call in the invented clinic: a nurse first for each site, the medical director as backup."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from kap.casework.calls import Called
from kap_clinic.accounts.queries import staff
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.on_call.actions import put_on_call
from kap_clinic.on_call.coverage import is_kept
from kap_clinic.organizations.queries import site_names

_LASTS = timedelta(days=14)
_ROSTER = (
    ("Rosa Marquez", Called.ON_CALL, "Cedar House", "+15555550101", True),
    ("Lena Whitfield", Called.ON_CALL, "Harbor Clinic", "+15555550103", True),
    ("Helen Osei", Called.BACKUP, "", "+15555550102", False),
)


def load_on_call(organization: UUID, by: Actor, id_of: Any, today: date) -> None:
    """Put somebody on call for each site from today; where anybody ever was, nothing is changed."""
    begins = datetime.combine(today, time.min, tzinfo=UTC)
    with acting(organization, by, "on_call.see_roster") as act:
        if is_kept(act, begins + _LASTS):
            return
        members = {line.name: line.id for line in staff(act).lines}
        places = {name: id for id, name in site_names().items()}
    for name, place, site, phone, gives_number in _ROSTER:
        put_on_call(
            organization=organization, by=by, id=id_of("on call", name), member=members[name],
            place=place.value, starts_at=begins, ends_at=begins + _LASTS, phone=phone,
            gives_number=gives_number, site=places.get(site),
        )  # fmt: skip
