"""What is known of dosing sessions, as plain values; run inside ``acting()``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kap.histories.entries import Entry
from kap.monitoring.alarms import Level, Sign
from kap.monitoring.before_a_dose import Day, before_a_dose, packaged_before_a_dose
from kap.monitoring.going_home import may_go_home, packaged_going_home
from kap.monitoring.session import Left, Session
from kap.monitoring.vitals import Channel
from kap.people.permissions import Permission
from kap.screening.columbia import told_on, worst_level
from kap.screening.registry import packaged_rulebook
from kap.vocabulary.findings import Finding
from kap.vocabulary.moments import Instant
from kap_clinic.accounts.queries import names_of
from kap_clinic.database.door import Acting
from kap_clinic.database.sealed import entry_in
from kap_clinic.measures.heard import facts_about_suicide
from kap_clinic.people.access import require_chart
from kap_clinic.people.queries import record_of

from . import store
from .models import DeviceBatch, DosingSession

MOST = 100
_CHART_BATCHES = 3600


@dataclass(frozen=True, kw_only=True)
class SessionLine:
    """A session as a board shows it; ``level`` is a kap.monitoring Level.

    Missing: ``due_at`` is None where no vitals are due.
    """

    id: UUID
    planned: UUID
    person: UUID
    person_name: str
    arrived_at: datetime
    phase: str
    level: Level
    open_alarms: int
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Read:
    """The newest number of one channel, with its moment and where it came from."""

    number: Decimal
    at: datetime
    came_from: str


@dataclass(frozen=True, kw_only=True)
class SessionFile:
    """A session with its whole timeline, and what a device has read.

    Shape: ``seen`` is the number of the newest entry; ``names`` says who the ids in the timeline are.
    """

    id: UUID
    planned: UUID
    person: UUID
    person_name: str
    site: UUID
    time_zone: str
    session: Session
    entries: tuple[tuple[int, Entry], ...]
    seen: int
    levels: dict[Sign, Level]
    due_at: datetime | None
    newest: dict[Channel, Read]
    names: dict[UUID, str]


def open_sessions(act: Acting, site: UUID) -> list[SessionLine]:
    """Return the sessions under way at one place, the earliest arrival first."""
    rows = DosingSession.objects.filter(
        organization_id=act.organization, site_id=site, left_at__isnull=True
    ).select_related("person")
    return [_line(row) for row in rows.order_by("arrived_at", "id")[:MOST]]


def session_of_planned(act: Acting, planned: UUID) -> UUID | None:
    """Return the dosing session a planned session became; None while it has not begun."""
    rows = DosingSession.objects.filter(planned_id=planned, organization_id=act.organization)
    return rows.values_list("id", flat=True).first()


def session_file(act: Acting, session: UUID) -> SessionFile:
    """Return one session with its timeline, once its chart is open to whoever asks.

    Raises: Refused.
    """
    row = _seen(act, session)
    rows = store.entry_rows(session)
    entries = tuple((one.number, entry_in(one)) for one in rows)
    told = store.session_in(rows)
    return SessionFile(
        id=session,
        planned=row.planned_id,
        person=row.person_id,
        person_name=row.person.name,
        site=row.site_id,
        time_zone=row.site.time_zone,
        session=told,
        entries=entries,
        seen=row.last_number,
        levels=store.levels_of(row, told),
        due_at=row.due_at,
        newest=newest_of(session, told),
        names=names_of(store.in_words(entry for _, entry in entries)),
    )


def before_the_dose(act: Acting, file: SessionFile, at: datetime) -> tuple[Finding, ...]:
    """Return what must be so before a dose: the checklist of today beside what the chart knows."""
    now = Instant(at)
    day = Day(
        chart=(*record_of(act, file.person).facts, *facts_about_suicide(act, file.person, file.time_zone)),
        rulebook=packaged_rulebook(),
        limits=packaged_before_a_dose(),
        on=now.day_in(file.time_zone),
        at=now,
    )
    return before_a_dose(file.session, day)


def cssrs_of_today(act: Acting, person: UUID, time_zone: str, at: datetime) -> str:
    """Return the level that a person's C-SSRS of today gives.

    Missing: empty where no form was answered to its end today.
    """
    parts = told_on(facts_about_suicide(act, person, time_zone), Instant(at).day_in(time_zone))
    return worst_level(parts) if parts and all(one.is_whole for one in parts) else ""


def before_leaving(file: SessionFile, at: datetime, to: Left) -> tuple[Finding, ...]:
    """Return the criteria for leaving."""
    return may_go_home(file.session, packaged_going_home(), Instant(at), to)


def newest_of(session: UUID, told: Session) -> dict[Channel, Read]:
    """Return the newest number of every channel, of a person or of a device."""
    found: dict[Channel, Read] = {}
    for channel in Channel:
        if reading := told.newest(channel):
            found[channel] = Read(
                number=reading.numbers[channel], at=reading.at.at, came_from=reading.came_from
            )
    batch = DeviceBatch.objects.filter(session_id=session).order_by("-last_at").first()
    for reading in json.loads(batch.readings) if batch else ():
        at = datetime.fromisoformat(reading["at"])
        for name, number in reading["numbers"].items():
            known = found.get(Channel(name))
            if known is None or at >= known.at:
                found[Channel(name)] = Read(number=Decimal(number), at=at, came_from="device")
    return found


def device_points(session: UUID) -> list[tuple[datetime, dict[Channel, Decimal]]]:
    """Return what devices read, one point a batch, for the chart."""
    batches = DeviceBatch.objects.filter(session_id=session).order_by("-last_at")[:_CHART_BATCHES]
    return [_point(batch) for batch in reversed(batches)]


def _point(batch: DeviceBatch) -> tuple[datetime, dict[Channel, Decimal]]:
    last: dict[str, Any] = json.loads(batch.readings)[-1]
    numbers = {Channel(name): Decimal(number) for name, number in last["numbers"].items()}
    return datetime.fromisoformat(last["at"]), numbers


def _seen(act: Acting, session: UUID) -> DosingSession:
    row = store.found(act, session)
    require_chart(act, row.person_id)
    act.require(Permission.SEE_DOSING_DAY, row.site_id)
    return row


def _line(row: DosingSession) -> SessionLine:
    return SessionLine(
        id=row.id, planned=row.planned_id, person=row.person_id, person_name=row.person.name,
        arrived_at=row.arrived_at, phase=row.phase, level=Level(row.level), open_alarms=row.open_alarms,
        due_at=row.due_at,
    )  # fmt: skip
