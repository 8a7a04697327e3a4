"""Entries of a plan as rows, and its sessions written again as the entries tell them."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import QuerySet
from django.utils import timezone

from kap.histories.chain import Head, canonical_text, seal
from kap.histories.entries import Entry
from kap.planning.course import Course, course_from
from kap.planning.plan import PlannedEvent
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import Acting

from .models import Plan, PlanEntry, PlannedSession

_NO_PLAN = sentence("This organization has no plan with this id.")
_NO_SESSION = sentence("This organization has no planned session with this id.")
_OTHER_CONTENT = sentence(
    "This was already recorded with other content, and nothing was changed. "
    "Open the page again to see what is recorded."
)


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
    return [_entry_in(row) for row in PlanEntry.objects.filter(plan_id=plan).order_by("number")]


def entries_before(plan: UUID, id: UUID) -> list[Entry]:
    """Return the entries as they stood before the one with this id, or all where it is not there yet."""
    entries = entries_of(plan)
    places = [place for place, entry in enumerate(entries) if entry.id == id]
    return entries[: places[0]] if places else entries


def add(act: Acting, plan: Plan, entry: Entry, *, is_timed: bool = False) -> bool:
    """Seal one more entry and write the sessions again; say whether it was new.

    Shape: ``is_timed`` where somebody said when it happened, so that another time is other content.
    Raises: Refused when the id holds another entry.
    """
    rows = list(PlanEntry.objects.filter(plan=plan).order_by("number"))
    entries = [_entry_in(row) for row in rows]
    known = next((one for one in entries if one.id == entry.id), None)
    if known is not None:
        is_same = (known.kind, known.content) == (entry.kind, entry.content)
        if not is_same or (is_timed and known.happened_at != entry.happened_at):
            raise Refused(_OTHER_CONTENT)
        return False
    row = seal(entry.text, Head(rows[-1].number, rows[-1].digest) if rows else Head())
    PlanEntry.objects.create(
        id=entry.id, organization_id=act.organization, plan=plan, number=row.number, previous=row.previous,
        digest=row.digest, text=row.text, recorded_at=timezone.now(), recorded_by=act.actor.id,
    )  # fmt: skip
    _write_sessions(act, plan, course_from([*entries, entry]))
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


def _entry_in(row: PlanEntry) -> Entry:
    told = json.loads(row.text)
    return Entry(
        id=row.id,
        happened_at=Instant.parse(told["happened_at"]),
        recorded_at=Instant.parse(told["recorded_at"]),
        by=told["by"],
        kind=told["kind"],
        content=canonical_text(told["body"]),
    )
