"""One invented dose from its order to the note: signed, drawn up by two, given, watched, let go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from kap.monitoring.session import Left
from kap.vocabulary.quantities import Concentration, DosePerWeight, Volume
from kap.vocabulary.spans import Span
from kap_clinic.database.door import acting
from kap_clinic.dosing_day import actions as room
from kap_clinic.dosing_day import giving, notes
from kap_clinic.dosing_day.queries import session_file
from kap_clinic.orders.actions import fingerprint, release_order, sign_order
from kap_clinic.orders.proposing import Wish, proposal_for
from kap_clinic.orders.queries import order_for
from kap_clinic.pharmacy.actions import draw_up, to_draw

from .clock import at_clock
from .vitals import by_hand
from .ward import CLOCK, Ward

PRESCRIBER, NURSE, SECOND = "Priya Natarajan", "Rosa Marquez", "Tom Akers"
STRENGTH = Concentration.mg_per_ml(50)
CHECKED = {
    "identity": "yes", "consent": "yes", "companion": "escort", "pregnancy": "cannot become pregnant",
    "suicide-risk": "none", "equipment": "yes",
}  # fmt: skip
NIGHT = "Ida Moreno"
AT_LEAVING = {"steady": "yes", "instructed": "yes", "with-whom": f"overnight observer: {NIGHT}"}
_FASTED = timedelta(hours=9)
_COURSE = (10, 20, 30, 40, 55, 70, 85, 100)
RUNS = timedelta(minutes=40)


def order(ward: Ward, name: str, session: str) -> UUID:
    """Sign an order of 0.5 mg/kg over 40 minutes for a session, and release it; return its id."""
    line = ward.session(name, session)
    wish = Wish(amount=DosePerWeight.mg_per_kg("0.5"))
    with acting(ward.organization, ward.members[PRESCRIBER], "orders.propose_page") as act:
        seen = fingerprint(proposal_for(act, line, wish, timezone.now()))
    told = ward.by(PRESCRIBER, "order", name, session)
    drip: dict[str, Any] = {"over": Span.minutes(40), "made_up_to": Volume.ml(50)}
    sign_order(**told, session=line.id, wish=wish, seen=seen, **drip)
    release_order(**ward.by(PRESCRIBER, "released", name, session), order=told["id"])
    return told["id"]


def draw(ward: Ward, name: str, session: str, lot: str) -> UUID:
    """Draw up what was ordered from a vial, two people reading the label; return the syringe's id."""
    line = ward.session(name, session)
    with acting(ward.organization, ward.members[NURSE], "pharmacy.draw_up_page") as act:
        ordered = order_for(act, line.id)
        assert ordered is not None, "it was signed just now"
        drawn = to_draw(act, ordered, STRENGTH).drawn
    told = ward.by(NURSE, "drawn", name, session)
    draw_up(
        **told, order=ordered.id, container=ward.id_of("vial", lot), label=STRENGTH, drawn=drawn,
        second=ward.second(SECOND),
    )  # fmt: skip
    return told["id"]


def begin(ward: Ward, name: str, session: str, lot: str, at: datetime) -> UUID:
    """Let a session begin so that its dose begins at this moment, and give it; return the session's id."""
    with at_clock(at - timedelta(minutes=25)):
        told = ward.by(NURSE, "room", name, session, planned_session=ward.session(name, session).id)
        room.start(**told)
        id = told["id"]
        fasted = (at - _FASTED).isoformat()
        answers = {**CHECKED, "ate-at": fasted, "drank-at": fasted}
        room.answer(**ward.by(NURSE, "checked", name, session, session=id, answers=answers))
    with at_clock(at - timedelta(minutes=20)):
        take(ward, id, -20)
    with at_clock(at - timedelta(minutes=12)):
        syringe = draw(ward, name, session, lot)
    with at_clock(at - timedelta(minutes=2)):
        giving.time_out(**ward.by(NURSE, "time-out", str(id), session=id, second=ward.second(SECOND)))
    with at_clock(at):
        second = ward.second(SECOND)
        giving.give(**ward.by(NURSE, "given", str(id), session=id, syringe=syringe, second=second))
    return id


def take(ward: Ward, session: UUID, minutes: int) -> None:
    """Take a set of vital signs by hand, this many minutes after the dose began."""
    told = ward.by(NURSE, "vitals", str(session), str(minutes), session=session, numbers=by_hand(minutes))
    room.take_vitals(**told, is_by_voice=minutes > _COURSE[3], is_confirmed=True)


def see_through(ward: Ward, session: UUID, at: datetime, said: Mapping[int, str]) -> None:
    """See a session through from its dose to the signed note; ``said`` is what they said, and when."""
    for minutes in _COURSE:
        with at_clock(at + timedelta(minutes=minutes)):
            take(ward, session, minutes)
            if minutes in said:
                told = ward.by(NURSE, "said", str(session), str(minutes), session=session)
                room.note_event(**told, what="words", words=said[minutes])
            if minutes == _COURSE[3]:
                end(ward, session)
    with at_clock(at + timedelta(minutes=104)):
        leave(ward, session)
    with at_clock(at + timedelta(minutes=110)):
        _sign(ward, session)


def end(ward: Ward, session: UUID) -> None:
    """Record that the dose has run in, and that they rest now."""
    with acting(ward.organization, ward.members[NURSE], "dosing_day.see_room") as act:
        [dose] = session_file(act, session).session.doses
    room.end_dose(**ward.by(NURSE, "ended", str(session), session=session, dose=dose.id))
    room.move_to_recovery(**ward.by(NURSE, "resting", str(session), session=session))


def leave(ward: Ward, session: UUID) -> None:
    """Answer what is asked before somebody leaves, and let them go to their lodging."""
    room.answer(**ward.by(NURSE, "leaving", str(session), session=session, answers=AT_LEAVING))
    told = ward.by(NURSE, "left", str(session), session=session, to=Left.LODGING)
    room.let_go(**told, companion=f"{NIGHT} stays overnight")


def _sign(ward: Ward, session: UUID) -> None:
    with acting(ward.organization, ward.members[NURSE], "dosing_day.see_note") as act:
        seen = notes.fingerprint(notes.assembled(session_file(act, session).session, CLOCK))
    told = ward.by(NURSE, "note", str(session), session=session, seen=seen)
    notes.sign(**told, time_zone=CLOCK)
