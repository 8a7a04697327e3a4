"""A safety case: what to do now, what was done; opened by hand, taken, noted, closed; and the safety plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.casework.safety import SAFETY_KINDS
from kap.people.permissions import Permission
from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_zone, moment_of
from kap_clinic.database.door import Acting
from kap_clinic.database.identity import new_id
from kap_clinic.on_call import attempts, calls_shown, ladder
from kap_clinic.on_call import queries as on_call
from kap_clinic.people.access import may_see, person_in
from kap_clinic.people.contacts import open_contact
from kap_clinic.people.queries import header_of
from kap_clinic.people.supporters import supporters
from kap_clinic.website.translated import reviewer_of

from . import actions, crises, queries, safety_plans, safety_shown, shown
from .queries import CaseFile
from .safety_forms import CrisisForm, DoneForm, EndForm, GiveForm, PlanForm

_SAFETY = {kind.id for kind in SAFETY_KINDS}


@page("cases.see_safety_case", needs=Permission.SEE_CASES)
def case(request: HttpRequest, act: Acting, case: UUID) -> HttpResponse:
    """Show a safety case, what to do now first."""
    found, clock, at = _found(act, case), house_zone(), Instant(datetime.now(UTC))
    line, state = found.line, found.state
    first, then = safety_shown.do_now(state)
    calls = attempts.calls_about(act, case)
    pace = ladder.in_force(state.kind, ladder.signed(act), state.clock.opens_at.at)
    may, is_open = act.standing.permits, state.is_open
    told = {
        "page_title": state.kind.name.rendered(_),
        "case": found, "line": line, "first": first, "then": then, "is_open": is_open,
        "is_taken": state.acknowledged_at is not None,
        "take_id": new_id(),
        "left": shown.left_in_words(state, at),
        "steps": safety_shown.steps_of(state, case, line.person, found.names, clock),
        "reach": _reach(act, line.person),
        "calls": calls_shown.calls_table(state, calls, clock, pace),
        "measured": calls_shown.drill_facts(state, calls) if state.kind.is_drill else [],
        "days": shown.days_of(found, clock),
        "facts": _facts(found, clock),
        "may_work": is_open and may(Permission.WORK_CASES),
        "may_close": is_open and may(Permission.CLOSE_CRISIS),
    }  # fmt: skip
    return render(request, "cases/safety.html", told)


@page("cases.take_page", needs=Permission.WORK_CASES)
def take(request: HttpRequest, act: Acting, case: UUID) -> HttpResponse:
    """Take a case, or ask whether to."""
    found = _found(act, case)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> None:
        id = UUID(request.POST["id"]) if "id" in request.POST else new_id()
        crises.take(organization=act.organization, by=act.actor, id=id, case=case)

    return _asked(request, found, form, do, _("I take it"), _("Then nobody further is called; it is yours."))


@page("cases.note_done_page", needs=Permission.WORK_CASES)
def note(request: HttpRequest, act: Acting, case: UUID, what: str) -> HttpResponse:
    """Ask what was done, in words."""
    found = _found(act, case)
    try:
        words = found.state.kind.note(what).words.rendered(_)
    except InputError as unknown:
        raise Http404 from unknown
    form = DoneForm(request.POST or None)

    def do() -> None:
        crises.note_done(
            organization=act.organization, by=act.actor, case=case, what=what, **form.cleaned_data
        )

    return _asked(request, found, form, do, _("Note it as done"), words)


@page("cases.close_safety_case_page", needs=Permission.CLOSE_CRISIS)
def close(request: HttpRequest, act: Acting, case: UUID) -> HttpResponse:
    """Ask how the case ended, and close it."""
    found = _found(act, case)
    initial = {"said_by": act.standing.name}
    form = EndForm(request.POST or None, kind=found.state.kind, initial=initial)

    def do() -> None:
        crises.close_safety_case(organization=act.organization, by=act.actor, case=case, **form.cleaned_data)

    return _asked(request, found, form, do, _("Close the case"), found.question)


@page("cases.open_crisis_page", needs=Permission.OPEN_CRISIS)
def open_crisis(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask what happened, and open a crisis."""
    row = person_in(act, person)
    act.require(Permission.OPEN_CRISIS, row.site_id)
    form = CrisisForm(request.POST or None)
    opened: list[UUID] = []

    def do() -> None:
        opened.append(crises.open_crisis(
            organization=act.organization, by=act.actor, person=person, **form.cleaned_data
        ))  # fmt: skip

    if request.method == "POST" and is_accepted(form, do):
        return redirect("cases:safety", opened[0])
    text = _("Whoever is on call is called at once, and others after them until somebody takes it.")
    words = _("Open a crisis and call for help")
    return _ask(request, row.name, form, words, text, reverse("people:chart", args=[person]), tone="must")


@page("cases.see_plan", needs=Permission.SEE_CHART)
def plan(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Show a person's safety plan as the sheet that is given to them."""
    header, found, clock = header_of(act, person), safety_plans.newest_plan(act, person), house_zone()
    act.about(person)
    language = header.language or "en"
    told = {
        "page_title": _("Safety plan"),
        "header": header,
        "plan": found,
        "language": language,
        "is_unreviewed": language != "en" and not reviewer_of(language),
        "parts": safety_shown.plan_in(language, found.parts) if found else [],
        "made_at": moment_of(found.made_at, clock) if found else "",
        "given_at": moment_of(found.given_at, clock) if found and found.given_at else "",
        "may_write": act.standing.permits(Permission.WRITE_SAFETY_PLAN, header.site),
        "case": crises.open_case_of(act, person),
        "number": on_call.number_for_clients(act, datetime.now(UTC), header.site),
        "source": safety_plans.SOURCE,
    }
    return render(request, "cases/plan.html", told)


@page("cases.write_plan_page", needs=Permission.WRITE_SAFETY_PLAN)
def write_plan(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask for the parts of a safety plan, with what the last version said."""
    header, last = header_of(act, person), safety_plans.newest_plan(act, person)
    form = PlanForm(request.POST or None, initial=dict(last.parts) if last else {})

    def do() -> None:
        id = form.cleaned_data["id"]
        safety_plans.write_plan(
            organization=act.organization, by=act.actor, id=id, person=person, parts=form.parts()
        )

    back = reverse("cases:plan", args=[person])
    if request.method == "POST" and is_accepted(form, do):
        return redirect(back)
    text = _("Write it with them, in their own words. The version before stays as it was.")
    return _ask(request, header.name, form, _("Keep this plan"), text, back)


@page("cases.give_plan_page", needs=Permission.WRITE_SAFETY_PLAN)
def give_plan(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask how the plan was given to the client."""
    header, last = header_of(act, person), safety_plans.newest_plan(act, person)
    if last is None:
        raise Http404
    form = GiveForm(request.POST or None)

    def do() -> None:
        safety_plans.give_plan(organization=act.organization, by=act.actor, plan=last.id, **form.cleaned_data)

    back = reverse("cases:plan", args=[person])
    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("Noted: they have their plan."))
        return redirect(back)
    return _ask(request, header.name, form, _("They have it"), "", back)


def _asked(
    request: HttpRequest, found: CaseFile, form: forms.Form, do: Callable[[], None], submit: str, text: str
) -> HttpResponse:
    back = reverse("cases:safety", args=[found.line.id])
    if request.method == "POST" and is_accepted(form, do):
        return redirect(back)
    return _ask(request, found.line.person_name, form, submit, text, back)


def _ask(
    request: HttpRequest, who: str, form: forms.Form, submit: str, text: str, back: str, tone: str = ""
) -> HttpResponse:
    told = {
        "page_title": submit, "form": form, "submit_label": submit, "cancel_url": back,
        "back_words": _("Back"), "text": text, "who": who, "tone": tone,
    }  # fmt: skip
    return render(request, "cases/ask.html", told)


def _found(act: Acting, case: UUID) -> CaseFile:
    found = queries.case_file(act, case)
    if found is None or found.line.state.kind.id not in _SAFETY:
        raise Http404
    act.about(case, *([found.line.person] if found.line.person else []))
    actions.require_site(act, found.line.person)
    return found


def _reach(act: Acting, person: UUID | None) -> list[tuple[str, str, str, str]]:
    """How the client and those who stand by them are reached: name, telephone, e-mail, address."""
    if person is None:
        return []
    row = person_in(act, person)
    contact = open_contact(act, row.contact_sealed, "people_person", row.id)
    reach = [(row.name, contact.phone, contact.email, contact.address)]
    if may_see(act, row):
        for one in supporters(act, row):
            told = one.named
            who = f"{told.name}, {told.relation}" if told.relation else told.name
            reach.append((who, told.contact.phone, told.contact.email, told.contact.address))
    return reach


def _facts(found: CaseFile, clock: str) -> list[tuple[str, str]]:
    line, state = found.line, found.state
    facts = [(_("Owner"), line.owner_name), (_("Opened"), moment_of(state.clock.opens_at.at, clock))]
    if state.closing is not None:
        facts.append((_("How it ended"), shown.outcome_in_words(line, clock)))
        facts.append((_("What comes next"), line.answer))
    return facts
