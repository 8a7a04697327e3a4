"""Two invented people within their five days: one between the doses, one whose window is closing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from kap.integration.note import Modality, ProgressNote, Rated, Risk
from kap.screening.screening import Treatment
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.facts import Fact
from kap.vocabulary.moments import Instant, Window
from kap.vocabulary.zones import zone
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.integration.actions import sign_note
from kap_clinic.people.actions import add_facts, open_chart
from kap_clinic.people.journey import SCREENING
from kap_clinic.plans.actions import hold_session, make_plan
from kap_clinic.plans.queries import sessions_of
from kap_clinic.screening.actions import GO_ON, fingerprint, sign
from kap_clinic.screening.queries import whole_of
from kap_clinic.screening.telling import confirm_history

from .people import REFERRER, Client, facts_of
from .screening import answers

CLOCK = "America/Denver"
TOMAS = Client(
    name="Tomas Lindgren",
    birth="1988-02-11",
    pronouns="he/him",
    sex="male",
    pressure=(122, 78, 1),
    weight_kg=78,
)
NADIA = Client(
    name="Nadia Rahimi",
    birth="1975-08-30",
    pronouns="she/her",
    sex="female",
    pressure=(116, 72, 1),
    weight_kg=64,
)
_CLOSING = timedelta(hours=19)


def load_plans(organization: UUID, by: Actor, id_of: Any, now: datetime) -> None:
    """Load two people with plans, a note, and a window that closes soon; again changes nothing."""
    told: dict[str, Any] = {"organization": organization, "by": by}
    today = now.astimezone(zone(CLOCK)).date()
    began = (now - _CLOSING).replace(minute=0, second=0, microsecond=0)
    if (tomas := _cleared(told, id_of, TOMAS, today)) is not None:
        yesterday = today - timedelta(days=1)
        sessions = _planned(told, id_of, tomas, today - timedelta(days=2))
        _held(told, id_of, sessions["preparation-1"], _at(yesterday - timedelta(days=1), 13, 0), 90)
        _held(told, id_of, sessions["dose-1"], _at(yesterday, 9, 10), 150)
        _noted(told, id_of, sessions["integration-1"], _at(yesterday, 15, 40))
    if (nadia := _cleared(told, id_of, NADIA, today)) is not None:
        dosed_on = began.astimezone(zone(CLOCK)).date()
        sessions = _planned(told, id_of, nadia, dosed_on - timedelta(days=1))
        _held(told, id_of, sessions["preparation-1"], _at(dosed_on - timedelta(days=1), 13, 0), 90)
        _held(told, id_of, sessions["dose-1"], began, 120)


def _cleared(told: dict[str, Any], id_of: Any, client: Client, today: date) -> UUID | None:
    """Open a chart, tell everything and sign; None where that was done before."""
    person = id_of("client", client.name)
    is_new = open_chart(
        **told, id=person, name=client.name, birth=client.birth, sex=client.sex, pronouns=client.pronouns,
        language="en", stage=SCREENING,
    )  # fmt: skip
    if not is_new:
        return None
    aspartate = Fact(
        what="lab:ast", value=Decimal(22), unit=UcumUnit("U/L"), when=today, upper_limit=Decimal(40),
        came_from="Observation/ast#value",
    )  # fmt: skip
    add_facts(**told, person=person, facts=[*facts_of(client, today), aspartate], source=REFERRER)
    confirm_history(**told, id=id_of("history", str(person)), person=person, answers=answers())
    with acting(told["organization"], told["by"], "screening.see") as act:
        whole = whole_of(act, person, Treatment(), datetime.now(zone(CLOCK)), CLOCK)
    sign(
        **told, id=id_of("signature", str(person)), person=person, treatment=Treatment(), decision=GO_ON,
        words="", seen=fingerprint(whole), assessed=whole.standing.screening.not_screened,
    )  # fmt: skip
    return UUID(str(person))


def _planned(told: dict[str, Any], id_of: Any, person: UUID, start_on: date) -> dict[str, UUID]:
    make_plan(
        **told, id=id_of("plan", str(person)), person=person, protocol="intensive-5-day", start_on=start_on,
        site=id_of("Cedar House Retreats", "Cedar House"), has_begun=True,
    )  # fmt: skip
    with acting(told["organization"], told["by"], "plans.see_plan") as act:
        return {line.session: line.id for line in sessions_of(act, person)}


def _held(told: dict[str, Any], id_of: Any, session: UUID, began: datetime, minutes: int) -> None:
    ended = began + timedelta(minutes=minutes)
    hold_session(**told, id=id_of("held", str(session)), session=session, began_at=began, ended_at=ended)


def _noted(told: dict[str, Any], id_of: Any, session: UUID, began: datetime) -> None:
    note = ProgressNote(
        session=Window(Instant(began), Instant(began + timedelta(minutes=75))),
        modality=Modality.EMDR,
        disturbance=Rated(Decimal(8), Decimal(3)),
        belief=Rated(Decimal(2), Decimal(5)),
        plan="The same target before the second dose; walk in the morning.",
        risk=Risk.NONE,
    )
    sign_note(**told, id=id_of("note", str(session)), session=session, note=note)


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), zone(CLOCK))
