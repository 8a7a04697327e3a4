"""The roster's pages: who is on call, a duty put or handed over, test, drill; and where messages lead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kap.people.permissions import Permission
from kap.people.roles import permits
from kap.vocabulary.zones import zone
from kap_clinic.accounts import queries as staff
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.page import page
from kap_clinic.accounts.shown import house_zone
from kap_clinic.cases.crises import start_drill
from kap_clinic.database.door import Acting
from kap_clinic.organizations.queries import sites
from kap_clinic.website.asking import Asking, do_or_ask

from . import actions, attempts, coverage, queries, shown
from .channels import channels_of
from .forms import DrillForm, DutyForm, HandOverForm, first_days, from_now

AHEAD = timedelta(days=14)


@page("on_call.see_roster", needs=Permission.SEE_ROSTER)
def roster(request: HttpRequest, act: Acting) -> HttpResponse:
    """Show who is on call now and next, what is not covered, and how the ways out were tested."""
    now, clock = datetime.now(UTC), house_zone()
    until = now + AHEAD
    told = {
        "page_title": _("On call"),
        "now": shown.now_on_duty(queries.on_duty(act, now), clock),
        "hearing": queries.may_send_safety_forms(act, now),
        "gaps": shown.gap_needs(coverage.gaps(act, now, until), now, clock, until),
        "table": shown.duties_table(queries.duties(act, now, until), act, now, clock),
        "channels": shown.channels_table(channels_of(settings.ENVIRONMENT)),
        "tests": shown.tests_table(queries.daily_tests(act), clock),
        "may_keep": act.standing.permits(Permission.KEEP_ROSTER),
        "may_drill": act.standing.permits(Permission.RUN_DRILL),
    }
    return render(request, "on_call/roster.html", told)


@page("on_call.put_on_call_page", needs=Permission.KEEP_ROSTER)
def put(request: HttpRequest, act: Acting) -> HttpResponse:
    """Ask who is on call, and from when until when."""
    clock = house_zone()
    initial = first_days(datetime.now(UTC).astimezone(zone(clock)).date())
    places = [(one.id, one.name) for one in sites(with_shared=False)]
    form = DutyForm(request.POST or None, people=_people(act), sites=places, initial=initial)

    def do() -> None:
        actions.put_on_call(organization=act.organization, by=act.actor, **form.said(clock))

    text = _("Times are by the clock of the house ({zone}).").format(zone=clock)
    return _asked(request, form, do, _("Put somebody on call"), text)


@page("on_call.hand_over_duty_page", needs=Permission.SEE_ROSTER)
def hand_over(request: HttpRequest, act: Acting, duty: UUID) -> HttpResponse:
    """Ask who has the rest of a duty."""
    found = _duty(act, duty)
    people = [(id, name) for id, name in _people(act) if id != found.somebody.member]
    clock = house_zone()
    initial = from_now(max(datetime.now(UTC), found.starts_at).astimezone(zone(clock)))
    form = HandOverForm(request.POST or None, people=people, initial=initial)

    def do() -> None:
        actions.hand_over(organization=act.organization, by=act.actor, duty=duty, **form.said(clock))

    text = _("{name} is on call until {time}. From the moment you give it is whoever you choose.").format(
        name=found.somebody.name, time=shown.moment(found.until, clock)
    )
    return _asked(request, form, do, _("Hand the duty over"), text)


@page("on_call.end_duty_page", needs=Permission.SEE_ROSTER)
def end(request: HttpRequest, act: Acting, duty: UUID) -> HttpResponse:
    """Ask whether a duty is to end now."""
    found = _duty(act, duty)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> None:
        actions.end_duty(organization=act.organization, by=act.actor, duty=duty)

    text = _("{name} will not be called any more. If nobody else is on call, that is a gap.").format(
        name=found.somebody.name
    )
    return _asked(request, form, do, _("End this duty"), text, tone="must")


@page("on_call.send_test_page", needs=Permission.KEEP_ROSTER)
def test(request: HttpRequest, act: Acting) -> HttpResponse:
    """Ask whether a test is to be sent now."""
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> None:
        channels = channels_of(settings.ENVIRONMENT)
        actions.send_test(organization=act.organization, by=act.actor, channels=channels)

    text = _("Whoever is on call and backup gets a message now, and is asked to answer that it came.")
    return _asked(request, form, do, _("Send a test now"), text)


@page("on_call.start_drill_page", needs=Permission.RUN_DRILL)
def drill(request: HttpRequest, act: Acting) -> HttpResponse:
    """Ask what is practiced, and start a drill."""
    form = DrillForm(request.POST or None)

    def do() -> None:
        start_drill(organization=act.organization, by=act.actor, **form.cleaned_data)

    text = _(
        "Everybody the ladder names is really called, and every message says DRILL. It ends when somebody "
        "takes it, and its times are kept."
    )
    back = reverse("cases:list")
    return _asked(request, form, do, _("Start a drill"), text, done=back)


@page("on_call.answer_test_page", needs=Permission.SEE_ROSTER)
def answer(request: HttpRequest, act: Acting, message: UUID) -> HttpResponse:
    """Ask whether a test message came."""
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> None:
        actions.answer_test(organization=act.organization, by=act.actor, message=message)

    return _asked(request, form, do, _("The test message came"), _("Press the button, and you are done."))


@page("on_call.open_call", needs=Permission.SEE_CASES)
def call(request: HttpRequest, act: Acting, message: UUID) -> HttpResponse:
    """Lead from a message to the case it called about."""
    case = attempts.case_of(act, message)
    if case is None:
        raise Http404
    act.about(case)
    return redirect("cases:case", case)


def _asked(
    request: HttpRequest, form: forms.Form, do: Callable[[], None], words: str, text: str, *, tone: str = "",
    done: str = "",
) -> HttpResponse:  # fmt: skip
    asking = Asking(
        title=words, back=reverse("on_call:roster"), back_words=_("On call"), text=text, tone=tone
    )
    if done and request.method == "POST" and is_accepted(form, do):
        return redirect(done)
    return do_or_ask(request, form, do, asking, done=_("Done."))


def _people(act: Acting) -> list[tuple[UUID, str]]:
    """Whoever may take a case."""
    lines = staff.staff(act, limit=queries.EVERYBODY).lines
    return [(one.id, one.name) for one in lines if permits(frozenset(one.roles), Permission.WORK_CASES)]


def _duty(act: Acting, duty: UUID) -> queries.DutyLine:
    found = queries.duty(act, duty)
    if found is None:
        raise Http404
    act.about(duty)
    if found.somebody.member != act.actor.id:
        act.require(Permission.KEEP_ROSTER)
    return found
