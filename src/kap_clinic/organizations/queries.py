"""What is known of an organization, its sites and its grants, as plain values; run inside ``acting()``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kap_clinic.database.door import now_acting

from .models import Organization, Sharing, Site, Tenant


@dataclass(frozen=True, kw_only=True)
class OrganizationFacts:
    """What an organization is called and how its screens behave."""

    id: UUID
    name: str
    language: str
    lock_after_minutes: int
    sign_out_after_hours: int


@dataclass(frozen=True, kw_only=True)
class SiteFacts:
    """A site, ours or one that another organization lets us read.

    Missing: ``shared_by`` is empty for our own, ``closed_at`` is None while it is open.
    """

    id: UUID
    name: str
    address: str
    time_zone: str
    dea_registration: str
    opened_at: datetime
    closed_at: datetime | None
    shared_by: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether we may change it."""
        return not self.shared_by


@dataclass(frozen=True, kw_only=True)
class Grant:
    """Access one organization gives another to one thing.

    Shape: ``other`` is the side that is not ours, ``is_given`` says which side we are.
    """

    id: UUID
    subject: UUID
    other: UUID
    other_name: str
    is_given: bool
    because: str
    granted_at: datetime
    granted_by: UUID
    until: datetime | None
    ended_at: datetime | None

    def is_live(self, at: datetime) -> bool:
        """Whether it opens anything at this moment."""
        return self.ended_at is None and (self.until is None or self.until > at)


def exists(organization: UUID) -> bool:
    """Say whether there is such an organization; a question that needs no ``acting()``."""
    return Tenant.objects.filter(id=organization).exists()


def every() -> list[UUID]:
    """Return every organization, the oldest first, for programs that visit each in turn."""
    return list(Tenant.objects.order_by("created_at", "id").values_list("id", flat=True))


def organization() -> OrganizationFacts:
    """Return the organization we act in."""
    row = Organization.objects.get(id=_ours())
    return OrganizationFacts(
        id=row.id,
        name=row.name,
        language=row.language,
        lock_after_minutes=row.lock_after_minutes,
        sign_out_after_hours=row.sign_out_after_hours,
    )


def sites(*, with_closed: bool = False, with_shared: bool = True) -> list[SiteFacts]:
    """Return the sites, our own first, by name."""
    rows = Site.objects.order_by("name", "id")
    if not with_closed:
        rows = rows.filter(closed_at__isnull=True)
    if not with_shared:
        rows = rows.filter(organization_id=_ours())
    givers = _givers() if with_shared else {}
    return sorted((_site(row, givers) for row in rows), key=lambda site: not site.is_ours)


def site(id: UUID) -> SiteFacts | None:
    """Return one site, ours or shared with us; None for any other id."""
    row = Site.objects.filter(id=id).first()
    return None if row is None else _site(row, _givers())


def site_names() -> dict[UUID, str]:
    """Return what each of our sites is called, closed ones too."""
    return dict(Site.objects.filter(organization_id=_ours()).values_list("id", "name"))


def site_names_seen() -> dict[UUID, str]:
    """Return what each site is called, ours and those shared with us."""
    return dict(Site.objects.values_list("id", "name"))


def grants(kind: str, subject: UUID | None = None) -> list[Grant]:
    """Return access of one kind, given and received, the newest first."""
    rows = Sharing.objects.filter(kind=kind).order_by("-granted_at", "-id")
    if subject is not None:
        rows = rows.filter(subject_id=subject)
    return [_grant(row) for row in rows]


def receivers(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return what we call these organizations, where we let them see something."""
    rows = Sharing.objects.filter(organization_id=_ours(), receiver_id__in=set(ids))
    return dict(rows.order_by("granted_at").values_list("receiver_id", "receiver_name"))


def _grant(row: Sharing) -> Grant:
    is_given = row.organization_id == _ours()
    return Grant(
        id=row.id,
        subject=row.subject_id,
        other=row.receiver_id if is_given else row.organization_id,
        other_name=row.receiver_name if is_given else row.giver_name,
        is_given=is_given,
        because=row.because,
        granted_at=row.granted_at,
        granted_by=row.granted_by,
        until=row.until,
        ended_at=row.ended_at,
    )


def _site(row: Site, givers: dict[UUID, str]) -> SiteFacts:
    ours = row.organization_id == _ours()
    return SiteFacts(
        id=row.id,
        name=row.name,
        address=row.address,
        time_zone=row.time_zone,
        dea_registration=row.dea_registration,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        shared_by="" if ours else givers.get(row.organization_id, str(row.organization_id)),
    )


def _givers() -> dict[UUID, str]:
    live = Q(ended_at__isnull=True) & (Q(until__isnull=True) | Q(until__gt=timezone.now()))
    rows = Sharing.objects.filter(live, receiver_id=_ours())
    return dict(rows.values_list("organization_id", "giver_name"))


def _ours() -> UUID:
    act = now_acting()
    assert act is not None, "a query runs inside acting()"
    return act.organization
