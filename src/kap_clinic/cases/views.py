"""Cases: what waits, one case with its history, a try, another owner, the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.casework.safety import SAFETY_KINDS
from kap.people.permissions import Permission
from kap.vocabulary.moments import Instant
from kap_clinic.accounts import queries as staff
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_zone
from kap_clinic.database.door import Acting
from kap_clinic.website.asking import Asking, do_or_ask
from kap_clinic.website.parts import Empty

from . import actions, queries, shown
from .forms import AnswerForm, AttemptForm, OwnerForm
from .queries import CaseFile


@page("cases.see_cases", needs=Permission.SEE_CASES)
def cases(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show what waits for somebody, the first due first."""
    found, at, clock = queries.open_cases(act), Instant(datetime.now(UTC)), house_zone()
    act.about(*(line.id for line in found))
    return render(
        request,
        "cases/cases.html",
        {
            "page_title": _("Cases"),
            "cases": [shown.clocked(line, at, clock) for line in found],
            "empty": Empty(
                what=_("Nothing waits for an answer."),
                how=_("A clearance asked for on a screening appears here, with its clock."),
            ),
        },
    )


@page("cases.see_case", needs=Permission.SEE_CASES)
def case(request: HttpRequest, act: Acting, case: UUID) -> HttpResponse:
    """Show one case: the question, the clock, everything that was done."""
    found, at, clock = _found(act, case), Instant(datetime.now(UTC)), house_zone()
    line = found.line
    if line.state.kind in SAFETY_KINDS:
        return redirect("cases:safety", case)
    facts = [
        (_("Concerning"), line.person_name),
        (_("Asked of"), line.asked_of),
        (_("Owner"), line.owner_name),
        (_("Due"), shown.end_of_day(line.state.clock.closes_at.at, clock)),
        (_("Time"), shown.left_in_words(line.state, at)),
        (_("Answer"), shown.outcome_in_words(line, clock)),
    ]
    may = act.standing.permits
    return render(
        request,
        "cases/case.html",
        {
            "page_title": line.state.kind.name.rendered(_),
            "case": found,
            "facts": facts,
            "days": shown.days_of(found, clock),
            "may_work": line.state.is_open and may(Permission.WORK_CASES),
            "may_answer": line.state.is_open and may(Permission.ANSWER_CASES),
            "may_screen": may(Permission.SEE_SCREENING),
        },
    )


@page("cases.record_attempt_page", needs=Permission.WORK_CASES)
def attempt(request: HttpRequest, act: Acting, case: UUID) -> HttpResponse:
    """Ask what was tried, and what came of it."""
    found = _found(act, case)
    form = AttemptForm(request.POST or None)
    return _asked(request, act, found, form, actions.record_attempt, _("Record an attempt"))


@page("cases.hand_over_page", needs=Permission.WORK_CASES)
def hand_over(request: HttpRequest, act: Acting, case: UUID) -> HttpResponse:
    """Ask who owns the case from now on."""
    found = _found(act, case)
    people = [
        (line.id, line.name)
        for line in staff.staff(act).lines
        if str(line.id) != found.line.state.owner
    ]  # fmt: skip
    form = OwnerForm(request.POST or None, people=people)
    return _asked(request, act, found, form, actions.hand_over, _("Hand the case over"))


@page("cases.close_page", needs=Permission.ANSWER_CASES)
def answer(request: HttpRequest, act: Acting, case: UUID) -> HttpResponse:
    """Ask for the answer, and close the case with it."""
    found = _found(act, case)
    form = AnswerForm(request.POST or None, kind=found.line.state.kind)
    return _asked(request, act, found, form, actions.close, _("Record the answer and close"))


def _asked(
    request: HttpRequest, act: Acting, found: CaseFile, form: forms.Form, action: Callable[..., None],
    submit: str,
) -> HttpResponse:  # fmt: skip
    asking = Asking(
        title=submit, back=reverse("cases:case", args=[found.line.id]), back_words=_("The case"),
        text=found.question, who=found.line.person_name,
    )  # fmt: skip

    def do() -> None:
        action(organization=act.organization, by=act.actor, case=found.line.id, **form.cleaned_data)

    return do_or_ask(request, form, do, asking, done=_("Saved. It stands in the case's history."))


def _found(act: Acting, case: UUID) -> CaseFile:
    found = queries.case_file(act, case)
    if found is None:
        raise Http404
    act.about(case, *([found.line.person] if found.line.person else []))
    actions.require_site(act, found.line.person)
    return found
