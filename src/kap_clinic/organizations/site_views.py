"""The sites: list, one site, open, change, close."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Act, Column, Empty, Row, Status, Table

from . import actions, queries
from .forms import SiteForm
from .queries import SiteFacts
from .views import day_at, tabs_of


@page("organizations.see_sites", needs=Permission.SEE_SITES)
def sites(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show every site, and those another organization lets us read."""
    found = queries.sites(with_closed=True)
    act.about(*(site.id for site in found))
    may = act.standing.permits(Permission.CHANGE_SITES)
    return render(
        request,
        "organizations/sites.html",
        {
            "page_title": _("Sites"),
            "tabs": tabs_of("sites"),
            "table": _table(found, may),
            "may_add": may,
        },
    )


@page("organizations.see_site", needs=Permission.SEE_SITES)
def site(request: HttpRequest, act: Acting, site: UUID) -> HttpResponse:
    """Show one site and who else may see it."""
    found = _found(site)
    act.about(found.id)
    facts = [
        (_("Address"), found.address or _("not recorded")),
        (_("Time zone"), found.time_zone),
        (_("DEA registration"), found.dea_registration or _("none: no controlled substance here")),
        (_("Open since"), day_at(found.opened_at, found.time_zone)),
    ]
    if found.closed_at:
        facts.append((_("Closed on"), day_at(found.closed_at, found.time_zone)))
    may_change = found.is_ours and not found.closed_at
    return render(
        request,
        "organizations/site.html",
        {
            "page_title": found.name,
            "site": found,
            "facts": facts,
            "may_change": may_change and act.standing.permits(Permission.CHANGE_SITES, site),
            "may_share": may_change and act.standing.permits(Permission.SHARE_SITE, site),
        },
    )


@page("organizations.add_site_page", needs=Permission.CHANGE_SITES)
def add(request: HttpRequest, act: Acting) -> HttpResponse:
    """Ask for a new site, and open it."""
    form = SiteForm(request.POST or None)

    def do() -> None:
        actions.add_site(organization=act.organization, by=act.actor, **form.cleaned_data)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("The site is open."))
        return redirect("organizations:sites")
    return _ask(request, form, _("Open a site"), _("Open this site"), reverse("organizations:sites"))


@page("organizations.change_site_page", needs=Permission.CHANGE_SITES)
def change(request: HttpRequest, act: Acting, site: UUID) -> HttpResponse:
    """Ask what is to be said about a site from now on."""
    found = _found(site)
    form = SiteForm(request.POST or None, initial=asdict(found))

    def do() -> None:
        said = {**form.cleaned_data, "id": site}
        actions.change_site(organization=act.organization, by=act.actor, **said)

    url = reverse("organizations:site", args=[site])
    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("What is said about the site is saved."))
        return redirect(url)
    title = _("Change {site}").format(site=found.name)
    return _ask(request, form, title, _("Save the site"), url)


@page("organizations.close_site_page", needs=Permission.CHANGE_SITES)
def close(request: HttpRequest, act: Acting, site: UUID) -> HttpResponse:
    """Ask whether a site is to be closed, and close it."""
    found = _found(site)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> None:
        actions.close_site(organization=act.organization, by=act.actor, id=site)

    url = reverse("organizations:site", args=[site])
    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("The site is closed."))
        return redirect("organizations:sites")
    title = _("Close {site}?").format(site=found.name)
    text = _(
        "Nobody can be scheduled or dosed there any more. What was recorded stays. Access granted to other "
        "organizations ends. A closed site is not opened again."
    )
    return _ask(request, form, title, _("Close this site"), url, text=text, tone="must")


def _ask(
    request: HttpRequest, form: forms.Form, title: str, submit: str, back: str, **more: Any
) -> HttpResponse:
    shown = {"page_title": title, "form": form, "submit_label": submit, "cancel_url": back, **more}
    return render(request, "website/ask.html", {**shown, "back_words": _("Sites")})


def _found(id: UUID) -> SiteFacts:
    found = queries.site(id)
    if found is None:
        raise Http404
    return found


def _table(found: list[SiteFacts], may_add: bool) -> Table:
    rows = tuple(
        Row(
            cells=(
                Act(site.name, reverse("organizations:site", args=[site.id])),
                site.time_zone,
                site.dea_registration or _("none"),
                _state(site),
            )
        )
        for site in found
    )
    columns = (Column(words=_("Site")), Column(words=_("Time zone")), Column(words=_("DEA registration")))
    how = _("A site gives everything its place and its clock.")
    first = Act(_("Open a site"), reverse("organizations:add_site"), is_main=True) if may_add else None
    return Table(
        caption=_("Sites"),
        columns=(*columns, Column(words=_("State"))),
        rows=rows,
        empty=Empty(what=_("There is no site yet."), how=how, act=first),
    )


def _state(site: SiteFacts) -> Status:
    if site.closed_at:
        return Status(words=_("closed"), tone="quiet")
    if site.shared_by:
        return Status(words=_("shared by {giver}").format(giver=site.shared_by), tone="ink")
    return Status(words=_("open"), tone="ink")
