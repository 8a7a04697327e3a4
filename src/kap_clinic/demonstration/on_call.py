"""Who is on call in the invented clinic: a nurse first and the medical director as backup, for two weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from kap.casework.calls import Called
from kap_clinic.accounts.queries import staff
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.on_call.actions import put_on_call
from kap_clinic.on_call.queries import last_covered_at

_LASTS = timedelta(days=14)
_ROSTER = (
    ("Rosa Marquez", Called.ON_CALL, "+15555550101", True),
    ("Helen Osei", Called.BACKUP, "+15555550102", False),
)


def load_on_call(organization: UUID, by: Actor, id_of: Any, today: date) -> None:
    """Put two people on call from today; where anybody ever was, nothing is changed."""
    begins = datetime.combine(today, time.min, tzinfo=UTC)
    with acting(organization, by, "on_call.see_roster") as act:
        if last_covered_at(act, begins + _LASTS) is not None:
            return
        members = {line.name: line.id for line in staff(act).lines}
    for name, place, phone, gives_number in _ROSTER:
        put_on_call(
            organization=organization, by=by, id=id_of("on call", name), member=members[name],
            place=place.value, starts_at=begins, ends_at=begins + _LASTS, phone=phone,
            gives_number=gives_number,
        )  # fmt: skip
