"""Who stands by a client: named, and no longer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting

from . import access, supporters
from .forms import BecauseForm
from .referral_forms import SupporterForm
from .views import ask


@page("people.name_supporter_page", needs=Permission.OPEN_CHARTS)
def name(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask who stands by a client, how to reach them and what they may be told."""
    row = access.person_in(act, person)
    form = SupporterForm(request.POST or None)

    def do() -> None:
        supporters.name_supporter(
            organization=act.organization, by=act.actor, id=form.cleaned_data["id"], person=person,
            named=form.named(),
        )  # fmt: skip

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("Kept. It stands on the chart."))
        return redirect("people:chart", person)
    return ask(
        request,
        title=_("Who stands by {name}?").format(name=row.name),
        text=_("Somebody the client has named, who brings them home, stays overnight or supports them."),
        form=form,
        submit=_("Keep this person"),
        back=reverse("people:chart", args=[person]),
        back_words=row.name,
    )


@page("people.end_support_page", needs=Permission.OPEN_CHARTS)
def end(request: HttpRequest, act: Acting, supporter: UUID) -> HttpResponse:
    """Ask why somebody no longer stands by a client, and record it."""
    found = supporters.supporter_called(act, supporter)
    if found is None:
        raise Http404
    person, called = found
    act.about(supporter, person)
    form = BecauseForm(request.POST or None)

    def do() -> None:
        supporters.end_support(organization=act.organization, by=act.actor, id=supporter, **form.cleaned_data)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("Recorded. They are told nothing any more."))
        return redirect("people:chart", person)
    return ask(
        request,
        title=_("Why does {name} no longer stand by the client?").format(name=called),
        form=form,
        submit=_("Record it"),
        back=reverse("people:chart", args=[person]),
        back_words=_("Chart"),
    )
