"""One person's chart between two organizations: shared, ended, and read by the one it was shared with."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap.vocabulary.moments import Instant
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_today, house_zone
from kap_clinic.database.door import Acting
from kap_clinic.organizations.forms import SharingForm
from kap_clinic.organizations.granting import PERSON, Terms
from kap_clinic.organizations.queries import Grant, grants
from kap_clinic.organizations.sharing_views import state_of
from kap_clinic.website.parts import Act, Column, Empty, Row, Table

from . import access, known_shown, shared_shown, sharing, shown
from .births import born_in_words
from .journey import ribbon
from .views import ask

View = Callable[..., HttpResponseBase]


def noted_by_the_giver(view: View) -> View:
    """Leave a row in the giver's trail before anything is shown; without that row nothing is."""

    @wraps(view)
    def noted(request: HttpRequest, grant: UUID) -> HttpResponseBase:
        read: list[tuple[Grant, UUID]] = []
        answer = view(request, grant, read)
        for under, reader in read:
            sharing.note_reading(under, reader=reader)
        return answer

    return noted


@page("people.share_chart_page", needs=Permission.SHARE_CHART)
def share(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask who may read a chart, for what purpose and until when, and grant it."""
    row = access.require_chart(act, person)
    form = SharingForm(request.POST or None)

    def do() -> None:
        said = form.said(house_zone())
        id = said.pop("id")
        sharing.share_chart(
            organization=act.organization, by=act.actor, id=id, person=person, terms=Terms(**said)
        )

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("The chart is shared, to be read. You can end it at any time."))
        return redirect("people:chart", person)
    return ask(
        request,
        title=_("Share the chart of {name}").format(name=row.name),
        text=_(
            "The other organization can then read who this is and what is known, with dates and origins, "
            "what was signed, and the plan. How to reach them, findings and notes stay here. Each reading "
            "leaves a line in your audit."
        ),
        form=form,
        submit=_("Share this chart"),
        back=reverse("people:chart", args=[person]),
        back_words=row.name,
    )


@page("people.end_sharing_page", needs=Permission.SHARE_CHART)
def end(request: HttpRequest, act: Acting, grant: UUID) -> HttpResponse:
    """Ask whether another organization is no longer to read a chart, and end it."""
    found = next((one for one in grants(PERSON) if one.id == grant and one.is_given), None)
    if found is None:
        raise Http404
    row = access.person_in(act, found.subject)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> None:
        sharing.end_sharing_of_chart(organization=act.organization, by=act.actor, id=grant)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("They can no longer read this chart."))
        return redirect("people:chart", row.id)
    return ask(
        request,
        title=_("End the access of {other}?").format(other=found.other_name),
        text=_("The chart of {name} disappears from their pages at once.").format(name=row.name),
        form=form,
        submit=_("End this access"),
        tone="must",
        back=reverse("people:chart", args=[row.id]),
        back_words=row.name,
    )


@page("people.see_shared_charts", needs=Permission.SEE_CHART)
def shared_charts(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show whose charts other organizations let us read."""
    found = sharing.shared_with_us(act)
    act.about(*(one.grant.id for one in found))
    shown_here = {
        "page_title": _("Shared with us"),
        "tabs": shown.tabs_of("shared", act),
        "table": _shared_table(found),
    }
    return render(request, "people/shared_charts.html", shown_here)


@noted_by_the_giver
@page("people.see_shared_chart", needs=Permission.SEE_CHART)
def shared_chart(
    request: HttpRequest, act: Acting, grant: UUID, read: list[tuple[Grant, UUID]]
) -> HttpResponse:
    """Show a chart another organization lets us read: who this is, and what is known there."""
    found = sharing.shared_chart(act, grant)
    if found is None:
        raise Http404
    read.append((found.line.grant, act.organization))
    header, now = found.line.header, timezone.now()
    shown_here = {
        "page_title": header.name,
        "grant": found.line.grant,
        "until": state_of(found.line.grant, now).words,
        "line": shown.header_line(header, house_today()),
        "allergies": known_shown.allergies_in_words(known.fact for known in found.facts),
        "journey": ribbon(header.stage),
        "kinds": known_shown.known_kinds(found.facts, header.birth, house_zone()),
        "unread": found.unread,
        "decisions": [shared_shown.decision_in_words(one, house_zone()) for one in found.decisions],
        **shared_shown.plan_to_read(found.plan, Instant(now)),
    }
    return render(request, "people/shared_chart.html", shown_here)


def _shared_table(found: list[sharing.SharedLine]) -> Table:
    now = timezone.now()
    columns = (_("Name"), _("Birth date"), _("Shared by"), _("For what purpose"), _("Until"))
    rows = tuple(
        Row(
            cells=(
                Act(one.header.name, reverse("people:shared_chart", args=[one.grant.id])),
                born_in_words(str(one.header.birth or "")) or _("not given"),
                one.grant.other_name,
                one.grant.because,
                state_of(one.grant, now),
            )
        )
        for one in found
    )
    return Table(
        caption=_("Charts others let us read"),
        columns=tuple(Column(words=words) for words in columns),
        rows=rows,
        empty=Empty(
            what=_("Nobody shares a chart with us."),
            how=_("Another organization shares one person's chart from that chart's own page."),
        ),
    )
