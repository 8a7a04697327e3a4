"""Entries of a session as rows, read in the order they were recorded, and the session's row written again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from kap.histories.entries import Entry
from kap.monitoring.alarms import Level, Sign, Watch, Watches, packaged_alarms, watched
from kap.monitoring.cadence import next_due, packaged_cadences
from kap.monitoring.session import Session
from kap.monitoring.timeline import session_from
from kap.monitoring.vitals import Channel
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import Acting
from kap_clinic.database.sealed import entries_in, head_of, is_sealed, seal_behind

from .models import DeviceBatch, DosingSession, SessionEntry

_NO_SESSION = sentence("This organization has no dosing session with this id.")
_CHANNELS_OF = {
    Sign.PRESSURE: (Channel.SYSTOLIC, Channel.DIASTOLIC),
    Sign.OXYGEN: (Channel.OXYGEN,),
}


def found(act: Acting, session: UUID, *, is_locked: bool = False) -> DosingSession:
    """Return a session of ours, and name it and its person in the trail; locked for whoever adds to it.

    Raises: Refused.
    """
    act.about(session)
    rows = DosingSession.objects.select_for_update() if is_locked else DosingSession.objects
    row = rows.filter(id=session, organization_id=act.organization).first()
    if row is None:
        raise Refused(_NO_SESSION)
    act.about(row.person_id)
    return row


def entry_rows(session: UUID, after: int = 0) -> list[SessionEntry]:
    """Return the entries recorded after one number, in the order they were recorded."""
    return list(SessionEntry.objects.filter(session_id=session, number__gt=after).order_by("number"))


def session_in(rows: list[SessionEntry]) -> Session:
    """Return the session as these entries tell it."""
    return session_from(entries_in(rows))


def add(act: Acting, row: DosingSession, rows: list[SessionEntry], entry: Entry) -> bool:
    """Seal one more entry behind the last; the same entry sent again changes nothing. Say whether it was new.

    Raises: Refused when the id holds another entry.
    """
    if is_sealed(rows, entry):
        return False
    written = seal_behind(act, SessionEntry, head_of(rows), entry, session=row)
    rows.append(written)
    return True


def write_again(row: DosingSession, session: Session, last_number: int) -> None:
    """Write the session's row as its timeline tells it now."""
    row.phase, row.last_number = session.phase.value, last_number
    row.open_alarms = len(session.open_alarms)
    row.level = max(levels_of(row, session).values())
    row.due_at = due_at(session)
    if session.leaving is not None:
        row.left_at, row.how_left = session.leaving.at.at, session.leaving.how.value
    row.save()


def levels_of(row: DosingSession, session: Session) -> dict[Sign, Level]:
    """Return the level of each sign by its newest reading, of a person or of a device."""
    by_hand = watched(session.readings, packaged_alarms()).watches
    by_device = watches_in(row)
    device_at = DeviceBatch.objects.filter(session=row).aggregate(last=Max("last_at"))["last"]
    found = {}
    for sign, channels in _CHANNELS_OF.items():
        read = session.newest(*channels)
        is_newer = device_at is not None and (read is None or device_at > read.at.at)
        found[sign] = (by_device if is_newer and sign.value in row.watches else by_hand)[sign].level
    return found


def due_at(session: Session) -> datetime | None:
    """Return when the next vitals are due; None before a dose and after the person left."""
    if not session.doses or session.leaving is not None:
        return None
    dose = session.doses[-1]
    last = session.newest(Channel.SYSTOLIC, Channel.DIASTOLIC)
    return next_due(
        packaged_cadences()[dose.given.route],
        began_at=dose.began_at,
        ended_at=dose.ended_at,
        last_at=last.at if last else None,
    ).at


def watches_in(row: DosingSession) -> Watches:
    """Return how each sign stood after the last reading of a device."""
    told = row.watches
    return {sign: _watch(told[sign.value]) if sign.value in told else Watch() for sign in Sign}


def told_watches(watches: Watches) -> dict[str, object]:
    """Write down how each sign stands."""
    return {
        sign.value: [int(watch.level), str(watch.lasting_since) if watch.lasting_since else None]
        for sign, watch in watches.items()
    }


def _watch(told: list[object]) -> Watch:
    level, since = told
    return Watch(Level(int(str(level))), Instant.parse(str(since)) if since else None)


def in_words(entries: Iterable[Entry]) -> list[UUID]:
    """Return who did what, as ids to be named."""
    said = [UUID(entry.by) for entry in entries]
    return [*said, *(UUID(who) for entry in entries if (who := entry.body.get("with")))]
