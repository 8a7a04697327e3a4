"""The session's note as a sheet: read, signed and so locked, amended, printed."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kap.people.permissions import Permission
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import moment_of
from kap_clinic.database.door import Acting
from kap_clinic.people.queries import header_of
from kap_clinic.plans.queries import planned_session

from . import chart, notes, queries
from .forms import AmendForm, SignForm
from .queries import SessionFile
from .views import PRINTED


@page("dosing_day.see_note", needs=Permission.SEE_DOSING_DAY)
def note(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Show the note: as it was signed, or as the timeline tells it until then."""
    return _show(request, act, session, None)


@require_POST
@page("dosing_day.sign_note_page", needs=Permission.SIGN_SESSION_NOTES)
def sign(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Sign the note as it was read."""
    form, file = SignForm(request.POST), queries.session_file(act, session)

    def do() -> None:
        told = {**form.cleaned_data, "time_zone": file.time_zone}
        notes.sign(organization=act.organization, by=act.actor, session=session, **told)

    if is_accepted(form, do):
        return redirect("dosing_day:note", session)
    return _show(request, act, session, form)


@require_POST
@page("dosing_day.amend_note_page", needs=Permission.SIGN_SESSION_NOTES)
def amend(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Add an amendment."""
    form = AmendForm(request.POST)

    def do() -> None:
        notes.amend(organization=act.organization, by=act.actor, session=session, **form.cleaned_data)

    if is_accepted(form, do):
        return redirect("dosing_day:note", session)
    return _show(request, act, session, form)


def _show(request: HttpRequest, act: Acting, session: UUID, form: forms.Form | None) -> HttpResponse:
    file = queries.session_file(act, session)
    signed = notes.signed(session)
    passages = signed[0].passages if signed else notes.assembled(file.session, file.time_zone)
    fresh = AmendForm() if signed else SignForm(initial={"seen": notes.fingerprint(passages)})
    context = {
        "page_title": _("Session note"),
        "file": file,
        "header": header_of(act, file.person),
        "planned": planned_session(act, file.planned),
        "passages": passages,
        "signatures": [(one, moment_of(one.at, file.time_zone)) for one in signed],
        "form": form or fresh,
        "may_sign": act.standing.permits(Permission.SIGN_SESSION_NOTES, file.site),
        "has_left": file.session.leaving is not None,
        "drawing": _drawing(file),
    }
    return render(request, "dosing_day/note.html", context, status=422 if form else 200)


def _drawing(file: SessionFile) -> chart.Drawing:
    leaving = file.session.leaving
    last = leaving.at.at if leaving else max(entry.happened_at.at for _number, entry in file.entries)
    width, height = PRINTED
    points = queries.device_points(file.id)
    return chart.drawing(file.session, points, last, file.time_zone, width=width, height=height)
