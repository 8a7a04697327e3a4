"""Readings a device sends: many at once, kept as they came with one digest, and watched for alarms.

They do not enter the timeline, but the alarms they raise do; a batch sent twice is kept once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import UUID, uuid5

from django.utils import timezone

from kap.histories.acts import Act
from kap.histories.chain import canonical_text
from kap.monitoring import acts
from kap.monitoring.alarms import Alarm, packaged_alarms, watched
from kap.monitoring.vitals import Channel, Vitals, doubts, packaged_channels
from kap.people.permissions import Permission
from kap.vocabulary.decimals import plain
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once

from . import store
from .models import DeviceBatch, DosingSession

READ = "dosing_day_readings"
MOST = 600
# A device's clock may run ahead by this much before its readings are refused.
_AHEAD = timedelta(seconds=30)

_TOO_MANY = sentence("One batch holds at most {most} readings. Send the rest as another.", most=MOST)
_WRONG_TIME = sentence("A reading lies outside this session's time. Set the device's clock, then send again.")
_HAS_LEFT = sentence("The person has left. Nothing more is read in this session.")
_NO_NAME = sentence("Say which device read this.")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a device read at one moment."""

    at: datetime
    numbers: dict[Channel, Decimal]


def record(
    *, organization: UUID, by: Actor, id: UUID, session: UUID, device: str, readings: Sequence[Reading]
) -> bool:
    """Keep a batch of readings and call out the alarms they raise; say whether this call kept it.

    Raises: Refused, or InputError for an empty batch.
    """
    with acting(organization, by, "dosing_day.record_readings") as act:
        row = store.found(act, session, is_locked=True)
        act.require(Permission.CHART_SESSIONS, row.site_id)
        now = timezone.now()
        _refuse_misfits(row, device, readings, now)
        text = canonical_text([_told(one) for one in readings])
        digest = sha256(text.encode()).hexdigest()
        said = {"session_id": session, "device": device.strip(), "digest": digest}
        noted = {
            "count": len(readings), "last_at": max(one.at for one in readings), "readings": text,
            "recorded_at": now, "recorded_by": by.id,
        }  # fmt: skip
        written = once(DeviceBatch, id, said, noted)
        if written.is_new:
            _watch(act, row, id, readings, now)
            announce(act, READ, session)
        return written.is_new


def _refuse_misfits(row: DosingSession, device: str, readings: Sequence[Reading], now: datetime) -> None:
    if not readings:
        raise InputError("A batch holds at least one reading.")
    _need(len(readings) <= MOST, _TOO_MANY)
    _need(bool(device.strip()), _NO_NAME)
    _need(row.left_at is None, _HAS_LEFT)
    _need(all(row.arrived_at <= one.at <= now + _AHEAD for one in readings), _WRONG_TIME)
    channels = packaged_channels()
    for one in readings:
        # A device writes what it sees; only what nobody can show is refused, and with it the whole batch.
        impossible = [doubt for doubt in doubts(one.numbers, channels) if doubt.is_impossible]
        if impossible:
            raise Refused(impossible[0].reason)


def _watch(act: Acting, row: DosingSession, id: UUID, readings: Sequence[Reading], now: datetime) -> None:
    ordered = sorted(readings, key=lambda one: one.at)
    # Two readings of one batch may raise one level each: every reading has an id of its own.
    vitals = [
        Vitals(entry=uuid5(id, str(place)), at=Instant(one.at), numbers=one.numbers, came_from="device")
        for place, one in enumerate(ordered)
    ]
    before = store.watches_in(row)
    after = watched(vitals, packaged_alarms(), before)
    if after.watches == before:
        return
    row.watches = store.told_watches(after.watches)
    rows = store.entry_rows(row.id)
    for alarm in after.alarms:
        _call(act, row, rows, alarm, now)
    store.write_again(row, store.session_in(rows), rows[-1].number)
    announce(act, "dosing_day", row.id)


def _call(
    act: Acting, row: DosingSession, rows: list[store.SessionEntry], alarm: Alarm, now: datetime
) -> None:
    alarm_id = uuid5(alarm.reading, f"{alarm.sign.value} {alarm.level.name}")
    told = Act(id=alarm_id, happened_at=alarm.at, recorded_at=Instant(now), by=str(act.actor.id))
    store.add(act, row, rows, acts.raising(told, alarm))


def _told(reading: Reading) -> dict[str, object]:
    numbers = {channel.value: plain(number) for channel, number in reading.numbers.items()}
    return {"at": reading.at.isoformat(), "numbers": numbers}


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
