"""What is decided about a screening: an override, its early end, the signature, all signatures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_zone
from kap_clinic.database.door import Acting
from kap_clinic.people import queries as people

from . import actions, overriding, queries, shown, shown_signatures
from .forms import EndingForm, OverrideForm, SignForm
from .overridden import override_line
from .views import asked, back_to, finding_in, treatment_in_words, treatment_of, whole_in


@page("screening.override_page", needs=Permission.OVERRIDE_FINDING)
def override(request: HttpRequest, act: Acting, person: UUID, rule: str) -> HttpResponse:
    """Ask why a finding is overridden, and until when."""
    treatment = treatment_of(request)
    finding = finding_in(act, person, rule, treatment, house_zone())
    form = OverrideForm(request.POST or None)

    def do() -> None:
        overriding.override(
            organization=act.organization, by=act.actor, person=person, rule=rule, treatment=treatment,
            **form.cleaned_data,
        )  # fmt: skip

    text = finding.because.reason.rendered(_)
    words = (_("Override this finding"), _("Override"))
    return asked(request, act, person, form, do, words, text, tone="must")


@page("screening.end_override_page", needs=Permission.OVERRIDE_FINDING)
def end_override(request: HttpRequest, act: Acting, person: UUID, override: UUID) -> HttpResponse:
    """Ask why an override ends before its day."""
    whole_in(act, person, treatment_of(request), house_zone())
    line = override_line(act, override)
    if line is None or line.person != person:
        raise Http404
    form = EndingForm(request.POST or None)

    def do() -> None:
        overriding.end_override(
            organization=act.organization, by=act.actor, override=override, **form.cleaned_data
        )

    text = shown.override_in_words(line, datetime.now(UTC), house_zone())
    words = (_("End this override"), _("End the override"))
    return asked(request, act, person, form, do, words, text, tone="must")


@page("screening.sign_page", needs=Permission.SIGN_SCREENING)
def sign(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Show once more what is signed, and take the signature."""
    treatment, clock = treatment_of(request), house_zone()
    whole, header = whole_in(act, person, treatment, clock), people.header_of(act, person)
    rest = whole.standing.screening.not_screened
    form = SignForm(request.POST or None, initial={"seen": actions.fingerprint(whole)}, not_screened=rest)

    def do() -> None:
        actions.sign(
            organization=act.organization, by=act.actor, person=person, treatment=treatment,
            **form.signing(),
        )  # fmt: skip

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("Signed. What you read is kept as you read it."))
        return redirect(back_to(person, treatment))
    # What is read here is signed or not; what can be done about a finding is done on the workbench.
    findings = [replace(one, act=None) for one in shown.shown_findings(act, header, whole, {}, "", clock)]
    told: dict[str, Any] = {
        "page_title": _("Sign the screening"),
        "header": header,
        "treatment": treatment_in_words(treatment),
        "verdict": whole.standing.verdict,
        "to_do": shown.count_of_open(whole),
        "findings": findings,
        "not_delivered": shown.not_delivered(whole),
        "form": form,
        "back": back_to(person, treatment),
    }
    return render(request, "screening/sign.html", told)


@page("screening.see_signatures", needs=Permission.SEE_SCREENING)
def signatures(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Show everything that was signed for one person, with what says something else since."""
    clock = house_zone()
    current = whole_in(act, person, treatment_of(request), clock)
    signed = queries.every_signature(act, person)
    now = {current.standing.screening.treatment: current}
    for one in signed:
        if one.treatment not in now:
            now[one.treatment] = whole_in(act, person, one.treatment, clock)
    told: dict[str, Any] = {
        "page_title": _("Signatures"),
        "header": people.header_of(act, person),
        "signatures": [shown_signatures.shown_signature(one, now[one.treatment], clock) for one in signed],
        "back": back_to(person, treatment_of(request)),
    }
    return render(request, "screening/signatures.html", told)
