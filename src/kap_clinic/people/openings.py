"""Opening a chart without ordinary access: for a while, with a reason and a recipient, and reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.accounts.queries import names_of
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once

from .access import person_in
from .models import Opening

HOURS = (1, 4, 12)

_WHY = sentence("Say why you need this chart now, in a sentence the medical director can judge.")
_FOR_WHOM = sentence("Say for whom you open it: yourself, or the person who receives what you read.")
_HOW_LONG = sentence("Choose one of the times offered.")
_OPEN_ALREADY = sentence("This chart is open to you in the ordinary way.")
_NO_OPENING = sentence("There is no such opening.")
_OWN = sentence("Nobody reviews what they opened themselves.")
_LEAST_WORDS = 3


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One opening as it is read: who, why, for whom, until when, and whether it was reviewed."""

    id: UUID
    person: UUID
    person_name: str
    by: str
    because: str
    recipient: str
    opened_at: datetime
    until: datetime
    reviewed_at: datetime | None
    reviewed_by: str


def break_glass(
    *, organization: UUID, by: Actor, id: UUID, person: UUID, because: str, recipient: str, hours: int
) -> datetime:
    """Open a chart for some hours; return until when. It stands on the chart and before the director.

    Raises: Refused.
    """
    with acting(organization, by, "people.break_glass") as act:
        found = person_in(act, person)
        act.require(Permission.BREAK_GLASS)
        if act.standing.permits(Permission.SEE_CHART, found.site_id):
            raise Refused(_OPEN_ALREADY)
        if len(because.split()) < _LEAST_WORDS:
            raise Refused(_WHY)
        if not recipient.strip():
            raise Refused(_FOR_WHOM)
        if hours not in HOURS:
            raise Refused(_HOW_LONG)
        at = timezone.now()
        said = {
            "person_id": person, "member_id": by.id, "because": because.strip()[:240],
            "recipient": recipient.strip()[:120],
        }  # fmt: skip
        row = once(Opening, id, said, {"opened_at": at, "until": at + timedelta(hours=hours)}).row
        return row.until


def review_opening(*, organization: UUID, by: Actor, id: UUID) -> None:
    """Say that an opening was looked into; a second time changes nothing.

    Raises: Refused; also for one's own opening.
    """
    with acting(organization, by, "people.review_opening") as act:
        act.require(Permission.REVIEW_OPENINGS)
        row = Opening.objects.select_for_update().filter(id=id, organization_id=act.organization).first()
        if row is None:
            raise Refused(_NO_OPENING)
        act.about(id, row.person_id)
        if row.member_id == by.id:
            raise Refused(_OWN)
        if row.reviewed_at is None:
            row.reviewed_at, row.reviewed_by = timezone.now(), by.id
            row.save(update_fields=["reviewed_at", "reviewed_by"])


def openings(act: Acting, person: UUID | None = None, limit: int = 100) -> list[Opened]:
    """Return who opened a chart, or any chart, this way; those to review first, then the newest."""
    rows = Opening.objects.select_related("person").filter(organization_id=act.organization)
    if person is not None:
        rows = rows.filter(person_id=person)
    found = list(rows.order_by("-opened_at", "-id")[:limit])
    found.sort(key=lambda row: row.reviewed_at is not None)
    names = names_of(id for row in found for id in (row.member_id, row.reviewed_by) if id)
    return [_opened(row, names) for row in found]


def left_to_review(act: Acting) -> int:
    """Count the openings nobody has reviewed."""
    return Opening.objects.filter(organization_id=act.organization, reviewed_at__isnull=True).count()


def _opened(row: Opening, names: dict[UUID, str]) -> Opened:
    return Opened(
        id=row.id, person=row.person_id, person_name=row.person.name, by=names.get(row.member_id, ""),
        because=row.because, recipient=row.recipient, opened_at=row.opened_at, until=row.until,
        reviewed_at=row.reviewed_at,
        reviewed_by=names.get(row.reviewed_by, "") if row.reviewed_by else "",
    )  # fmt: skip
