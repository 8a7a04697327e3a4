"""The monitor of room 2: sends what it reads as a device sends it, many readings with one id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kap_clinic.database.actors import Actor
from kap_clinic.dosing_day.readings import Reading, record

from .vitals import by_monitor

NAME = "Monitor of room 2"


def send(
    organization: UUID, by: Actor, id: UUID, session: UUID, moments: Sequence[datetime], dosed_at: datetime
) -> None:
    """Send one batch: what is read at each of these moments of a session whose dose began then."""
    read = [
        Reading(at=at, numbers=by_monitor((at - dosed_at).total_seconds() / 60)) for at in moments
    ]  # fmt: skip
    record(organization=organization, by=by, id=id, session=session, device=NAME, readings=read)
