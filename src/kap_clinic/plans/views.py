"""A person's plan: its days, and the questions that make, move, hold, miss or stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kap.integration.adherence import adherence
from kap.integration.windows import packaged_windows
from kap.people.permissions import Permission
from kap.protocols.definition import SessionKind
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.planned import PlannedTime
from kap.vocabulary.sentences import sentence
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting
from kap_clinic.organizations import queries as organizations
from kap_clinic.people import queries as people
from kap_clinic.people.journey import ribbon
from kap_clinic.website.asking import Asking, do_or_ask
from kap_clinic.website.parts import Act, Empty

from . import actions, queries, shown
from .forms import HeldForm, MoveForm, PlanForm, WhyForm
from .history import history_of
from .queries import PlanFile, SessionLine

_NOT_HERE = sentence(
    "A dose is recorded in its dosing session, where two people and the safe are part of it."
)


@page("plans.see_plan", needs=Permission.SEE_PLANS)
def plan(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Show one person's plan, day by day, with what was done to it."""
    header, found, at = (
        people.header_of(act, person),
        queries.plan_of(act, person),
        Instant(datetime.now(UTC)),
    )
    may_make = act.standing.permits(Permission.MAKE_PLANS, header.site)
    told: dict[str, Any] = {"page_title": _("Plan"), "header": header, "journey": ribbon(header.stage)}
    if found is None or found.facts.stopped_at is not None:
        told |= {"empty": _no_plan(person, may_make=may_make), "may_make": may_make}
    if found is not None:
        act.about(found.facts.id)
        told |= _told_of(act, found, at)
        told["may_stop"] = may_make and found.facts.stopped_at is None
    return render(request, "plans/plan.html", told)


@page("plans.make_page", needs=Permission.MAKE_PLANS)
def make(request: HttpRequest, act: Acting, person: UUID) -> HttpResponse:
    """Ask from which protocol and which day a plan is made."""
    header = people.header_of(act, person)
    places = [site for site in organizations.sites(with_shared=False) if site.closed_at is None]
    form = PlanForm(request.POST or None, sites=places)

    def do() -> None:
        actions.make_plan(organization=act.organization, by=act.actor, person=person, **form.cleaned_data)

    said = _("The plan is made.")
    return _asked(request, form, do, person, (_("Make the plan"), header.name, said))


@page("plans.move_page", needs=Permission.MOVE_SESSIONS)
def move(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Ask where a session goes, and why."""
    line = queries.planned_session(act, session)
    form = MoveForm(request.POST or None, initial={"on": line.planned_on, "at": line.planned_at})

    def do() -> None:
        told = form.cleaned_data
        actions.move_session(
            organization=act.organization, by=act.actor, id=told["id"], session=session,
            to=PlannedTime(told["on"], told["at"], line.time_zone), because=told["because"],
        )  # fmt: skip

    said = _("Moved, and what hangs on it with it.")
    title = _("Move “{session}”").format(session=line.title)
    return _asked(request, form, do, line.person, (title, line.person_name, said), line)


@page("plans.hold_page", needs=Permission.KEEP_SESSIONS)
def hold(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Ask from when to when a session was held; a dose is never recorded here."""
    line = queries.planned_session(act, session)
    if line.kind is SessionKind.DOSE:
        raise Refused(_NOT_HERE)
    ended = line.time.closes_at.in_zone(line.time_zone).time()
    form = HeldForm(
        request.POST or None, initial={"on": line.planned_on, "began": line.planned_at, "ended": ended}
    )

    def do() -> None:
        told = form.cleaned_data
        actions.hold_session(
            organization=act.organization, by=act.actor, id=told["id"], session=session,
            began_at=moment(told["on"], told["began"], line),
            ended_at=moment(told["on"], told["ended"], line),
        )  # fmt: skip

    title = _("“{session}” was held").format(session=line.title)
    return _asked(request, form, do, line.person, (title, line.person_name, _("Recorded.")), line)


@page("plans.miss_page", needs=Permission.KEEP_SESSIONS)
def miss(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Ask why a session was not held."""
    line = queries.planned_session(act, session)
    form = WhyForm(request.POST or None)

    def do() -> None:
        actions.miss_session(
            organization=act.organization, by=act.actor, session=session, **form.cleaned_data
        )

    title = _("“{session}” was missed").format(session=line.title)
    return _asked(request, form, do, line.person, (title, line.person_name, _("Recorded.")), line)


@page("plans.stop_page", needs=Permission.MAKE_PLANS)
def stop(request: HttpRequest, act: Acting, plan: UUID) -> HttpResponse:
    """Ask why a plan ends here."""
    facts = queries.plan_facts(act, plan)
    header = people.header_of(act, facts.person)
    form = WhyForm(request.POST or None)

    def do() -> None:
        actions.stop_plan(organization=act.organization, by=act.actor, plan=plan, **form.cleaned_data)

    said = _("The plan is stopped. What was held stays held.")
    return _asked(request, form, do, facts.person, (_("Stop the plan"), header.name, said), tone="must")


def moment(day: date, hour: time, line: SessionLine) -> datetime:
    """Return the moment a day and an hour mean at the place of a session."""
    return PlannedTime(day, hour, line.time_zone).instant.at


def _told_of(act: Acting, found: PlanFile, at: Instant) -> dict[str, Any]:
    protocol, facts = found.course.plan.protocol, found.facts
    return {
        "plan": found,
        "protocol": protocol,
        "days": shown.days_of(act, found, at),
        "history": history_of(found),
        "facts": [
            (
                _("Protocol"),
                _("{title}, version {version}").format(title=protocol.about.title, version=facts.version),
            ),
            (_("Where"), organizations.site_names().get(facts.site, "")),
            (_("Clock"), facts.time_zone),
            (_("Made by"), facts.made_by),
            *_integrated(found.sessions, at),
        ],
    }


def _integrated(lines: tuple[SessionLine, ...], at: Instant) -> list[tuple[str, str]]:
    began = [(line.kind, Instant(line.began_at)) for line in lines if line.began_at is not None]
    doses = [moment for kind, moment in began if kind is SessionKind.DOSE]
    rules = packaged_windows()
    held = [moment for kind, moment in began if kind is SessionKind.INTEGRATION]
    found = adherence(doses, held, rules, at)
    if not found.counted:
        return []
    first = rules.windows[0]
    words = ngettext("{n} of {all} dose", "{n} of {all} doses", found.counted).format(
        n=found.within(first.name, rules), all=found.counted
    )
    return [(_("Integrated within {span}").format(span=first.limit.length), words)]


def _no_plan(person: UUID, *, may_make: bool) -> Empty:
    url = reverse("plans:make", args=[person])
    return Empty(
        what=_("There is no plan that goes on."),
        how=_("Once a screening is signed “go on”, a prescriber makes the plan from a protocol."),
        act=Act(_("Make the plan"), url, is_main=True) if may_make else None,
    )


def _asked(
    request: HttpRequest, form: forms.Form, do: Callable[[], None], person: UUID, words: tuple[str, str, str],
    line: SessionLine | None = None, tone: str = "",
) -> HttpResponse:  # fmt: skip
    title, who, said = words
    is_recorded = line is not None and tone == "" and not isinstance(form, MoveForm)
    asking = Asking(
        title=title, back=reverse("plans:plan", args=[person]), back_words=_("The plan"),
        submit=_("Record it") if is_recorded else "", text=shown.planned_in_words(line) if line else "",
        who=who, tone=tone,
    )  # fmt: skip
    return do_or_ask(request, form, do, asking, done=said)
