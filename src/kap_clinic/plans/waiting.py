"""Which sessions wait for somebody: windows after a dose that are open, and sessions nobody recorded."""

from __future__ import annotations

from uuid import UUID

from kap.protocols.definition import SessionKind, WithinDose
from kap.protocols.shelf import protocol
from kap.vocabulary.moments import Instant
from kap_clinic.database.door import Acting

from .models import PLANNED, PlannedSession
from .queries import MOST, SessionLine, line_in, lines


def open_windows(act: Acting, at: Instant, **whose: UUID) -> list[SessionLine]:
    """Return the sessions that wait in a window after a dose that was begun, the first to close first.

    Shape: ``whose`` is ``site_id`` or ``person_id``.
    """
    rows = PlannedSession.objects.filter(
        **whose, organization_id=act.organization, kind=SessionKind.INTEGRATION.value, state=PLANNED,
        opens_at__lte=at.at, plan__stopped_at__isnull=True,
    )  # fmt: skip
    waiting = list(rows.select_related("person", "plan").order_by("closes_at", "id")[:MOST])
    begun = _begun_doses({row.plan_id for row in waiting})
    return [line_in(row) for row in waiting if (row.plan_id, _dose_of(row)) in begun]


def due_sessions(act: Acting, at: Instant, **whose: UUID) -> list[SessionLine]:
    """Return the sessions that should have ended and are not recorded; the oldest first.

    Shape: ``whose`` is ``site_id`` or ``person_id``.
    Missing: rest and practice are nobody's to record, and integration is told by its window.
    """
    recorded = (SessionKind.PREPARATION, SessionKind.DOSE, SessionKind.DISCHARGE, SessionKind.FOLLOW_UP)
    rows = PlannedSession.objects.filter(
        **whose, organization_id=act.organization, kind__in=[kind.value for kind in recorded],
        state=PLANNED, ends_at__lte=at.at, plan__stopped_at__isnull=True,
    )  # fmt: skip
    return lines(rows.order_by("ends_at", "id")[:MOST])


def _begun_doses(plans: set[UUID]) -> set[tuple[UUID, str]]:
    rows = PlannedSession.objects.filter(
        plan_id__in=plans, kind=SessionKind.DOSE.value, began_at__isnull=False
    )
    return set(rows.values_list("plan_id", "session"))


def _dose_of(row: PlannedSession) -> str:
    window = protocol(row.plan.protocol, row.plan.version).session(row.session).timing.window
    return window.dose if isinstance(window, WithinDose) else ""
