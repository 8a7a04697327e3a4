"""Records received: a file is chosen, possible duplicates are answered, and what became of it is shown."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap.vocabulary.errors import InputError
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_zone, moment_of
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Act, Column, Empty, Row, Table

from . import discarding, importing, received, shown
from .forms import BecauseForm, FileForm, WhoForm
from .importing import Received
from .views import ask, received_table


@page("people.see_imports", needs=Permission.OPEN_CHARTS)
def imports(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show the files that were received, the newest first."""
    found = received.imports(act)
    shown_here = {
        "page_title": _("Records received"),
        "tabs": shown.tabs_of("imports", act),
        "table": received_table(found, house_zone()),
    }
    return render(request, "people/imports.html", shown_here)


@page("people.receive_page", needs=Permission.OPEN_CHARTS)
def receive(request: HttpRequest, act: Acting) -> HttpResponse:
    """Ask for a file of records and who sent it, and take it in."""
    form = FileForm(request.POST or None, request.FILES or None)
    done: list[Received] = []

    def do() -> None:
        content, source = form.cleaned_data["file"].read(), form.cleaned_data["source"]
        done.append(
            importing.receive_file(
                organization=act.organization, by=act.actor, content=content, source=source
            )
        )

    try:
        if request.method == "POST" and is_accepted(form, do):
            return _next(request, done[0])
    except InputError as wrong:
        form.add_error("file", str(wrong))
    return ask(
        request,
        title=_("Bring records in"),
        text=_("Nothing is written before everybody in the file who may have a chart already is answered."),
        form=form,
        submit=_("Read this file"),
        back=reverse("people:imports"),
        back_words=_("Records received"),
    )


@page("people.place_page", needs=Permission.OPEN_CHARTS)
def place(request: HttpRequest, act: Acting, id: UUID) -> HttpResponse:
    """Put each person of a waiting file beside the charts that may be theirs, and ask."""
    line, waiting = received.received(act, id), importing.questions_of(act, id)
    if waiting.is_written or (line and line.discarded_at):
        return redirect("people:import", id)
    form = WhoForm(waiting.questions, request.POST or None)
    done: list[Received] = []

    def do() -> None:
        done.append(
            importing.place_people(organization=act.organization, by=act.actor, id=id, answers=form.answers())
        )

    if request.method == "POST" and is_accepted(form, do):
        return _next(request, done[0])
    act.about(*(found.person for one in waiting.questions for found in one.candidates))
    return ask(
        request,
        title=_("Who is this?"),
        text=_("These people may have a chart already. Nothing is written until you have answered."),
        form=form,
        tables=[shown.candidate_table(one.newcomer.who, one.candidates) for one in waiting.questions],
        submit=_("Write the records into the charts"),
        back=reverse("people:imports"),
        back_words=_("Records received"),
        other=Act(_("Put this file aside"), reverse("people:discard", args=[id])),
    )


@page("people.discard_page", needs=Permission.OPEN_CHARTS)
def discard(request: HttpRequest, act: Acting, id: UUID) -> HttpResponse:
    """Ask why a waiting file is put aside, and put it there."""
    found, form = received.received(act, id), BecauseForm(request.POST or None)
    if found is None or found.written_at:
        raise Http404

    def do() -> None:
        discarding.discard_file(organization=act.organization, by=act.actor, id=id, **form.cleaned_data)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("The file is put aside; nothing of it was written."))
        return redirect("people:imports")
    return ask(
        request,
        title=_("Why is the file from {source} put aside?").format(source=found.source),
        text=_("Nothing of it was written. Sent again, it asks again."),
        form=form,
        submit=_("Put this file aside"),
        back=reverse("people:import", args=[id]),
        back_words=_("Records received"),
    )


@page("people.see_import", needs=Permission.OPEN_CHARTS)
def one_import(request: HttpRequest, act: Acting, id: UUID) -> HttpResponse:
    """Show what a file brought: whose charts, how much was understood, what was not and why."""
    found = received.received(act, id)
    if found is None:
        raise Http404
    if found.written_at is None and found.discarded_at is None:
        return redirect("people:place", id)
    people, not_read = received.people_in(act, id), received.not_read(act, id)
    act.about(id, *(line.id for line in people))
    facts = [
        (_("Received"), f"{moment_of(found.received_at, house_zone())}, {found.received_by}"),
        (_("Resources"), str(found.resources)),
        (_("Understood"), str(found.understood)),
        (_("Facts"), str(found.facts)),
        (_("Kept, not understood"), str(found.unread)),
        (_("Of kinds nobody reads"), _unused(found.unused)),
    ]
    if found.discarded_at:
        facts.insert(1, (_("Put aside"), f"{moment_of(found.discarded_at, house_zone())}: {found.because}"))
    shown_here = {
        "page_title": _("Records from {source}").format(source=found.source),
        "facts": facts,
        "people": people,
        "not_read": _not_read_table(not_read),
    }
    return render(request, "people/import.html", shown_here)


def _next(request: HttpRequest, done: Received) -> HttpResponse:
    if not done.is_written:
        return redirect("people:place", done.id)
    if done.is_new:
        messages.success(request, _("The records are in the charts."))
    else:
        messages.success(request, _("The records are in the charts; the same file is never written twice."))
    return redirect("people:import", done.id)


def _unused(kinds: object) -> str:
    assert isinstance(kinds, dict)
    return ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())) or _("none")


def _not_read_table(found: list[received.NotRead]) -> Table:
    rows = tuple(Row(cells=(one.why, str(one.count), one.place)) for one in found)
    columns = (
        Column(words=_("Why")),
        Column(words=_("How often"), is_number=True),
        Column(words=_("For example")),
    )
    return Table(
        caption=_("Kept, and not understood"),
        columns=columns,
        rows=rows,
        empty=Empty(what=_("Everything in this file was understood, or is of a kind nobody reads.")),
    )
