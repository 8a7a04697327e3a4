"""Enquiries and referrals: the pipeline, sixty seconds at the telephone, and the step into a chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kap.people.permissions import Permission
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_zone, moment_of
from kap_clinic.database.door import Acting

from . import actions, enquiries, listing, shown
from .births import born_in_words
from .duplicates import PossibleDuplicate, Sought, possible_duplicates
from .forms import BecauseForm, ChartForm, EnquiryForm, SiteForm, chart_in, same_person
from .incoming import Who
from .journey import LOST
from .views import ask

CAME_BY: dict[str, Promise] = {
    enquiries.TELEPHONE: gettext_lazy("telephone"),
    enquiries.MAIL: gettext_lazy("e-mail"),
    enquiries.VISIT: gettext_lazy("came in"),
    enquiries.SELF_REFERRAL: gettext_lazy("self-referral page"),
}


@page("people.enquire_page", needs=Permission.TAKE_ENQUIRIES)
def enquire(request: HttpRequest, act: Acting) -> HttpResponse:
    """Ask what somebody says who enquires, and keep it."""
    form = EnquiryForm(request.POST or None)

    def do() -> None:
        enquiries.take_enquiry(organization=act.organization, by=act.actor, **form.said())

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("The enquiry is kept."))
        return redirect("people:enquiry", form.cleaned_data["id"])
    return ask(
        request,
        title=_("New enquiry"),
        text=_("Only the name must be there. Ask the rest as it comes up; it takes a minute."),
        form=form,
        submit=_("Keep this enquiry"),
        back=reverse("people:pipeline"),
        back_words=_("Enquiries and referrals"),
    )


@page("people.see_enquiry", needs=Permission.TAKE_ENQUIRIES)
def enquiry(request: HttpRequest, act: Acting, enquiry: UUID) -> HttpResponse:
    """Show one enquiry: what was said, how to answer, and what to do with it."""
    found, zone = _found(act, enquiry), house_zone()
    line, said = found.line, found.said
    facts = [
        (_("Asked"), f"{moment_of(line.asked_at, zone)}, {CAME_BY.get(line.came_by, line.came_by)}"),
        (_("Taken by"), found.taken_by or _("the public page")),
        (_("Reached at"), found.contact.in_words or _("not given")),
        (_("Birth date"), born_in_words(found.birth) or _("not given")),
        (_("Language"), shown.language_in_words(found.language)),
        (_("Seeks"), said.seeks or _("not said")),
        (_("Heard of us"), found.heard or _("not asked")),
        (_("Travels from"), said.travel or _("not asked")),
        (_("Shares a room"), said.roommate or _("not asked")),
        (_("Kitchen"), said.diet or _("not asked")),
    ]
    shown_here = {"page_title": line.name, "enquiry": found, "facts": facts, "is_lost": line.stage == LOST}
    return render(request, "people/enquiry.html", shown_here)


@page("people.lose_enquiry_page", needs=Permission.TAKE_ENQUIRIES)
def lose(request: HttpRequest, act: Acting, enquiry: UUID) -> HttpResponse:
    """Ask why an enquiry was lost, and record it."""
    found, form = _found(act, enquiry), BecauseForm(request.POST or None)

    def do() -> None:
        enquiries.lose_enquiry(organization=act.organization, by=act.actor, id=enquiry, **form.cleaned_data)

    if request.method == "POST" and is_accepted(form, do):
        messages.success(request, _("Recorded. It can be taken up again at any time."))
        return redirect("people:pipeline")
    return ask(
        request,
        title=_("Why was {name} lost?").format(name=found.line.name),
        form=form,
        submit=_("Record the reason"),
        back=reverse("people:enquiry", args=[enquiry]),
        back_words=found.line.name,
    )


@page("people.take_up_page", needs=Permission.TAKE_ENQUIRIES)
def take_up(request: HttpRequest, act: Acting, enquiry: UUID) -> HttpResponse:
    """Take up a lost enquiry again."""
    if request.method == "POST":
        enquiries.take_up_again(organization=act.organization, by=act.actor, id=enquiry)
        messages.success(request, _("The enquiry waits for an answer again."))
    return redirect("people:enquiry", enquiry)


@page("people.chart_for_page", needs=Permission.OPEN_CHARTS)
def chart_for(request: HttpRequest, act: Acting, enquiry: UUID) -> HttpResponse:
    """Go on with an enquiry in a chart, after looking whether there is one."""
    found, form = _found(act, enquiry), SiteForm(request.POST or None)
    who = Who(name=found.line.name, birth=found.birth)

    def do(chart: UUID | None) -> UUID:
        person: UUID = chart or form.cleaned_data["person"]
        enquiries.chart_for(
            organization=act.organization, by=act.actor, id=enquiry, person=person,
            site=form.cleaned_data["site"],
        )  # fmt: skip
        return person

    back = (reverse("people:enquiry", args=[enquiry]), found.line.name)
    return into_a_chart(request, act, form, who, do, back)


@page("people.open_chart_page", needs=Permission.OPEN_CHARTS)
def open_chart(request: HttpRequest, act: Acting) -> HttpResponse:
    """Ask who a new chart is about, and open it after looking whether there is one."""
    form = ChartForm(request.POST or None)
    who = None
    if request.method == "POST" and form.is_valid():
        who = Who(name=form.cleaned_data["name"], birth=form.cleaned_data["birth"])

    def do(chart: UUID | None) -> UUID:
        if chart is None:
            actions.open_chart(organization=act.organization, by=act.actor, **form.said())
        return chart or form.cleaned_data["id"]

    return into_a_chart(request, act, form, who, do, (reverse("people:list"), _("People")))


def into_a_chart(
    request: HttpRequest, act: Acting, form: forms.Form, who: Who | None,
    do: Callable[[UUID | None], UUID], back: tuple[str, str], title: str = "",
) -> HttpResponse:  # fmt: skip
    """Ask a form that ends in a chart, first showing side by side who may have one already."""
    candidates = _candidates(act, who)
    if candidates and who is not None:
        form.fields["same"] = same_person(who.name, candidates)
        form.full_clean()
    charts: list[UUID] = []

    def go() -> None:
        charts.append(do(chart_in(form.cleaned_data["same"]) if candidates else None))

    is_asked_first = bool(candidates) and "same" not in request.POST
    if is_asked_first:
        # Nobody has left an answer out yet: the question stands on this page for the first time.
        form.errors.pop("same", None)
    elif request.method == "POST" and is_accepted(form, go):
        messages.success(request, _("The chart is open."))
        return redirect("people:chart", charts[0])
    return ask(
        request,
        title=title or (_("Open a chart for {name}").format(name=who.name) if who else _("Open a chart")),
        form=form,
        tables=[shown.candidate_table(who, candidates)] if candidates and who else [],
        submit=_("Open the chart"),
        back=back[0],
        back_words=back[1],
    )


def _candidates(act: Acting, who: Who | None) -> Sequence[PossibleDuplicate]:
    if who is None:
        return ()
    found = possible_duplicates(act, [Sought(name=who.name, birth=who.birth)])[0]
    act.about(*(one.person for one in found))
    return found[:5]


def _found(act: Acting, id: UUID) -> listing.EnquiryFacts:
    found = listing.enquiry(act, id)
    if found is None:
        raise Http404
    act.about(id)
    return found
