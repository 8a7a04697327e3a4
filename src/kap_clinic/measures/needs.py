"""What the day board says of forms: missed, ended in part, or late to be filled in here."""

from __future__ import annotations

from datetime import datetime

from kap.people.permissions import Permission
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Need

from . import asked, shown


def needs_of(act: Acting, at: datetime, time_zone: str) -> list[Need]:
    """Return the forms somebody must see to, what was due first first."""
    if not act.standing.permits(Permission.SEE_MEASURES):
        return []
    late = tuple(form for form in asked.waiting(act, at) if form.ended or form.due_at <= at)
    return shown.waiting_needs(late, at, time_zone)
