"""The screening workbench of one person: findings, what is missing, answers, the signature."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap.screening.screening import Treatment
from kap.vocabulary.findings import Finding
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.zones import zone
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_zone
from kap_clinic.cases import queries as cases
from kap_clinic.cases.actions import ask_clearance
from kap_clinic.cases.queries import CaseLine
from kap_clinic.database.door import Acting
from kap_clinic.people import queries as people
from kap_clinic.people.access import require_chart
from kap_clinic.people.journey import ribbon
from kap_clinic.website.asking import Asking, do_or_ask

from . import queries, shown, telling
from .asking import MissingForm, asked_about, waiting_rules
from .decided import decisions_of
from .forms import DRUGS, ROUTES, ClearanceForm, TreatmentForm
from .queries import Whole

ASK = "screening/ask.html"


@page("screening.see", needs=Permission.SEE_SCREENING)
def workbench(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Show what the rules find in one person's record, worst first, and what can be done about it."""
    treatment, clock, now = treatment_of(request), house_zone(), datetime.now(UTC)
    whole, header = whole_in(act, person, treatment, clock), people.header_of(act, person)
    may, query = partial(act.standing.permits, site=header.site), query_of(treatment)
    told: dict[str, Any] = {
        "page_title": _("Screening"),
        "header": header,
        "journey": ribbon(header.stage, decisions_of(act, [person]).get(person, "")),
        "treatment_form": TreatmentForm(
            initial={"drug": treatment.drug.value, "route": treatment.route.value}
        ),
        "treatment": treatment_in_words(treatment),
        "query": query,
        "findings": shown.shown_findings(act, header, whole, _waiting(act, person), query, clock),
        "is_asked": bool(_missing(whole)) and may(Permission.CONFIRM_HISTORY),
        "may_sign": may(Permission.SIGN_SCREENING),
        "links": shown.link_steps(person, queries.links_of(act, person, now), clock),
        "line": shown.line_of(header, now.astimezone(zone(clock)).date()),
        "may_confirm": may(Permission.CONFIRM_HISTORY),
        "may_send": may(Permission.SEND_HISTORY),
    }
    return render(request, "screening/workbench.html", {**told, **_said_of(whole, clock)})


def _said_of(whole: Whole, clock: str) -> dict[str, Any]:
    """What a screening says as a whole: verdict, counts, signature, what changed since."""
    return {
        "verdict": whole.standing.verdict,
        "to_do": shown.count_of_open(whole),
        "unverified": shown.count_of_unverified(whole),
        "not_delivered": shown.not_delivered(whole),
        "not_understood": whole.standing.screening.not_understood,
        "signed": shown.signature_in_words(whole.signed, clock) if whole.signed else "",
        "signed_words": whole.signed.words if whole.signed else "",
        "assessed": whole.signed.assessed if whole.signed else (),
        "is_assessed": shown.is_assessed(whole),
        "changed": shown.differences_in_words(whole.differences),
        "has_told": bool(whole.told),
    }


@page("screening.record_missing_page", needs=Permission.CONFIRM_HISTORY)
def missing(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask in one place for everything the findings wait for."""
    clock = house_zone()
    whole = whole_in(act, person, treatment_of(request), clock)
    today = datetime.now(UTC).astimezone(zone(clock)).date()
    # A form sent twice is read as it was shown, also when the first sending has answered it.
    sent = request.POST.get("rules", "").split()
    wanted = asked_about(sent or waiting_rules(whole.standing.unanswered))
    hints = shown.hints(whole.told)
    form = MissingForm(request.POST or None, asked=wanted, today=today, hints=hints)

    def do() -> None:
        telling.record_missing(
            organization=act.organization, by=act.actor, id=form.cleaned_data["id"], person=person,
            facts=form.facts(), answers=form.answers(),
        )  # fmt: skip

    words = (_("What is missing"), _("Record these facts"))
    text = _("Leave empty what is still not known. Questions count as asked of the client today.")
    return asked(request, act, person, form, do, words, text)


@page("screening.ask_page", needs=Permission.ASK_CLEARANCE)
def ask(request: HttpRequest, act: Acting, person: UUID, rule: str) -> HttpResponse:
    """Ask a specialty to clear one finding."""
    clock = house_zone()
    finding = finding_in(act, person, rule, treatment_of(request), clock)
    whose = finding.clears_by.whose if finding.clears_by else None
    begun = {
        "asked_of": whose.rendered(_) if whose else "",
        "question": _("May this person be given ketamine? {reason}").format(
            reason=finding.because.reason.rendered(_)
        ),
    }
    form = ClearanceForm(request.POST or None, initial=begun)

    def do() -> None:
        ask_clearance(
            organization=act.organization, by=act.actor, person=person, rule=rule, time_zone=clock,
            **form.cleaned_data,
        )  # fmt: skip

    text = finding.because.reason.rendered(_)
    return asked(request, act, person, form, do, (_("Ask for clearance"), _("Ask for clearance")), text)


def treatment_of(request: HttpRequest) -> Treatment:
    """Return the treatment the page was asked for; ketamine into a vein where it does not say."""
    drug, route = request.GET.get("drug", ""), request.GET.get("route", "")
    return Treatment(
        Drug(drug) if drug in {one.value for one in Drug} else Drug.KETAMINE,
        Route(route) if route in {one.value for one in Route} else Route.IV,
    )


def query_of(treatment: Treatment) -> str:
    """Return what keeps the treatment in an address."""
    return "?" + urlencode({"drug": treatment.drug.value, "route": treatment.route.value})


def back_to(person: UUID, treatment: Treatment) -> str:
    """Return the address of the workbench for this treatment."""
    return f"{reverse('screening:workbench', args=[person])}{query_of(treatment)}"


def treatment_in_words(treatment: Treatment) -> str:
    """Name the drug and the route."""
    return f"{DRUGS[treatment.drug]}, {ROUTES[treatment.route]}"


def whole_in(act: Acting, person: UUID, treatment: Treatment, clock: str) -> Whole:
    """Return the screening of a chart that is open to the reader."""
    # A chart opened for a while with a reason opens its screening too, to read.
    require_chart(act, person)
    act.require(Permission.SEE_SCREENING)
    return queries.whole_of(act, person, treatment, datetime.now(UTC), clock)


def finding_in(act: Acting, person: UUID, rule: str, treatment: Treatment, clock: str) -> Finding:
    """Return what one rule says of a chart that is open to the reader."""
    return queries.finding_of(whole_in(act, person, treatment, clock), rule)


def _missing(whole: Whole) -> tuple[str, ...]:
    return asked_about(waiting_rules(whole.standing.unanswered)).rules


def _waiting(act: Acting, person: UUID) -> dict[str, CaseLine]:
    return {line.rule: line for line in cases.cases_of(act, person) if line.state.is_open}


def asked(
    request: HttpRequest, act: Acting, person: UUID, form: forms.Form, do: Callable[[], object],
    words: tuple[str, str], text: str, tone: str = "",
) -> HttpResponse:  # fmt: skip
    """Ask one question about one person, and go back to the workbench once it is answered."""
    asking = Asking(
        title=words[0], submit=words[1], back=back_to(person, treatment_of(request)),
        back_words=_("Screening"), text=text, tone=tone, who=people.header_of(act, person).name,
    )  # fmt: skip
    done = _("Saved. The screening below has been read again.")
    return do_or_ask(request, form, do, asking, done=done, template=ASK)
