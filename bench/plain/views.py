"""The two pages, as one would first write them in Django: a query set, a template, `login_required`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from kap_clinic.accounts import shown
from kap_clinic.accounts.models import Member, MemberChange
from kap_clinic.accounts.names import LAST, fold
from kap_clinic.accounts.queries import PAGE, Change, Person, StaffLine, StaffPage
from kap_clinic.accounts.staff_views import _days, _table
from kap_clinic.database.actors import Actor, Standing
from kap_clinic.database.door import Acting, _acting
from kap_clinic.organizations.models import Organization, Site


def plain(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let our drawing code know the one organization; nothing is asked of the database for it."""

    @login_required
    def shown_plainly(request: HttpRequest, **named: UUID) -> HttpResponse:
        everybody = Standing(name="", is_program=True)
        act = Acting(
            organization=_organization(), actor=Actor.program("plain"), action="plain", standing=everybody
        )
        token = _acting.set(act)
        try:
            return view(request, **named)
        finally:
            _acting.reset(token)

    return shown_plainly


def _here() -> Acting:
    act = _acting.get()
    assert act is not None, "a plain view runs inside `plain`"
    return act


@cache
def _organization() -> UUID:
    return Organization.objects.get(name__startswith="Cedar").id


@plain
def staff(request: HttpRequest) -> HttpResponse:
    """List twenty-five people by name."""
    found = Member.objects.filter(left_at__isnull=True).order_by("sort_name", "id")
    search = request.GET.get("q", "")
    if search:
        found = found.filter(sort_name__gte=fold(search), sort_name__lt=fold(search) + LAST)
    after = request.GET.get("after")
    if after:
        found = found.filter(sort_name__gt=Member.objects.get(id=after).sort_name)
    rows = list(found[: PAGE + 1])
    page = StaffPage(
        [_line(row) for row in rows[:PAGE]], None, rows[PAGE - 1].id if len(rows) > PAGE else None
    )
    context = {
        "page_title": "Staff", "tabs": shown.tabs_of("list", _here()), "table": _table(page, search),
        "search": search,
        "with_left": False, "links": {"after": f"?after={page.after}"} if page.after else {}, "kept": "",
    }  # fmt: skip
    return render(request, "accounts/staff.html", context)


@plain
def person(request: HttpRequest, member: UUID) -> HttpResponse:
    """Show one person with their history."""
    row = get_object_or_404(Member.objects.select_related("account"), id=member)
    names = dict(Site.objects.values_list("id", "name"))
    changes = MemberChange.objects.filter(member_id=member).order_by("-changed_at", "-id")
    history = tuple(
        Change(
            kind=one.kind, roles=tuple(one.roles), sites=None, because=one.because, at=one.changed_at, by=""
        )
        for one in changes
    )
    line = _line(row)
    found = Person(line=line, email=row.account.email, phone="", history=history)
    context = {
        "page_title": row.name, "person": found, "days": _days(found, names, "America/Denver"),
        "facts": [
            ("Roles", shown.roles_in_words(line.roles)), ("Sites", shown.sites_in_words(line.sites, names)),
            ("E-mail address", row.account.email), ("Phone", "not recorded"),
            ("Works here since", shown.day_of(row.joined_at, "America/Denver")),
        ],
        "may_change": True,
    }  # fmt: skip
    return render(request, "accounts/person.html", context)


def _line(row: Member) -> StaffLine:
    return StaffLine(
        id=row.id,
        name=row.name,
        roles=tuple(row.roles),
        sites=None,
        joined_at=row.joined_at,
        left_at=row.left_at,
    )
