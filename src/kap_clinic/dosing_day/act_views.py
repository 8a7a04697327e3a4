"""What is sent from the room: each form does one act and comes back to the room, with or without script."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kap.people.permissions import Permission
from kap.vocabulary.quantities import Mass
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting

from . import actions, giving, queries
from .beside import people_beside
from .forms import (
    ActForm,
    AlarmForm,
    ChecklistForm,
    DoseForm,
    EventForm,
    GiveForm,
    LeavingForm,
    SecondForm,
    StopForm,
    StrikeForm,
    WhyForm,
)
from .keypad import VitalsForm
from .views import accepted, device_of, new_answers

_CHART, _GIVE, _LET_GO = Permission.CHART_SESSIONS, Permission.GIVE_DOSES, Permission.LET_GO


@require_POST
@page("dosing_day.take_vitals_page", needs=_CHART)
def vitals(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Chart the numbers that were typed."""
    form = VitalsForm(request.POST)

    def do() -> None:
        actions.take_vitals(organization=act.organization, by=act.actor, session=session, **form.told())

    return accepted(request, act, session, "vitals", form, do)


@require_POST
@page("dosing_day.answer_page", needs=_CHART)
def checklist(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Keep the answers of the checklist."""
    file = queries.session_file(act, session)
    cssrs = queries.cssrs_of_today(act, file.person, file.time_zone, datetime.now(UTC))
    form = ChecklistForm(request.POST, cssrs=cssrs)

    def do() -> None:
        told = {"id": form.cleaned_data["id"], "answers": new_answers(file, form.answers())}
        actions.answer(organization=act.organization, by=act.actor, session=session, **told)

    return accepted(request, act, session, "checklist", form, do)


@require_POST
@page("dosing_day.time_out_page", needs=_GIVE)
def time_out(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Record the time-out of two people."""
    file = queries.session_file(act, session)
    form = SecondForm(request.POST, people=people_beside(act, file.site, _GIVE))

    def do() -> None:
        told = {"id": form.cleaned_data["id"], "second": form.signer(device_of(request))}
        giving.time_out(organization=act.organization, by=act.actor, session=session, **told)

    return accepted(request, act, session, "time_out", form, do)


@require_POST
@page("dosing_day.give_page", needs=_GIVE)
def give(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Give the dose that was drawn up."""
    file = queries.session_file(act, session)
    form = GiveForm(request.POST, people=people_beside(act, file.site, _GIVE))

    def do() -> None:
        said = form.cleaned_data
        told = {"id": said["id"], "syringe": said["syringe"], "second": form.signer(device_of(request))}
        giving.give(organization=act.organization, by=act.actor, session=session, **told)

    return accepted(request, act, session, "give", form, do)


@require_POST
@page("dosing_day.end_dose_page", needs=_GIVE)
def end(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Record that the dose has run in."""
    form = DoseForm(request.POST)

    def do() -> None:
        actions.end_dose(organization=act.organization, by=act.actor, session=session, **form.cleaned_data)

    return accepted(request, act, session, "end", form, do)


@require_POST
@page("dosing_day.stop_dose_page", needs=_GIVE)
def stop(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Stop the dose that runs."""
    form = StopForm(request.POST)

    def do() -> None:
        said = {**form.cleaned_data, "amount_in": Mass.mg(form.cleaned_data["amount_in"])}
        giving.stop_dose(organization=act.organization, by=act.actor, session=session, **said)

    return accepted(request, act, session, "stop", form, do)


@require_POST
@page("dosing_day.hold_dose_page", needs=_CHART)
def hold(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Record that the dose is held."""
    form = WhyForm(request.POST)

    def do() -> None:
        actions.hold_dose(organization=act.organization, by=act.actor, session=session, **form.cleaned_data)

    return accepted(request, act, session, "hold", form, do)


@require_POST
@page("dosing_day.note_event_page", needs=_CHART)
def event(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Note what happened."""
    form = EventForm(request.POST)

    def do() -> None:
        actions.note_event(organization=act.organization, by=act.actor, session=session, **form.cleaned_data)

    return accepted(request, act, session, "event", form, do)


@require_POST
@page("dosing_day.strike_page", needs=_CHART)
def strike(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Strike what was charted wrongly."""
    form = StrikeForm(request.POST)

    def do() -> None:
        actions.strike(organization=act.organization, by=act.actor, session=session, **form.cleaned_data)

    return accepted(request, act, session, "strike", form, do)


@require_POST
@page("dosing_day.take_alarm_page", needs=_CHART)
def alarm(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Take an alarm."""
    form = AlarmForm(request.POST)

    def do() -> None:
        actions.take_alarm(organization=act.organization, by=act.actor, session=session, **form.cleaned_data)

    return accepted(request, act, session, "alarm", form, do)


@require_POST
@page("dosing_day.move_to_recovery_page", needs=_CHART)
def recovery(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Record that the person rests."""
    form = ActForm(request.POST)

    def do() -> None:
        told = form.cleaned_data
        actions.move_to_recovery(organization=act.organization, by=act.actor, session=session, **told)

    return accepted(request, act, session, "recovery", form, do)


@require_POST
@page("dosing_day.let_go_page", needs=_LET_GO)
def leave(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Keep what was seen, and let the person go where that was asked and every criterion is met."""
    form, file = LeavingForm(request.POST), queries.session_file(act, session)

    def do() -> None:
        id = form.cleaned_data["id"]
        told: dict[str, Any] = {"organization": act.organization, "by": act.actor, "session": session}
        actions.answer(**told, id=id, answers=new_answers(file, form.answers()))
        if "go" in request.POST:
            actions.let_go(**told, id=id, to=form.where_to(), companion=form.companion())

    return accepted(request, act, session, "leaving", form, do)


@require_POST
@page("dosing_day.leave_undosed_page", needs=_LET_GO)
def undosed(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Record that the person leaves without a dose."""
    form = WhyForm(request.POST)

    def do() -> None:
        told = form.cleaned_data
        actions.leave_undosed(organization=act.organization, by=act.actor, session=session, **told)

    return accepted(request, act, session, "undosed", form, do)
