"""How an invented person comes through a plan: cleared, planned, and each session held when it was due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from kap.integration.note import Modality, ProgressNote, Rated, Risk
from kap.protocols.definition import SessionKind
from kap.screening.screening import Treatment
from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.facts import Fact
from kap.vocabulary.moments import Instant, Window
from kap.vocabulary.quantities import Mass
from kap_clinic.database.door import acting
from kap_clinic.integration.actions import sign_note
from kap_clinic.measures.actions import enter
from kap_clinic.measures.asking import STAFF, ask
from kap_clinic.people.actions import add_facts, open_chart
from kap_clinic.people.journey import SCREENING
from kap_clinic.plans.actions import hold_session, make_plan
from kap_clinic.plans.queries import SessionLine
from kap_clinic.screening import actions as screening
from kap_clinic.screening.queries import whole_of
from kap_clinic.screening.telling import confirm_history

from . import doses, risk
from .clock import at_clock
from .screening import answers
from .ward import CLOCK, Ward

PROTOCOL = "intensive-5-day"
PRESCRIBER, NURSE, THERAPIST = "Priya Natarajan", "Rosa Marquez", "Daniel Oyelaran"
LEAD = timedelta(days=9)


@dataclass(frozen=True, kw_only=True)
class Told:
    """Somebody invented who came further than their screening.

    Shape: ``scores`` are the answers to the PHQ-9 before a session, ``said`` what was said in a room at which
    minute after the dose, ``ratings`` the disturbance before and after an integration session.
    """

    name: str
    birth: str
    pronouns: str
    sex: str
    weight_kg: int
    scores: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[int, str] = field(default_factory=dict)
    ratings: tuple[int, int] = (7, 3)


def is_new(ward: Ward, told: Told, at: datetime) -> bool:
    """Open somebody's chart at a moment, and say whether their course is still to be told."""
    with at_clock(at):
        open_chart(
            **ward.by("Grace Lindqvist"), id=ward.person(told.name), name=told.name, birth=told.birth,
            sex=told.sex, pronouns=told.pronouns, language="en", stage=SCREENING, site=ward.site,
        )  # fmt: skip
    return not ward.sessions(told.name)


def clear(ward: Ward, told: Told, at: datetime) -> None:
    """Write down what a screening needs, and sign it."""
    person = ward.person(told.name)
    with at_clock(at):
        facts = _facts(told, at.date())
        add_facts(**ward.by(NURSE), person=person, facts=facts, source="Aspen Family Medicine")
        confirm_history(**ward.by(NURSE, "history", told.name), person=person, answers=answers())
        risk.rate(ward, told.name, risk.CALM)
        sign(ward, told.name, at)


def sign(ward: Ward, name: str, at: datetime) -> None:
    """Sign a screening in which nothing is in the way, with the decision to go on."""
    person = ward.person(name)
    with acting(ward.organization, ward.members[PRESCRIBER], "screening.see") as act:
        whole = whole_of(act, person, Treatment(), at, CLOCK)
    screening.sign(
        **ward.by(PRESCRIBER, "signed", name), person=person, treatment=Treatment(),
        decision=screening.GO_ON, words="", seen=screening.fingerprint(whole),
        assessed=whole.standing.screening.not_screened,
    )  # fmt: skip


def plan(ward: Ward, name: str, start_on: date) -> None:
    """Make somebody's plan from the five-day protocol."""
    told = ward.by(PRESCRIBER, "plan", name, person=ward.person(name), protocol=PROTOCOL)
    make_plan(**told, start_on=start_on, site=ward.site)


def begin(ward: Ward, told: Told, start_on: date, noon: datetime) -> None:
    """Clear somebody nine days before their first day, score them, and make the plan a day later.

    Shape: ``noon`` is a moment on the first day.
    """
    clear(ward, told, noon - LEAD)
    score(ward, told, "screening", noon - LEAD)
    with at_clock(noon - LEAD + timedelta(days=1)):
        plan(ward, told.name, start_on)


def walk(ward: Ward, told: Told, until: datetime, *, lot: str, before: str = "") -> None:
    """Hold every session that was due to end by a moment, in time, up to one that is left to be held.

    Shape: ``lot`` names the vial from which the doses are drawn.
    """
    while (line := _next(ward, told.name, until)) is not None and line.session != before:
        began = line.time.opens_at.at
        if line.kind is SessionKind.DOSE:
            dose(ward, told, line, began, lot)
        else:
            score(ward, told, line.session, began - timedelta(hours=1))
            _hold(ward, told, line, began)


def dose(ward: Ward, told: Told, line: SessionLine, began: datetime, lot: str) -> None:
    """Order a dose two hours before it begins, give it, and see it through to the signed note."""
    score(ward, told, line.session, began - timedelta(hours=1))
    with at_clock(began - timedelta(hours=2)):
        doses.order(ward, told.name, line.session)
    room = doses.begin(ward, told.name, line.session, lot, began)
    doses.see_through(ward, room, began, told.said)


def score(ward: Ward, told: Told, session: str, at: datetime) -> None:
    """Enter the PHQ-9 somebody filled in on paper before a session, if they did."""
    if session not in told.scores:
        return
    person, words = ward.person(told.name), ("phq9", told.name, session)
    answers = {str(number): digit for number, digit in enumerate(told.scores[session], start=1)}
    with at_clock(at):
        asked = ward.by(NURSE, *words, person=person, instrument="phq9", filled_by=STAFF)
        ask(**asked)
        enter(**ward.by(NURSE, *words, "sheet"), asked=asked["id"], answers=answers, given_at=at)


def _next(ward: Ward, name: str, until: datetime) -> SessionLine | None:
    waiting = (line for line in ward.sessions(name) if line.is_waiting and line.time.closes_at.at <= until)
    return next(waiting, None)


def _hold(ward: Ward, told: Told, line: SessionLine, began: datetime) -> None:
    ended = began + (line.time.closes_at.at - line.time.opens_at.at)
    with at_clock(ended + timedelta(minutes=5)):
        if line.kind is SessionKind.INTEGRATION:
            note = _note(told, Window(Instant(began), Instant(ended)))
            sign_note(**ward.by(THERAPIST, "progress", str(line.id), session=line.id), note=note)
        else:
            held = ward.by(NURSE, "held", str(line.id), session=line.id)
            hold_session(**held, began_at=began, ended_at=ended)


def _note(told: Told, session: Window) -> ProgressNote:
    before, after = told.ratings
    return ProgressNote(
        session=session,
        modality=Modality.EMDR,
        disturbance=Rated(Decimal(before), Decimal(after)),
        belief=Rated(Decimal(3), Decimal(6)),
        plan="The same target once more before the next dose; sleep and a walk today.",
        risk=Risk.NONE,
    )


def _facts(told: Told, on: date) -> list[Fact]:
    liver: dict[str, Any] = {"unit": UcumUnit("U/L"), "when": on, "upper_limit": Decimal(40)}
    pressure = BloodPressure(Decimal(122), Decimal(78))
    return [
        Fact(what="blood-pressure", value=pressure, when=on, came_from="Observation/bp#value"),
        Fact(what="vital:weight", value=Mass.kg(told.weight_kg), when=on, came_from="Observation/w#value"),
        Fact(what="lab:alt", value=Decimal(24), came_from="Observation/alt#value", **liver),
        Fact(what="lab:ast", value=Decimal(22), came_from="Observation/ast#value", **liver),
    ]
