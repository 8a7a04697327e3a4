"""The staff: the list, one person, what each role may do, and the four changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kap.people.permissions import Permission
from kap_clinic.database.door import Acting
from kap_clinic.organizations import queries as organizations
from kap_clinic.website.parts import Act, Column, Day, Empty, Happening, Row, Status, Table
from kap_clinic.website.searching import keep_word, word_for

from . import actions, queries, shown
from .answers import is_accepted
from .forms import LeavingForm, PhoneForm, RolesForm, SitesForm
from .page import page
from .queries import Change, Person, StaffPage

_KINDS = {
    "joined": gettext_lazy("Joined the staff"),
    "roles": gettext_lazy("Was given other roles"),
    "sites": gettext_lazy("Was given other sites"),
    "phone": gettext_lazy("Phone number recorded"),
    "left": gettext_lazy("Left"),
}


@page("accounts.see_staff", needs=Permission.SEE_STAFF)
def staff(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show who works here, twenty-five at a time, by name."""
    if request.method == "POST":
        return keep_word(request, "staff")
    asked = request.GET
    search, with_left = word_for(request, "staff"), asked.get("left") == "1"
    found = queries.staff(
        act,
        search=search,
        with_left=with_left,
        after=_id_or_none(asked.get("after")),
        before=_id_or_none(asked.get("before")),
    )
    kept = {"left": "1"} if with_left else {}
    links = {
        side: f"?{urlencode({**kept, side: id})}"
        for side, id in (("before", found.before), ("after", found.after))
        if id
    }
    return render(
        request,
        "accounts/staff.html",
        {
            "page_title": _("Staff"),
            "tabs": shown.tabs_of("list", act),
            "table": _table(found, search),
            "search": search,
            "with_left": with_left,
            "links": links,
        },
    )


@page("accounts.see_person", needs=Permission.SEE_STAFF)
def person(request: HttpRequest, act: Acting, member: UUID) -> HttpResponse:
    """Show one person: roles, sites, and what was changed, by whom and when."""
    found = _found(act, member)
    names, time_zone = organizations.site_names(), shown.house_zone()
    line = found.line
    facts: list[tuple[str, Any]] = [
        (_("Roles"), shown.roles_in_words(line.roles)),
        (_("Sites"), shown.sites_in_words(line.sites, names)),
        (_("E-mail address"), found.email),
        (_("Phone"), found.phone or _("not recorded")),
        (_("Works here since"), shown.day_of(line.joined_at, time_zone)),
    ]
    if line.left_at:
        left = Status(words=shown.day_of(line.left_at, time_zone), tone="quiet")
        facts.append((_("Left on"), left))
    return render(
        request,
        "accounts/person.html",
        {
            "page_title": line.name,
            "person": found,
            "facts": facts,
            "days": _days(found, names, time_zone),
            "time_zone": time_zone,
            "may_change": line.left_at is None and act.standing.permits(Permission.CHANGE_STAFF),
        },
    )


@page("accounts.see_roles", needs=Permission.SEE_STAFF)
def roles(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show every role with its sentence and what it may do."""
    described = [
        (role, [one.sentence for one in Permission if one in role.permissions])
        for role in actions.STAFF_ROLES
    ]
    return render(
        request,
        "accounts/roles.html",
        {"page_title": _("Roles"), "tabs": shown.tabs_of("roles", act), "described": described},
    )


@page("accounts.change_roles_page", needs=Permission.CHANGE_STAFF)
def change_roles(request: HttpRequest, act: Acting, member: UUID) -> HttpResponse:
    """Ask for a member's roles from now on."""
    found = _found(act, member)
    form = RolesForm(request.POST or None, initial={"roles": list(found.line.roles)})
    title, submit = _("Roles of {name}"), _("Save the roles")
    return _changed(request, act, found, form, actions.change_roles, title, submit)


@page("accounts.change_sites_page", needs=Permission.CHANGE_STAFF)
def change_sites(request: HttpRequest, act: Acting, member: UUID) -> HttpResponse:
    """Ask at which sites a member works from now on."""
    found = _found(act, member)
    form = SitesForm(request.POST or None, initial={"sites": found.line.sites})
    title, submit = _("Sites of {name}"), _("Save the sites")
    return _changed(request, act, found, form, actions.change_sites, title, submit)


@page("accounts.change_phone_page", needs=Permission.CHANGE_STAFF)
def change_phone(request: HttpRequest, act: Acting, member: UUID) -> HttpResponse:
    """Ask for a member's phone number."""
    found = _found(act, member)
    form = PhoneForm(request.POST or None, initial={"phone": found.phone})
    title, submit = _("Phone number of {name}"), _("Save the number")
    return _changed(request, act, found, form, actions.change_phone, title, submit)


@page("accounts.record_leaving_page", needs=Permission.CHANGE_STAFF)
def record_leaving(request: HttpRequest, act: Acting, member: UUID) -> HttpResponse:
    """Ask whether a member has left, and record it."""
    found = _found(act, member)
    form = LeavingForm(request.POST or None)
    text = _(
        "From this moment they can open nothing of this organization, on any device. "
        "What they did stays in every record under their name."
    )
    title, submit = _("Has {name} left?"), _("Record that they left")
    return _changed(request, act, found, form, actions.record_leaving, title, submit, text=text, tone="must")


def _changed(
    request: HttpRequest, act: Acting, found: Person, form: forms.Form, action: Callable[..., None],
    title: str, submit: str, **more: Any,
) -> HttpResponse:  # fmt: skip
    def do() -> None:
        action(organization=act.organization, by=act.actor, member=found.line.id, **form.cleaned_data)

    url = reverse("staff:person", args=[found.line.id])
    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("Saved. It stands in the history below."))
        return redirect(url)
    asked = {"page_title": title.format(name=found.line.name), "form": form, "submit_label": submit}
    return shown.ask(request, **asked, cancel_url=url, back_words=found.line.name, **more)


def _found(act: Acting, member: UUID) -> Person:
    found = queries.person(act, member)
    if found is None:
        raise Http404
    act.about(member)
    return found


def _table(found: StaffPage, search: str) -> Table:
    names = organizations.site_names()
    rows = tuple(
        Row(
            cells=(
                Act(line.name, reverse("staff:person", args=[line.id])),
                shown.roles_in_words(line.roles),
                shown.sites_in_words(line.sites, names),
                Status(words=_("has left"), tone="quiet") if line.left_at else Status(words=_("works here")),
            )
        )
        for line in found.lines
    )
    columns = (_("Name"), _("Roles"), _("Sites"), _("State"))
    nobody = _("Nobody has such a name.") if search else _("Nobody works here yet.")
    how = _("Search for the beginning of the first or the last name.") if search else ""
    return Table(
        caption=_("People"),
        columns=tuple(Column(words=words) for words in columns),
        rows=rows,
        empty=Empty(what=nobody, how=how),
    )


def _days(found: Person, names: dict[UUID, str], time_zone: str) -> list[Day]:
    days: dict[str, list[Happening]] = {}
    for change in found.history:
        happening = _happening(change, names, time_zone)
        days.setdefault(shown.day_of(change.at, time_zone), []).append(happening)
    return [Day(words, tuple(happenings)) for words, happenings in days.items()]


def _happening(change: Change, names: dict[UUID, str], time_zone: str) -> Happening:
    detail = {
        "roles": shown.roles_in_words(change.roles),
        "sites": shown.sites_in_words(change.sites, names),
        "joined": f"{shown.roles_in_words(change.roles)} · {shown.sites_in_words(change.sites, names)}",
    }.get(change.kind, "")
    return Happening(
        at=shown.moment_of(change.at, time_zone).rsplit(" ", 2)[1],
        what=_KINDS.get(change.kind, change.kind),
        detail=detail,
        by=change.by or _("by a program"),
        notes=(change.because,) if change.because else (),
    )


def _id_or_none(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
