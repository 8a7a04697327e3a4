"""People: the list, one chart, how far somebody has come, and opening a chart outside one's own access."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import day_of, house_zone, moment_of
from kap_clinic.database.door import Acting
from kap_clinic.organizations.queries import site_names
from kap_clinic.website import asking as asked
from kap_clinic.website.parts import Act, Column, Empty, Row, Status, Table
from kap_clinic.website.searching import keep_word, word_for

from . import access, actions, listing, openings, received, shown
from .births import born_in_words
from .forms import OpeningForm, StageForm
from .journey import stage_in_words
from .openings import Opened


@page("people.see_people", needs=Permission.SEE_PEOPLE)
def people(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show everybody with a chart, fifty at a time, by name."""
    if request.method == "POST":
        return keep_word(request, "people")
    search = word_for(request, "people")
    after, before = (id_or_none(request.GET.get(side)) for side in ("after", "before"))
    found = listing.people(act, search=search, after=after, before=before)
    act.about(*(line.id for line in found.lines))
    links = {
        side: f"?{urlencode({side: id})}"
        for side, id in (("before", found.before), ("after", found.after))
        if id
    }
    shown_here = {
        "page_title": _("People"),
        "tabs": shown.tabs_of("list", act),
        "table": _people_table(found.lines, search),
        "search": search,
        "links": links,
    }
    return render(request, "people/people.html", shown_here)


@page("people.move_page", needs=Permission.OPEN_CHARTS)
def move(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask how far somebody has come, and record it."""
    row = access.person_in(act, person)
    form = StageForm(request.POST or None, initial={"stage": row.stage})

    def do() -> None:
        actions.move_to_stage(organization=act.organization, by=act.actor, person=person, **form.cleaned_data)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("Saved. It stands in the chart's history."))
        return redirect("people:chart", person)
    title = _("How far has {name} come?").format(name=row.name)
    return ask(
        request,
        title=title,
        form=form,
        submit=_("Save the stage"),
        back=reverse("people:chart", args=[person]),
        back_words=row.name,
    )


@page("people.break_glass_page", needs=Permission.BREAK_GLASS)
def break_glass(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask why a chart of another site is opened, for whom and how long, and open it."""
    row = access.person_in(act, person)
    form = OpeningForm(request.POST or None)

    def do() -> None:
        openings.break_glass(organization=act.organization, by=act.actor, person=person, **form.cleaned_data)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("The chart is open to you. Your reason stands on it."))
        return redirect("people:chart", person)
    text = _(
        "This chart is not open to you in the ordinary way. In need you may open it: your name, your reason "
        "and the time stay on the chart, and the medical director reviews them."
    )
    return ask(
        request,
        title=_("Open the chart of {name}").format(name=row.name),
        form=form,
        text=text,
        submit=_("Open this chart"),
        tone="must",
        back=reverse("people:chart", args=[person]),
        back_words=row.name,
    )


@page("people.see_openings", needs=Permission.REVIEW_OPENINGS)
def opened_charts(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show who opened a chart outside their own access, those to review first."""
    found = openings.openings(act)
    act.about(*(one.person for one in found))
    zone = house_zone()
    shown_here = {
        "page_title": _("Opened with a reason"),
        "tabs": shown.tabs_of("openings", act),
        "to_review": [opening_line(one, zone) for one in found if one.reviewed_at is None],
        "reviewed": [opening_line(one, zone) for one in found if one.reviewed_at is not None],
    }
    return render(request, "people/openings.html", shown_here)


@page("people.review_page", needs=Permission.REVIEW_OPENINGS)
def review(request: HttpRequest, act: Acting, opening: UUID) -> HttpResponse:
    """Record that an opening was reviewed."""
    if request.method == "POST":
        openings.review_opening(organization=act.organization, by=act.actor, id=opening)
        messages.success(request, _("Reviewed. It stays on the chart."))
    return redirect("people:openings")


def ask(
    request: HttpRequest, form: forms.Form, *, tables: Sequence[Table] = (), other: Act | None = None,
    **asking: str,
) -> HttpResponse:  # fmt: skip
    """Show one question on a page of its own, with the tables to read before, and the other way out."""
    return asked.ask(
        request, form, asked.Asking(**asking), "people/ask.html", tables=tables, other=other
    )  # fmt: skip


def received_table(found: list[received.ImportLine], zone: str) -> Table:
    """Write the files received as a table."""
    columns = (_("From"), _("On"), _("By"), _("Facts"), _("Not understood"), _("State"))
    is_number = (False, False, False, True, True, False)
    rows = tuple(
        Row(
            cells=(
                Act(one.source, reverse("people:import", args=[one.id])),
                day_of(one.received_at, zone),
                one.received_by or _("by a program"),
                str(one.facts),
                str(one.unread),
                _state(one),
            )
        )
        for one in found
    )
    return Table(
        caption=_("Records received"),
        columns=tuple(Column(words=w, is_number=n) for w, n in zip(columns, is_number, strict=True)),
        rows=rows,
        empty=Empty(what=_("No records were received.")),
    )


def _state(one: received.ImportLine) -> object:
    if one.written_at:
        return _("in the charts")
    return Status(words=_("put aside"), tone="quiet") if one.discarded_at else _("waits for an answer")


def id_or_none(text: str | None) -> UUID | None:
    """Read an id out of an address; nothing where it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _people_table(lines: list[listing.PersonLine], search: str) -> Table:
    sites = site_names()
    rows = tuple(
        Row(
            cells=(
                Act(line.name, reverse("people:chart", args=[line.id])),
                born_in_words(line.birth) or _("not given"),
                stage_in_words(line.stage),
                sites.get(line.site, "") if line.site else _("all sites"),
            )
        )
        for line in lines
    )
    columns = (_("Name"), _("Birth date"), _("Stage"), _("Site"))
    nobody = _("Nobody has such a name.") if search else _("There is no chart yet.")
    how = (
        _("Search for the beginning of the first or the last name.")
        if search
        else _("Take an enquiry, or bring records in.")
    )
    return Table(
        caption=_("People"),
        columns=tuple(Column(words=words) for words in columns),
        rows=rows,
        empty=Empty(what=nobody, how=how),
    )


def opening_line(one: Opened, zone: str) -> dict[str, Any]:
    """Give a banner what it says of one opening."""
    return {
        "opened": one,
        "from": moment_of(one.opened_at, zone),
        "until": moment_of(one.until, zone),
        "reviewed": day_of(one.reviewed_at, zone) if one.reviewed_at else "",
    }
