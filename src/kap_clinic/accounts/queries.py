"""Who works here, in which role and since when, as plain values; run inside ``acting()``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kap_clinic.database.door import Acting
from kap_clinic.keys.sealing import open_text

from .models import Invitation, Member, MemberChange, MemberWord
from .names import LAST, fold

PAGE = 25
_COLUMNS = ("id", "name", "roles", "sites", "joined_at", "left_at")


@dataclass(frozen=True, kw_only=True)
class StaffLine:
    """One member in the list; ``sites`` is None where all are open to them."""

    id: UUID
    name: str
    roles: tuple[str, ...]
    sites: tuple[UUID, ...] | None
    joined_at: datetime
    left_at: datetime | None


@dataclass(frozen=True)
class StaffPage:
    """One page of the list, with the members from whom the pages around it start."""

    lines: list[StaffLine]
    before: UUID | None = None
    after: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """One entry of a member's history."""

    kind: str
    roles: tuple[str, ...]
    sites: tuple[UUID, ...] | None
    because: str
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """One member of the staff; the phone number is opened only for this page."""

    line: StaffLine
    email: str
    phone: str
    history: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Invited:
    """An invitation and what became of it: waiting, accepted, withdrawn or expired."""

    id: UUID
    name: str
    email: str
    roles: tuple[str, ...]
    sites: tuple[UUID, ...] | None
    invited_at: datetime
    expires_at: datetime
    state: str


def staff(
    act: Acting, *, search: str = "", with_left: bool = False, after: UUID | None = None,
    before: UUID | None = None, limit: int = PAGE,
) -> StaffPage:  # fmt: skip
    """Return one page of the staff by name; each word searched for begins a word of the name.

    Missing: an unknown ``after`` or ``before`` starts at the beginning.
    """
    backwards = before is not None and after is None
    start = _place_of(act, before if backwards else after)
    rows = Member.objects.filter(*_found_by(act, search), organization_id=act.organization)
    if not with_left:
        rows = rows.filter(left_at__isnull=True)
    if start is not None:
        rows = rows.filter(*(_preceding(*start) if backwards else _following(*start)))
    rows = rows.order_by("-sort_name", "-id") if backwards else rows.order_by("sort_name", "id")
    lines = [_line(row) for row in rows.values_list(*_COLUMNS)[: limit + 1]]
    return _page(lines, limit, backwards=backwards, has_start=start is not None)


def person(act: Acting, member: UUID) -> Person | None:
    """Return one member with their history, the newest entry first; None for any other id."""
    row = Member.objects.select_related("account").filter(id=member).first()
    if row is None:
        return None
    changes = list(MemberChange.objects.filter(member_id=member).order_by("-changed_at", "-id"))
    names = names_of(change.changed_by for change in changes)
    phone = ""
    if row.phone_sealed:
        phone = open_text(act, row.phone_sealed, table="accounts_member", column="phone_sealed", row=row.id)
    return Person(
        line=_line((row.id, row.name, row.roles, row.sites, row.joined_at, row.left_at)),
        email=row.account.email,
        phone=phone,
        history=tuple(_change(change, names) for change in changes),
    )


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of these members; programs and strangers are not among them."""
    return dict(Member.objects.filter(id__in=set(ids)).values_list("id", "name"))


def invitations() -> list[Invited]:
    """Return the invitations that wait or were not taken, the newest first."""
    rows = Invitation.objects.filter(accepted_at__isnull=True).order_by("-invited_at", "-id")[:200]
    return [_invited(row) for row in rows]


def invitation(id: UUID) -> Invited | None:
    """Return one invitation; None for any other id."""
    row = Invitation.objects.filter(id=id).first()
    return None if row is None else _invited(row)


def _found_by(act: Acting, search: str) -> list[Q]:
    # Comparisons that leak nothing, so that row-level security lets them use the index; ILIKE would not.
    return [
        Q(id__in=MemberWord.objects.filter(
            organization_id=act.organization, word__gte=word, word__lt=word + LAST
        ).values("member_id"))
        for word in fold(search).split()
    ]  # fmt: skip


def _following(sort_name: str, id: UUID) -> tuple[Q, Q]:
    # The first condition is what the index uses; the second settles people of the same name.
    return Q(sort_name__gte=sort_name), Q(sort_name__gt=sort_name) | Q(id__gt=id)


def _preceding(sort_name: str, id: UUID) -> tuple[Q, Q]:
    return Q(sort_name__lte=sort_name), Q(sort_name__lt=sort_name) | Q(id__lt=id)


def _place_of(act: Acting, member: UUID | None) -> tuple[str, UUID] | None:
    if member is None:
        return None
    found = Member.objects.filter(id=member, organization_id=act.organization)
    return found.values_list("sort_name", "id").first()


def _page(lines: list[StaffLine], limit: int, *, backwards: bool, has_start: bool) -> StaffPage:
    more, lines = len(lines) > limit, lines[:limit]
    if backwards:
        lines.reverse()
    if not lines:
        return StaffPage([])
    has_before, has_after = (more, True) if backwards else (has_start, more)
    return StaffPage(
        lines, before=lines[0].id if has_before else None, after=lines[-1].id if has_after else None
    )


def _line(row: Sequence[Any]) -> StaffLine:
    id, name, roles, sites, joined_at, left_at = row
    return StaffLine(
        id=id,
        name=name,
        roles=tuple(roles),
        sites=None if sites is None else tuple(sites),
        joined_at=joined_at,
        left_at=left_at,
    )


def _change(row: MemberChange, names: dict[UUID, str]) -> Change:
    return Change(
        kind=row.kind,
        roles=tuple(row.roles),
        sites=None if row.sites is None else tuple(row.sites),
        because=row.because,
        at=row.changed_at,
        by=names.get(row.changed_by, ""),
    )


def _invited(row: Invitation) -> Invited:
    state = "waiting" if row.expires_at > timezone.now() else "expired"
    if row.withdrawn_at:
        state = "withdrawn"
    elif row.accepted_at:
        state = "accepted"
    return Invited(
        id=row.id,
        name=row.name,
        email=row.email,
        roles=tuple(row.roles),
        sites=None if row.sites is None else tuple(row.sites),
        invited_at=row.invited_at,
        expires_at=row.expires_at,
        state=state,
    )
