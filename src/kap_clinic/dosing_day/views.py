"""The room: one screen for one session, and the parts of it that screens fetch when something changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from kap.monitoring.gate import blocking
from kap.monitoring.session import EVENTS, Left, Phase
from kap.monitoring.vitals import Channel
from kap.people.permissions import Permission
from kap.vocabulary.findings import Finding, Verdict
from kap_clinic.accounts.answers import is_accepted
from kap_clinic.accounts.devices import COOKIE
from kap_clinic.accounts.page import page
from kap_clinic.database.door import Acting
from kap_clinic.database.identity import new_id
from kap_clinic.orders import queries as orders
from kap_clinic.pharmacy import queries as pharmacy
from kap_clinic.pharmacy.queries import SyringeLine
from kap_clinic.plans import queries as plans
from kap_clinic.website.parts import Words
from kap_clinic.website.shown import shown_finding

from . import actions, chart, queries, shown
from .beside import people_beside
from .following import proof_of, require_proof
from .forms import ChecklistForm, GiveForm, LeavingForm, SecondForm, StopForm
from .keypad import VitalsForm
from .queries import SessionFile

WIDE, NARROW, PRINTED = (940, 420), (400, 400), (660, 380)


@dataclass
class Bound:
    """The one form that was sent and not accepted; every other form of the room is fresh."""

    name: str = ""
    form: forms.Form | None = None
    others: dict[str, Any] = field(default_factory=dict)

    def or_else(self, name: str, fresh: forms.Form) -> forms.Form:
        """The form that was sent, where it is this one."""
        return self.form if self.form is not None and self.name == name else fresh


@page("dosing_day.see_room", needs=Permission.SEE_DOSING_DAY)
def room(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Show the room of one session."""
    return show(request, act, session, Bound())


@page("dosing_day.start_page", needs=Permission.CHART_SESSIONS)
def start(request: HttpRequest, act: Acting, planned: UUID) -> HttpResponse:
    """Begin a planned session in one tap, or go to the one it became."""
    known = queries.session_of_planned(act, planned)
    if known is None and request.method == "POST":
        known = UUID(request.POST.get("id", "")) if _is_id(request.POST.get("id", "")) else new_id()
        actions.start(organization=act.organization, by=act.actor, id=known, planned_session=planned)
    return redirect("dosing_day:room", known) if known else redirect("website:day_board")


@require_GET
@page("dosing_day.follow", needs=Permission.SEE_DOSING_DAY)
def since(request: HttpRequest, act: Acting, session: UUID, number: int) -> HttpResponse:
    """Show the parts of the room that follow live, with the entries recorded after one number."""
    require_proof(act, session, request.headers.get("X-Room-Proof", ""))
    file = queries.session_file(act, session)
    return render(request, "dosing_day/live.html", _live(act, file, datetime.now(UTC), after=number))


@require_GET
@page("dosing_day.follow", needs=Permission.SEE_DOSING_DAY)
def tiles(request: HttpRequest, act: Acting, session: UUID) -> HttpResponse:
    """Show the vitals alone: what a device has read since."""
    require_proof(act, session, request.headers.get("X-Room-Proof", ""))
    file = queries.session_file(act, session)
    return render(request, "dosing_day/parts/tiles.html", {"tiles": shown.tiles(file), "file": file})


def show(request: HttpRequest, act: Acting, session: UUID, bound: Bound) -> HttpResponse:
    """Draw the room, with the form that was sent and not accepted in its place."""
    now, file = datetime.now(UTC), queries.session_file(act, session)
    context = {**_live(act, file, now), **_panels(act, file, now, bound), "bound": bound}
    context |= {"page_title": file.person_name, "proof": proof_of(act, session)}
    return render(request, "dosing_day/room.html", context, status=422 if bound.form else 200)


def _live(act: Acting, file: SessionFile, now: datetime, after: int = 0) -> dict[str, Any]:
    points = queries.device_points(file.id)
    order = orders.order_for(act, file.planned)
    due, due_tone = shown.due_in_words(file.due_at, now)
    dose = file.session.doses[-1] if file.session.doses else None
    return {
        "file": file,
        "planned": plans.planned_session(act, file.planned),
        "order": order,
        "dose": dose,
        "dose_minutes": shown.minutes_since(dose.began_at.at, now) if dose else None,
        "due": due,
        "due_tone": due_tone,
        "alarms": sorted(file.session.open_alarms, key=lambda alarm: -alarm.level),
        "tiles": shown.tiles(file),
        "drawings": [
            chart.drawing(file.session, points, now, file.time_zone, width=width, height=height)
            for width, height in (WIDE, NARROW)
        ],
        "readings": _readings(file),
        "has_chart": bool(points or file.session.readings),
        "lines": shown.lines(file, after),
        "may_chart": act.standing.permits(Permission.CHART_SESSIONS, file.site),
        "new_id": new_id,
    }


def _panels(act: Acting, file: SessionFile, now: datetime, bound: Bound) -> dict[str, Any]:
    session, may = file.session, act.standing.permits
    panels: dict[str, Any] = {
        "phase": session.phase.value,
        "events": EVENTS,
        "vitals_form": bound.or_else("vitals", VitalsForm(last=file.newest)),
        "may_give": may(Permission.GIVE_DOSES, file.site),
        "may_let_go": may(Permission.LET_GO, file.site),
        "may_sign": may(Permission.SIGN_SESSION_NOTES, file.site),
        "running": session.running,
    }
    if session.phase in (Phase.ARRIVED, Phase.TIMED_OUT):
        panels |= _before(act, file, now, bound)
    elif session.leaving is None:
        panels |= _after(act, file, now, bound)
    return panels


def _before(act: Acting, file: SessionFile, now: datetime, bound: Bound) -> dict[str, Any]:
    findings = queries.before_the_dose(act, file, now)
    syringe = _syringe(act, file)
    beside = people_beside(act, file.site, Permission.GIVE_DOSES)
    cssrs = queries.cssrs_of_today(act, file.person, file.time_zone, now)
    initial = {"syringe": syringe.told.id} if syringe else {}
    return {
        **_found(findings),
        "checklist_form": bound.or_else("checklist", ChecklistForm(initial=_checked(file), cssrs=cssrs)),
        "time_out_form": bound.or_else("time_out", SecondForm(people=beside)),
        "give_form": bound.or_else("give", GiveForm(people=beside, initial=initial)),
        "syringe": syringe,
    }


def _checked(file: SessionFile) -> dict[str, str]:
    known = file.session.checklist
    found = {
        name: known[name].value for name in ("identity", "consent", "pregnancy", "equipment") if name in known
    }
    if "suicide-risk" in known:
        found["suicide_risk"] = known["suicide-risk"].value
    return found | _companion(file, "companion", "companion")


def _companion(file: SessionFile, item: str, field: str) -> dict[str, str]:
    if item not in file.session.checklist:
        return {}
    kind, _colon, name = file.session.checklist[item].value.partition(": ")
    return {field: "observer" if name else kind, "observer": name}


def new_answers(file: SessionFile, answers: dict[str, str]) -> dict[str, str]:
    """The answers that say something else than what is charted."""
    known = file.session.checklist
    return {item: said for item, said in answers.items() if item not in known or known[item].value != said}


def _syringe(act: Acting, file: SessionFile) -> SyringeLine | None:
    """What was drawn up for this session and is neither given nor wasted; None where nothing is."""
    order = orders.order_for(act, file.planned)
    drawn = pharmacy.syringes_of(act, order.id) if order else []
    return next((line for line in drawn if line.left.amount), None)


def _after(act: Acting, file: SessionFile, now: datetime, bound: Bound) -> dict[str, Any]:
    to = Left.LODGING if file.session.checklist.get("with-whom", None) and _stays(file) else Left.HOME
    findings = queries.before_leaving(file, now, to)
    return {
        **_found(findings),
        "rest": None if file.session.running else _syringe(act, file),
        "leaving_form": bound.or_else("leaving", LeavingForm(initial=_answered(file, to))),
        "stop_form": bound.or_else("stop", StopForm()),
    }


def _found(findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "findings": [shown_finding(one) for one in findings if one.verdict is not Verdict.UNKNOWN],
        "open_items": shown.open_items(findings),
        "open_findings": [shown_finding(one) for one in findings if one.verdict is Verdict.UNKNOWN],
        "is_blocked": bool(blocking(findings)),
    }


def _stays(file: SessionFile) -> bool:
    return file.session.checklist["with-whom"].value.startswith("overnight observer")


def _answered(file: SessionFile, to: Left) -> dict[str, str]:
    known = file.session.checklist
    found = {name: known[name].value for name in ("steady", "instructed") if name in known}
    return {**found, **_companion(file, "with-whom", "with_whom"), "to": to.value}


def _readings(file: SessionFile) -> list[tuple[str, list[Words]]]:
    return [
        (
            shown.clock(one.at.at, file.time_zone),
            [
                one.pressure or "",
                *(one.of(channel) if one.of(channel) is not None else "" for channel in _COLUMNS),
            ],
        )
        for one in reversed(file.session.readings)
    ]


_COLUMNS = (Channel.HEART_RATE, Channel.OXYGEN, Channel.BREATHS, Channel.SEDATION)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def device_of(request: HttpRequest) -> str:
    """The token this browser holds as a device of the clinic; empty where it is none."""
    return request.COOKIES.get(COOKIE, "")


def accepted(
    request: HttpRequest, act: Acting, session: UUID, name: str, form: forms.Form, do: Any
) -> HttpResponse:
    """Do what a form of the room asks and go back to the room; show it again with what was wrong."""
    if is_accepted(form, do):
        return redirect("dosing_day:room", session)
    return show(request, act, session, Bound(name, form))
