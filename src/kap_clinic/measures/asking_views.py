"""Forms are asked, links given and taken back, schedules begun and stopped: one question a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid5

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.instruments.definition import AnsweredBy, Instrument
from kap.instruments.loading_schedules import schedule
from kap.instruments.shelf import library
from kap.people.permissions import Permission
from kap.vocabulary.zones import zone
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_zone, moment_of
from kap_clinic.database.door import Acting
from kap_clinic.on_call.queries import may_send_safety_forms
from kap_clinic.people.access import person_in
from kap_clinic.people.queries import ChartHeader, header_in, may_see_facts
from kap_clinic.people.shown import language_in_words
from kap_clinic.website import asking as website

from . import asked, following, links
from .asking import LINK, RATER, ask
from .forms import AskForm, FollowForm, LinkForm
from .timing import offered
from .tokens import address_of


@page("measures.ask_page", needs=Permission.ASK_MEASURES)
def ask_forms(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask which forms to ask, and how they are filled in; a link is made for those that go by link."""
    row = _person(act, person)
    begun = {"how": LINK, "instruments": request.GET.getlist("form")}
    form = AskForm(request.POST or None, initial=begun, offered=_library())

    def do() -> None:
        said = form.cleaned_data
        for name in said["instruments"]:
            is_rated = library()[name].about.answered_by is AnsweredBy.CLINICIAN
            ask(
                organization=act.organization, by=act.actor, id=uuid5(said["id"], name), person=person,
                instrument=name, filled_by=RATER if is_rated else said["how"],
            )  # fmt: skip
        if said["how"] == LINK and any(_is_sent(name) for name in said["instruments"]):
            links.give_link(
                organization=act.organization, by=act.actor, id=said["id"], person=person,
                language=links.page_language(row.language),
            )  # fmt: skip

    if request.method == "POST" and is_accepted(form, do):
        said = form.cleaned_data
        if said["how"] == LINK and any(_is_sent(name) for name in said["instruments"]):
            return redirect("measures:given", person, said["id"])
        messages.success(request, _("Asked. What is to be filled in here waits below."))
        return redirect(_back(act, row))
    return _ask(request, act, row, form, (_("Ask forms"), _("Ask these forms")), _before_asking(act, row))


def _before_asking(act: Acting, row: ChartHeader) -> str:
    """What to know first: whether a safety answer is heard now, and in which language the words are."""
    hearing = may_send_safety_forms(act, datetime.now(UTC), row.site).why.rendered(_)
    text = _("A form with a question about suicide goes by link only while it is heard. {now}").format(
        now=hearing
    )
    if row.language in ("", "en"):
        return text
    lack = _(
        "This client reads {language}. A form without official words in it is read in English: together."
    )
    return f"{text} {lack.format(language=language_in_words(row.language))}"


@page("measures.give_link_page", needs=Permission.ASK_MEASURES)
def give(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Make a new link to what is asked of a client; the one given before stops working."""
    row = _person(act, person)
    form = LinkForm(request.POST or None, initial={"language": links.page_language(row.language)})

    def do() -> None:
        links.give_link(organization=act.organization, by=act.actor, person=person, **form.cleaned_data)

    if request.method == "POST" and is_accepted(form, do):
        return redirect("measures:given", person, form.cleaned_data["id"])
    text = _("It opens what is asked of this client by link, without an account. The link before it closes.")
    return _ask(request, act, row, form, (_("Give a link to the forms"), _("Make the link")), text)


@page("measures.see_link", needs=Permission.ASK_MEASURES)
def given(request: HttpRequest, act: Acting, person: UUID, link: UUID) -> HttpResponse:
    """Show a link, to be handed to the client."""
    row, clock = _person(act, person), house_zone()
    act.about(link)
    found = next((one for one in asked.links_of(act, person, datetime.now(UTC)) if one.id == link), None)
    if found is None:
        raise Http404
    told = {
        "page_title": _("The link to the forms"),
        "address": address_of(act.organization, link) if found.state == "open" else "",
        "until": moment_of(found.expires_at, clock),
        "link": found,
        "who": row.name,
        "person": person,
        "back": _back(act, row),
    }
    return render(request, "measures/link.html", told)


@page("measures.withdraw_link_page", needs=Permission.ASK_MEASURES)
def withdraw_link(request: HttpRequest, act: Acting, person: UUID, link: UUID) -> HttpResponse:
    """Ask whether to take a link back."""
    row = _person(act, person)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> None:
        links.withdraw_link(organization=act.organization, by=act.actor, id=link)

    text = _("The link stops working at once. Answers that were given stay, and the forms still wait.")
    words = (_("Take this link back?"), _("Take the link back"))
    done = _("The link no longer works. Answers that were given stay.")
    return _do_or_ask(request, act, row, form, do, words, text, done)


@page("measures.follow_page", needs=Permission.ASK_MEASURES)
def follow(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask which schedule a client follows, from when, and where they are."""
    row, clock = _person(act, person), house_zone()
    today = datetime.now(UTC).astimezone(zone(clock)).date()
    begun = {"schedule_id": offered()[0][0], "starts_on": today, "time_zone": clock}
    form = FollowForm(request.POST or None, initial=begun, offered=offered())

    def do() -> None:
        following.follow(organization=act.organization, by=act.actor, person=person, **form.cleaned_data)

    text = _(
        "Its forms are asked in their time, before and after each dose, and the client is written to by day."
    )
    words = (_("Follow a schedule"), _("Follow this schedule"))
    return _do_or_ask(request, act, row, form, do, words, text, _("The schedule runs."))


@page("measures.stop_following_page", needs=Permission.ASK_MEASURES)
def stop_following(request: HttpRequest, act: Acting, person: UUID, followed: UUID) -> HttpResponse:
    """Ask whether to stop a schedule."""
    row = _person(act, person)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> None:
        following.stop_following(organization=act.organization, by=act.actor, id=followed)

    text = _("Nothing more is asked by it. What was asked already stays asked.")
    words = (_("Stop this schedule?"), _("Stop the schedule"))
    return _do_or_ask(request, act, row, form, do, words, text, _("The schedule has stopped."))


def _do_or_ask(
    request: HttpRequest, act: Acting, row: ChartHeader, form: forms.Form, do: Callable[[], None],
    words: tuple[str, str], text: str, done: str,
) -> HttpResponse:  # fmt: skip
    return website.do_or_ask(request, form, do, _asking(act, row, words, text), done=done)


def _ask(
    request: HttpRequest, act: Acting, row: ChartHeader, form: forms.Form, words: tuple[str, str], text: str
) -> HttpResponse:
    return website.ask(request, form, _asking(act, row, words, text))


def _asking(act: Acting, row: ChartHeader, words: tuple[str, str], text: str) -> website.Asking:
    return website.Asking(
        title=words[0], submit=words[1], back=_back(act, row), back_words=_("Back"), text=text, who=row.name
    )  # fmt: skip


def _person(act: Acting, person: UUID) -> ChartHeader:
    row = person_in(act, person)
    act.require(Permission.ASK_MEASURES, row.site_id)
    return header_in(row)


def _back(act: Acting, row: ChartHeader) -> str:
    """The forms of this person, for those who may see them; else the chart."""
    may = act.standing.permits(Permission.SEE_MEASURES) and may_see_facts(act, row.id)
    return reverse("measures:person" if may else "people:chart", args=[row.id])


def _is_sent(name: str) -> bool:
    return library()[name].about.answered_by is AnsweredBy.CLIENT


def _library() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every form of the library: those of schedules, others we may show, rated ones, those we only score."""
    often = {form for id, _title in offered() for one in schedule(id).rounds for form in one.forms}
    groups: dict[str, list[tuple[str, str]]] = {
        words: []
        for words in (_("In our schedules"), _("More forms"), _("Rated by a clinician"), _("Score only"))
    }
    for name, one in sorted(library().items(), key=lambda pair: pair[1].about.title):
        words = _("{title}, {minutes} min").format(title=one.about.title, minutes=one.about.minutes)
        groups[_group(one, is_often=name in often)].append((name, words))
    return list(groups.items())


def _group(one: Instrument, *, is_often: bool) -> str:
    if not one.has_wording:
        return _("Score only")
    if one.about.answered_by is AnsweredBy.CLINICIAN:
        return _("Rated by a clinician")
    return _("In our schedules") if is_often else _("More forms")
