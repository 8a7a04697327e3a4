"""The organization and its sites as JSON, under /api/v1; signed in by session, with the CSRF header."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from kap.people.permissions import Permission
from kap_clinic.accounts.calls import called

from . import actions, queries
from .queries import SiteFacts

router = Router(tags=["organization"])


class OrganizationOut(Schema):
    """The organization we act in."""

    schema_: str = Field("openkap.organization/1", alias="schema")
    id: UUID
    name: str
    language: str
    lock_after_minutes: int
    sign_out_after_hours: int


class SiteOut(Schema):
    """One site; ``shared_by`` names the organization it belongs to where it is not ours."""

    schema_: str = Field("openkap.site/1", alias="schema")
    id: UUID
    name: str
    address: str
    time_zone: str
    dea_registration: str
    opened_at: datetime
    closed_at: datetime | None
    shared_by: str


class SitesOut(Schema):
    """Every site that is open to us."""

    schema_: str = Field("openkap.sites/1", alias="schema")
    sites: list[SiteOut]


class SiteIn(Schema):
    """A site to be opened."""

    name: str = Field(max_length=120)
    time_zone: str = Field(max_length=64)
    address: str = Field("", max_length=240)
    dea_registration: str = Field("", max_length=16)


@router.get("/organization", response=OrganizationOut, by_alias=True)
def organization(request: HttpRequest) -> object:
    """Return what the organization is called and how its screens behave."""
    with called(request, "organizations.see", Permission.SEE_ORGANIZATION) as act:
        act.about(act.organization)
        return queries.organization()


@router.get("/sites", response=SitesOut, by_alias=True)
def sites(request: HttpRequest, closed: bool = False) -> object:
    """Return the sites, ours and those shared with us; ``closed`` adds the closed ones."""
    with called(request, "organizations.see_sites", Permission.SEE_SITES) as act:
        found = queries.sites(with_closed=closed)
        act.about(*(site.id for site in found))
        return {"sites": found}


@router.get("/sites/{id}", response=SiteOut, by_alias=True)
def site(request: HttpRequest, id: UUID) -> object:
    """Return one site."""
    with called(request, "organizations.see_site", Permission.SEE_SITES) as act:
        act.about(id)
        return _found(id)


@router.put("/sites/{id}", response={200: SiteOut, 201: SiteOut}, by_alias=True)
def open_site(request: HttpRequest, id: UUID, told: SiteIn) -> object:
    """Open a site under an id of your own making; the same again changes nothing and answers 200."""
    with called(request, "organizations.add_site", Permission.CHANGE_SITES) as act:
        is_new = actions.add_site(organization=act.organization, by=act.actor, id=id, **told.dict())
        return Status(201 if is_new else 200, _found(id))


def _found(id: UUID) -> SiteFacts:
    found = queries.site(id)
    if found is None:
        raise Http404
    return found
