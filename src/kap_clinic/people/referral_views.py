"""Referrals: taken with a new chart or into one that is there, their files, and what was told back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import day_of, house_zone
from kap_clinic.database.door import Acting
from kap_clinic.website.asking import Asking, do_or_ask

from . import access, actions, received, referrals, referred
from .enquiry_views import into_a_chart
from .incoming import Who
from .referral_forms import RecordsForm, ReferralForm, ReferredForm, ToldBackForm


@page("people.take_referral_page", needs=Permission.OPEN_CHARTS)
def take(request: HttpRequest, act: Acting) -> HttpResponse:
    """Ask what a letter of referral says, and keep it in a chart, after looking whether there is one."""
    form = ReferredForm(request.POST or None)
    who = None
    if request.method == "POST" and form.is_valid():
        who = Who(name=form.cleaned_data["name"], birth=form.cleaned_data["birth"])

    def do(chart: UUID | None) -> UUID:
        if chart is None:
            actions.open_chart(organization=act.organization, by=act.actor, **form.said())
        person: UUID = chart or form.cleaned_data["id"]
        referrals.take_referral(
            organization=act.organization, by=act.actor, person=person, **form.referral_said()
        )
        return person

    back = (reverse("people:pipeline"), _("Enquiries and referrals"))
    return into_a_chart(request, act, form, who, do, back, title=_("Take a referral"))


@page("people.add_referral_page", needs=Permission.OPEN_CHARTS)
def add(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask who referred somebody who has a chart already."""
    row = access.person_in(act, person)
    form = ReferralForm(request.POST or None)

    def do() -> None:
        referrals.take_referral(
            organization=act.organization, by=act.actor, person=person, **form.referral_said()
        )

    asking = Asking(
        title=_("Who referred {name}?").format(name=row.name), submit=_("Keep this referral"),
        back=reverse("people:chart", args=[person]), back_words=row.name,
    )  # fmt: skip
    return do_or_ask(request, form, do, asking, done=_("The referral is kept."))


@page("people.join_records_page", needs=Permission.OPEN_CHARTS)
def join(request: HttpRequest, act: Acting, referral: UUID) -> HttpResponse:
    """Ask which of the files received about somebody came with their referral."""
    person, referrer = _found(act, referral)
    files = [one for one in received.imports(act, person) if one.written_at]
    zone = house_zone()
    offered = [(str(one.id), f"{one.source}, {day_of(one.received_at, zone)}") for one in files]
    form = RecordsForm(offered, request.POST or None)

    def do() -> None:
        records = [UUID(one) for one in form.cleaned_data["records"]]
        referrals.join_records(
            organization=act.organization, by=act.actor, referral=referral, records=records
        )

    asking = Asking(
        title=_("What came with the referral of {referrer}?").format(referrer=referrer),
        text="" if files else _("No records about this person were received. Bring them in first."),
        submit=_("Keep them with the referral"), **_to_chart(person),
    )  # fmt: skip
    return do_or_ask(request, form, do, asking, done=_("Kept with the referral."))


@page("people.tell_back_page", needs=Permission.OPEN_CHARTS)
def tell_back(request: HttpRequest, act: Acting, referral: UUID) -> HttpResponse:
    """Ask what a referrer was told, and record it."""
    person, referrer = _found(act, referral)
    form = ToldBackForm(request.POST or None)

    def do() -> None:
        referrals.tell_back(
            organization=act.organization, by=act.actor, referral=referral, **form.cleaned_data
        )

    asking = Asking(
        title=_("What was {referrer} told?").format(referrer=referrer),
        text=_("Write down what you told them; OpenKAP sends nothing."),
        submit=_("Record what they were told"), **_to_chart(person),
    )  # fmt: skip
    return do_or_ask(request, form, do, asking, done=_("Recorded beside the referral."))


def _to_chart(person: UUID) -> dict[str, str]:
    return {"back": reverse("people:chart", args=[person]), "back_words": _("Chart")}


def _found(act: Acting, referral: UUID) -> tuple[UUID, str]:
    found = referred.referral_of(act, referral)
    if found is None:
        raise Http404
    act.about(referral, found[0])
    return found
