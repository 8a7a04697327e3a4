"""The dosing sessions of one place today, as the day board lists them: to begin in one tap, or to open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap.planning.course import SessionState
from kap.protocols.definition import SessionKind
from kap.vocabulary.moments import Instant
from kap_clinic.database.door import Acting
from kap_clinic.database.identity import new_id
from kap_clinic.plans.queries import SessionLine, sessions_between

from .models import DosingSession
from .shown import TONES, Level, clock, due_in_words

_AROUND = timedelta(hours=14)


@dataclass(frozen=True, kw_only=True)
class RoomLine:
    """One person with a dose today: what was planned, how it stands, and the id a new session would get.

    Missing: ``session`` is None while it has not begun.
    """

    planned: UUID
    session: UUID | None
    who: str
    what: str
    at: str
    standing: str
    tone: str
    new_id: UUID
    may_start: bool


def rooms_of(act: Acting, site: UUID, now: datetime) -> list[RoomLine]:
    """Return the dosing sessions of one place today, in time."""
    if not act.standing.permits(Permission.SEE_DOSING_DAY, site):
        return []
    around = sessions_between(act, site, Instant(now - _AROUND), Instant(now + _AROUND))
    doses = [line for line in around if line.kind is SessionKind.DOSE and _is_today(line, now)]
    begun = {
        row.planned_id: row
        for row in DosingSession.objects.filter(
            organization_id=act.organization, planned_id__in=[line.id for line in doses]
        )
    }
    may = act.standing.permits(Permission.CHART_SESSIONS, site)
    return [_line(line, begun.get(line.id), now, may_start=may) for line in doses]


def _is_today(line: SessionLine, now: datetime) -> bool:
    is_wanted = line.state in (SessionState.PLANNED, SessionState.UNDER_WAY, SessionState.HELD)
    return is_wanted and line.planned_on == Instant(now).day_in(line.time_zone)


def _line(line: SessionLine, row: DosingSession | None, now: datetime, *, may_start: bool) -> RoomLine:
    standing, tone = _standing(line, row, now)
    return RoomLine(
        planned=line.id, session=row.id if row else None, who=line.person_name, what=line.title,
        at=line.planned_at.strftime("%H:%M"), standing=standing, tone=tone, new_id=new_id(),
        may_start=may_start and row is None and line.is_waiting,
    )  # fmt: skip


def _standing(line: SessionLine, row: DosingSession | None, now: datetime) -> tuple[str, str]:
    if row is None:
        return _("not begun"), ""
    if row.left_at is not None:
        return _("left at %(at)s") % {"at": clock(row.left_at, line.time_zone)}, ""
    due, late = due_in_words(row.due_at, now)
    words = {
        "arrived": _("in the room, before the time-out"),
        "timed-out": _("after the time-out"),
        "dosed": _("the dose was given"),
        "recovery": _("resting"),
    }
    said = words[row.phase]
    return (f"{said} · {due}" if due else said), TONES[Level(row.level)] or late
