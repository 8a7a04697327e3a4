"""Entries of a plan as rows, and its sessions written again as the entries tell them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import QuerySet

from kap.histories.entries import Entry
from kap.planning.course import Course, course_from
from kap.planning.plan import PlannedEvent
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import Acting
from kap_clinic.database.sealed import before, entries_in, head_of, is_sealed, seal_behind

from .models import Plan, PlanEntry, PlannedSession

_NO_PLAN = sentence("This organization has no plan with this id.")
_NO_SESSION = sentence("This organization has no planned session with this id.")


def locked(act: Acting, plan: UUID) -> Plan:
    """Return a plan of ours, locked until the transaction ends, and name it and its person in the trail.

    Raises: Refused.
    """
    return _plan(act, plan, Plan.objects.select_for_update())


def plan_in(act: Acting, plan: UUID) -> Plan:
    """Return a plan of ours, and name it and its person in the trail.

    Raises: Refused.
    """
    return _plan(act, plan, Plan.objects.all())


def _plan(act: Acting, plan: UUID, rows: QuerySet[Plan]) -> Plan:
    act.about(plan)
    found = rows.filter(id=plan, organization_id=act.organization).first()
    if found is None:
        raise Refused(_NO_PLAN)
    act.about(found.person_id)
    return found


def session_in(act: Acting, session: UUID) -> PlannedSession:
    """Return a planned session of ours.

    Raises: Refused.
    """
    rows = PlannedSession.objects.select_related("person").filter(organization_id=act.organization)
    found = rows.filter(id=session).first()
    if found is None:
        raise Refused(_NO_SESSION)
    return found


def entries_of(plan: UUID) -> list[Entry]:
    """Return the entries of a plan in the order they were recorded."""
    return entries_in(PlanEntry.objects.filter(plan_id=plan).order_by("number"))


def entries_before(plan: UUID, id: UUID) -> list[Entry]:
    """Return the entries as they stood before the one with this id, or all where it is not there yet."""
    return before(entries_of(plan), id)


def add(act: Acting, plan: Plan, entry: Entry, *, is_timed: bool = False) -> bool:
    """Seal one more entry and write the sessions again; say whether it was new.

    Shape: ``is_timed`` where somebody said when it happened, so that another time is other content.
    Raises: Refused when the id holds another entry.
    """
    rows = list(PlanEntry.objects.filter(plan=plan).order_by("number"))
    if is_sealed(rows, entry, is_timed=is_timed):
        return False
    seal_behind(act, PlanEntry, head_of(rows), entry, plan=plan)
    _write_sessions(act, plan, course_from([*entries_in(rows), entry]))
    return True


def _write_sessions(act: Acting, plan: Plan, course: Course) -> None:
    known = set(PlannedSession.objects.filter(plan=plan).values_list("id", flat=True))
    rows = [_row(act, plan, course, event) for event in course.plan.events]
    PlannedSession.objects.bulk_create([row for row in rows if row.id not in known])
    PlannedSession.objects.bulk_update([row for row in rows if row.id in known], _CHANGING)


# What a later entry can say otherwise; the rest of a session is the protocol's.
_CHANGING = (
    "day", "planned_on", "planned_at", "begins_at", "ends_at", "opens_at", "closes_at", "state",
    "began_at", "ended_at",
)  # fmt: skip


def _row(act: Acting, plan: Plan, course: Course, event: PlannedEvent) -> PlannedSession:
    session = event.session
    begins = event.time.opens_at.in_zone(plan.time_zone)
    return PlannedSession(
        id=uuid5(plan.id, session.id), organization_id=act.organization, plan=plan,
        person_id=plan.person_id, site_id=plan.site_id, session=session.id, kind=session.kind.value,
        phase=session.phase, title=session.title, day=course.plan.day_of(event), planned_on=begins.date(),
        planned_at=begins.time(), time_zone=plan.time_zone, begins_at=event.time.opens_at.at,
        ends_at=event.time.closes_at.at, opens_at=event.window.opens_at.at,
        closes_at=event.window.closes_at.at, state=course.state_of(session.id).value,
        began_at=_at(course.began.get(session.id)), ended_at=_at(course.ended.get(session.id)),
    )  # fmt: skip


def _at(moment: Instant | None) -> datetime | None:
    return moment.at if moment else None
