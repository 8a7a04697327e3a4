"""The staff as JSON, under /api/v1; signed in by session, read only."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from kap.people.permissions import Permission

from . import queries
from .calls import called

router = Router(tags=["staff"])


class StaffLineOut(Schema):
    """One member in the list; ``sites`` is null where all are open to them."""

    id: UUID
    name: str
    roles: list[str]
    sites: list[UUID] | None
    joined_at: datetime
    left_at: datetime | None


class StaffOut(Schema):
    """One page of the staff by name; ``after`` is where the next page starts."""

    schema_: str = Field("openkap.staff/1", alias="schema")
    staff: list[StaffLineOut]
    after: UUID | None


class ChangeOut(Schema):
    """One entry of a member's history; ``by`` is empty where a program did it."""

    kind: str
    roles: list[str]
    sites: list[UUID] | None
    because: str
    at: datetime
    by: str


class PersonOut(StaffLineOut):
    """One member with their history, the newest entry first."""

    schema_: str = Field("openkap.staff-member/1", alias="schema")
    email: str
    phone: str
    history: list[ChangeOut]


@router.get("/staff", response=StaffOut, by_alias=True)
def staff(
    request: HttpRequest, q: str = "", left: bool = False, after: UUID | None = None
) -> dict[str, object]:
    """Return the staff by name, twenty-five at a time; each word of ``q`` begins a word of the name."""
    with called(request, "accounts.see_staff", Permission.SEE_STAFF) as act:
        found = queries.staff(act, search=q[:60], with_left=left, after=after)
        return {"staff": found.lines, "after": found.after}


@router.get("/staff/{id}", response=PersonOut, by_alias=True)
def person(request: HttpRequest, id: UUID) -> dict[str, object]:
    """Return one member of the staff."""
    with called(request, "accounts.see_person", Permission.SEE_STAFF) as act:
        found = queries.person(act, id)
        if found is None:
            raise Http404
        act.about(id)
        line = {name: getattr(found.line, name) for name in StaffLineOut.model_fields}
        return {**line, "email": found.email, "phone": found.phone, "history": found.history}
