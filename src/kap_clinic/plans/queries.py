"""What is known of plans, as plain values; run inside ``acting()``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from kap.histories.entries import Entry
from kap.planning.course import Course, SessionState, course_from
from kap.protocols.definition import SessionKind
from kap.vocabulary.moments import Instant, Window
from kap_clinic.accounts.queries import names_of
from kap_clinic.database.door import Acting
from kap_clinic.people.access import require_chart

from . import store
from .models import Plan, PlannedSession

MOST = 200


@dataclass(frozen=True, kw_only=True)
class SessionLine:
    """One planned session as it stands, with whose it is.

    Shape: ``session`` is its id in the protocol; ``time`` is from when to when it is planned, or was held;
    ``planned_on`` and ``planned_at`` are what the clock shows in ``time_zone``.
    Missing: ``began_at`` and ``ended_at`` are None until it began, and ended.
    """

    id: UUID
    plan: UUID
    person: UUID
    person_name: str
    site: UUID
    session: str
    kind: SessionKind
    phase: str
    title: str
    day: int
    planned_on: date
    planned_at: time
    time_zone: str
    time: Window
    window: Window
    state: SessionState
    began_at: datetime | None
    ended_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        """Whether it has not begun, and is still wanted."""
        return self.state is SessionState.PLANNED


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """One person's plan: the protocol it is made from, where and since when, and how it ended."""

    id: UUID
    person: UUID
    site: UUID
    protocol: str
    version: int
    start_on: date
    time_zone: str
    made_at: datetime
    made_by: str
    stopped_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PlanFile:
    """A plan with its course, its sessions and everything that was done to it."""

    facts: PlanFacts
    course: Course
    sessions: tuple[SessionLine, ...]
    entries: tuple[Entry, ...]
    names: dict[UUID, str]


def planned_session(act: Acting, session: UUID) -> SessionLine:
    """Return one planned session, once its person's chart is open to whoever asks.

    Raises: Refused.
    """
    row = store.session_in(act, session)
    require_chart(act, row.person_id)
    return line_in(row)


def plan_of(act: Acting, person: UUID) -> PlanFile | None:
    """Return a person's newest plan, the one that goes on before one that was stopped; None without one.

    Raises: Refused without access to the chart.
    """
    require_chart(act, person)
    row = _newest(act.organization, person)
    if row is None:
        return None
    entries = tuple(store.entries_of(row.id))
    return _file(row, entries, names_of(_people_in(row, entries)))


def shared_plan(giver: UUID, person: UUID, giver_name: str) -> PlanFile | None:
    """Return the newest plan of a chart another organization shares; its staff goes by the house's name.

    Missing: None without one, and without a grant that opens it.
    """
    row = _newest(giver, person)
    if row is None:
        return None
    entries = tuple(store.entries_of(row.id))
    return _file(row, entries, dict.fromkeys(_people_in(row, entries), giver_name))


def _newest(organization: UUID, person: UUID) -> Plan | None:
    rows = Plan.objects.filter(person_id=person, organization_id=organization)
    return min(rows.order_by("-made_at"), key=lambda plan: plan.stopped_at is not None, default=None)


def _people_in(row: Plan, entries: Iterable[Entry]) -> list[UUID]:
    return [row.made_by, *(UUID(entry.by) for entry in entries)]


def _file(row: Plan, entries: tuple[Entry, ...], names: dict[UUID, str]) -> PlanFile:
    return PlanFile(
        facts=_facts(row, names),
        course=course_from(entries),
        sessions=tuple(sessions_of_plan(row.id)),
        entries=entries,
        names=names,
    )


def plan_facts(act: Acting, plan: UUID) -> PlanFacts:
    """Return one plan without its sessions, once its person's chart is open to whoever asks.

    Raises: Refused.
    """
    row = store.plan_in(act, plan)
    require_chart(act, row.person_id)
    return _facts(row, names_of([row.made_by]))


def sessions_of(act: Acting, person: UUID) -> list[SessionLine]:
    """Return the sessions of every plan of a person, in time.

    Raises: Refused without access to the chart.
    """
    require_chart(act, person)
    rows = PlannedSession.objects.filter(person_id=person, organization_id=act.organization)
    return lines(rows.order_by("begins_at", "id"))


def sessions_between(act: Acting, site: UUID, first: Instant, last: Instant) -> list[SessionLine]:
    """Return the sessions at one place that lie between two moments, in time."""
    rows = PlannedSession.objects.filter(
        organization_id=act.organization, site_id=site, begins_at__lt=last.at, ends_at__gt=first.at
    )
    return lines(rows.order_by("begins_at", "id")[:MOST])


def sessions_of_plan(plan: UUID) -> list[SessionLine]:
    """Return the sessions of one plan, in time."""
    return lines(PlannedSession.objects.filter(plan_id=plan).order_by("begins_at", "id"))


def lines(rows: Any) -> list[SessionLine]:
    """Return rows of sessions as plain values, each with its person's name."""
    found: Iterable[PlannedSession] = rows.select_related("person")
    return [line_in(row) for row in found]


def line_in(row: PlannedSession) -> SessionLine:
    """Return a row that was read with its person as a plain value."""
    return SessionLine(
        id=row.id, plan=row.plan_id, person=row.person_id, person_name=row.person.name, site=row.site_id,
        session=row.session, kind=SessionKind(row.kind), phase=row.phase, title=row.title, day=row.day,
        planned_on=row.planned_on, planned_at=row.planned_at, time_zone=row.time_zone,
        time=Window(Instant(row.begins_at), Instant(row.ends_at)),
        window=Window(Instant(row.opens_at), Instant(row.closes_at)),
        state=SessionState(row.state), began_at=row.began_at, ended_at=row.ended_at,
    )  # fmt: skip


def _facts(row: Plan, names: dict[UUID, str]) -> PlanFacts:
    return PlanFacts(
        id=row.id, person=row.person_id, site=row.site_id, protocol=row.protocol, version=row.version,
        start_on=row.start_on, time_zone=row.time_zone, made_at=row.made_at,
        made_by=names.get(row.made_by, ""), stopped_at=row.stopped_at,
    )  # fmt: skip
