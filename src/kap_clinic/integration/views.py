"""Progress notes: those of one person, one to be written, one to be added to."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting
from kap_clinic.people import queries as people
from kap_clinic.plans import queries as plans
from kap_clinic.plans.shown import planned_in_words
from kap_clinic.website.parts import Act, Empty

from . import actions, queries, shown
from .forms import AmendForm, NoteForm


@page("integration.see_notes", needs=Permission.SEE_NOTES)
def notes(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Show the progress notes of one person, the newest first."""
    header, found = people.header_of(act, person), queries.notes_of(act, person)
    act.about(*(note.id for note in found))
    may_write = act.standing.permits(Permission.WRITE_NOTES, header.site)
    told = {
        "page_title": _("Progress notes"),
        "header": header,
        "notes": [shown.shown_note(one) for one in found],
        "may_write": may_write,
        "empty": Empty(
            what=_("No note is signed yet."),
            how=_("The note of an integration session is written from the plan, once the session began."),
            act=Act(_("Open the plan"), reverse("plans:plan", args=[person])),
        ),
    }
    return render(request, "integration/notes.html", told)


@page("integration.write_page", needs=Permission.WRITE_NOTES)
def write(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Ask for the note of one session."""
    line = plans.planned_session(act, session)
    if queries.has_note(act, session):
        return redirect("integration:notes", line.person)
    form = NoteForm(request.POST or None, time_zone=line.time_zone, initial=shown.times_of(line))

    def do() -> None:
        told = form.cleaned_data
        actions.sign_note(
            organization=act.organization, by=act.actor, id=told["id"], session=session, note=told["note"]
        )

    if request.method == "POST" and is_accepted(form, do):
        risk = form.cleaned_data["note"].risk
        if risk.needs_somebody_today:
            messages.warning(request, _("Signed. This risk needs more than a note: open a crisis case."))
        else:
            messages.success(request, _("Signed. From now on the note is only added to."))
        return redirect("integration:notes", line.person)
    told = {
        "page_title": _("Progress note"), "who": line.person_name, "form": form,
        "submit_label": _("Sign the note"), "cancel_url": reverse("plans:plan", args=[line.person]),
        "back_words": _("The plan"), "text": f"{line.title}. {planned_in_words(line)}",
    }  # fmt: skip
    return render(request, "integration/ask.html", told)


@page("integration.amend_page", needs=Permission.WRITE_NOTES)
def amend(request: HttpRequest, act: Acting, note: UUID) -> HttpResponse:
    """Ask what is added to a signed note."""
    found = queries.note_file(act, note)
    if found is None:
        raise Http404
    header, url = people.header_of(act, found.person), reverse("integration:notes", args=[found.person])
    form = AmendForm(request.POST or None)

    def do() -> None:
        actions.amend_note(organization=act.organization, by=act.actor, note=note, **form.cleaned_data)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("Added. It stands beneath the note."))
        return redirect(url)
    told = {
        "page_title": _("Add to the note"), "who": header.name, "form": form, "cancel_url": url,
        "submit_label": _("Sign what is added"), "back_words": _("Progress notes"),
        "note": shown.shown_note(found),
    }  # fmt: skip
    return render(request, "integration/ask.html", told)
