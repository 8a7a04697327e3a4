"""Access between organizations: what was granted and received, a new grant, the end of one."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Act, Column, Empty, Row, Status, Table

from . import actions, queries
from .forms import SharingForm
from .granting import SITE
from .queries import Grant
from .views import tabs_of


@page("organizations.see_grants", needs=Permission.SEE_SITES)
def grants(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show what others may see here, and what they let us see."""
    found = queries.grants(SITE)
    act.about(*(grant.id for grant in found))
    may = act.standing.permits(Permission.SHARE_SITE)
    return render(
        request,
        "organizations/grants.html",
        {
            "page_title": _("Shared access"),
            "tabs": tabs_of("grants"),
            "given": _table(_("We let others see"), [one for one in found if one.is_given], may),
            "received": _table(_("Others let us see"), [one for one in found if not one.is_given], False),
        },
    )


@page("organizations.share_site_page", needs=Permission.SHARE_SITE)
def share(request: HttpRequest, act: Acting, site: UUID) -> HttpResponse:
    """Ask with whom a site is to be shared, and grant it."""
    found = queries.site(site)
    if found is None or not found.is_ours:
        raise Http404
    form = SharingForm(request.POST or None)

    def do() -> None:
        said = form.said(found.time_zone)
        actions.share_site(organization=act.organization, by=act.actor, site=site, **said)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("The site is shared. You can end it at any time."))
        return redirect("organizations:grants")
    shown = {
        "page_title": _("Share {site}").format(site=found.name),
        "text": _(
            "The other organization can read this site's name, address, time zone and registration. "
            "Nothing else here becomes visible to it."
        ),
        "form": form,
        "submit_label": _("Share this site"),
        "cancel_url": reverse("organizations:site", args=[site]),
        "back_words": found.name,
    }
    return render(request, "website/ask.html", shown)


@page("organizations.end_sharing_page", needs=Permission.SHARE_SITE)
def end(request: HttpRequest, act: Acting, grant: UUID) -> HttpResponse:
    """Ask whether access is to end, and end it."""
    found = next((one for one in queries.grants(SITE) if one.id == grant and one.is_given), None)
    if found is None:
        raise Http404
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> None:
        actions.end_sharing(organization=act.organization, by=act.actor, id=grant)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("The access has ended."))
        return redirect("organizations:grants")
    shown = {
        "page_title": _("End the access of {other}?").format(other=found.other_name),
        "text": _("{site} disappears from their pages at once.").format(
            site=queries.site_names_seen().get(found.subject, "")
        ),
        "form": form,
        "submit_label": _("End this access"),
        "tone": "must",
        "cancel_url": reverse("organizations:grants"),
        "back_words": _("Shared access"),
    }
    return render(request, "website/ask.html", shown)


def _table(caption: str, found: list[Grant], may_end: bool) -> Table:
    now, names = timezone.now(), queries.site_names_seen()
    rows = []
    for one in found:
        act: object = ""
        if may_end and one.is_live(now):
            act = Act(_("End it"), reverse("organizations:end_sharing", args=[one.id]))
        site = names.get(one.subject, str(one.subject))
        rows.append(Row(cells=(site, one.other_name, one.because, state_of(one, now), act)))
    columns = (_("Site"), _("Organization"), _("Why"), _("State"), "")
    return Table(
        caption=caption,
        columns=tuple(Column(words=words) for words in columns),
        rows=tuple(rows),
        empty=Empty(
            what=_("Nothing is shared."),
            how=_("Two organizations see nothing of each other until one grants it, site by site."),
        ),
    )


def state_of(grant: Grant, now: datetime) -> Status:
    """Say until when a grant opens something, or that it has ended."""
    if grant.is_live(now):
        return Status(words=until_in_words(grant))
    return Status(words=_("ended"), tone="quiet")


def until_in_words(grant: Grant) -> str:
    """Say until when a grant holds."""
    if grant.until is None:
        return _("until it is ended")
    # The stored moment is the midnight after the last day.
    last = grant.until - timedelta(seconds=1)
    return _("until {day}").format(day=date_format(last, "j M Y"))
