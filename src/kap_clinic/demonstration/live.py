"""The session that runs live: a monitor that goes on sending, and a nurse who goes on reading the cuff.

It uses the actions a device and a person use, only in the demonstration, and ends with the session: when
nobody who looks around lets Marcus go, the nurse does so by the criteria, three hours after his dose.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from kap.monitoring.session import Left
from kap.vocabulary.findings import Verdict
from kap_clinic.database.door import acting
from kap_clinic.database.identity import new_id
from kap_clinic.dosing_day.queries import SessionFile, before_leaving, session_file, session_of_planned

from . import doses
from .cast import CEDAR
from .journeys import IN_THE_ROOM
from .loading import DEMO, id_of
from .monitor import send
from .ward import Ward, ward_of

# Seconds between two readings of the monitor.
_BETWEEN = 2
_LASTS = timedelta(hours=3)
_ASKED_THEN = ("steady", "instructed", "companion")


class Live:
    """Marcus Reid's session, carried on turn by turn until he has left.

    Units: ``every`` in seconds.
    """

    every = 10.0

    def __init__(self) -> None:
        """Know nothing yet; the first turn looks for the session."""
        self._found: tuple[Ward, UUID] | None = None
        self._is_over = False

    def turn(self) -> None:
        """Send what the monitor read since the last turn, and do what is due."""
        self._found = self._found or _found()
        if self._found is None or self._is_over:
            return
        ward, session = self._found
        file, now = _file(ward, session), timezone.now()
        self._is_over = file.session.leaving is not None
        if not self._is_over:
            self._send(ward, file, now)
            _nurse(ward, file, now)

    def _send(self, ward: Ward, file: SessionFile, now: datetime) -> None:
        began = file.session.doses[0].began_at.at
        backwards = range(int(self.every), 0, -_BETWEEN)
        moments = [now - timedelta(seconds=back - _BETWEEN) for back in backwards]
        send(ward.organization, DEMO, new_id(), file.id, moments, began)


def _found() -> tuple[Ward, UUID] | None:
    ward = ward_of(id_of(CEDAR.name), id_of(CEDAR.name, "Cedar House"), DEMO, id_of)
    planned = next((one for one in ward.sessions(IN_THE_ROOM.name) if one.session == "dose-1"), None)
    if planned is None:
        return None
    with acting(ward.organization, DEMO, "dosing_day.follow") as act:
        session = session_of_planned(act, planned.id)
    return None if session is None else (ward, session)


def _nurse(ward: Ward, file: SessionFile, now: datetime) -> None:
    dose = file.session.doses[0]
    since = now - dose.began_at.at
    if file.session.running is not None and since >= doses.RUNS:
        doses.end(ward, file.id)
    elif file.due_at is not None and now >= file.due_at:
        doses.take(ward, file.id, since // timedelta(minutes=1))
    elif since >= _LASTS and _may_leave(ward, file, now):
        doses.leave(ward, file.id)


def _may_leave(ward: Ward, file: SessionFile, now: datetime) -> bool:
    """Whether only what she asks herself is open; it is answered as she lets him go."""
    open_ = [one for one in before_leaving(file, now, Left.LODGING) if one.verdict is not Verdict.PROCEED]
    return all(one.rule in _ASKED_THEN for one in open_)


def _file(ward: Ward, session: UUID) -> SessionFile:
    with acting(ward.organization, DEMO, "dosing_day.follow") as act:
        return session_file(act, session)
