"""How far the invented people have been screened: one waits for a clearance, one is ready to be signed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from kap.screening.questions import ToldBy, packaged_history
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.facts import Fact
from kap_clinic.accounts.queries import staff
from kap_clinic.cases.actions import ask_clearance
from kap_clinic.cases.queries import cases_of
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.screening.links import give_link
from kap_clinic.screening.telling import confirm_history, record_missing

OWNER = "Priya Natarajan"
_SAYS_YES = frozenset({"escort"})


def load_screening(organization: UUID, by: Actor, id_of: Any, today: date) -> None:
    """Confirm two histories, ask for one clearance, give one link; again changes nothing."""
    told: dict[str, Any] = {"organization": organization, "by": by}
    ana, ben, miriam = (id_of("client", name) for name in ("Ana Kowalczyk", "Ben Torres", "Miriam Feld"))
    for person in (ana, ben):
        confirm_history(**told, id=id_of("history", str(person)), person=person, answers=answers())
    if _has_no_case(organization, by, ana):
        aspartate = Fact(
            what="lab:ast", value=Decimal(22), unit=UcumUnit("U/L"), when=today, upper_limit=Decimal(40),
            came_from="Observation/ast#value",
        )  # fmt: skip
        for person in (ana, ben):
            record_missing(**told, id=id_of("ast", str(person)), person=person, facts=[aspartate])
        ask_clearance(
            **told, id=id_of("clearance", str(ana)), person=ana, rule="blood-pressure",
            asked_of="primary care", due_on=today + timedelta(days=7), time_zone="America/Denver",
            question="164/96 at the referral. May she be given ketamine?",
            owner=_member(organization, by, OWNER),
        )  # fmt: skip
    give_link(**told, id=id_of("link", str(miriam)), person=miriam, language="en")


def answers() -> dict[str, str]:
    """Return the history of somebody healthy whom an escort brings home."""
    asked = packaged_history().questions
    return {
        link_id: "yes" if link_id in _SAYS_YES else "no"
        for link_id, question in asked.items()
        if question.told_by is ToldBy.CLIENT
    }


def _has_no_case(organization: UUID, by: Actor, person: UUID) -> bool:
    with acting(organization, by, "cases.see_cases") as act:
        return not cases_of(act, person)


def _member(organization: UUID, by: Actor, name: str) -> UUID:
    with acting(organization, by, "accounts.see_staff") as act:
        return next(line.id for line in staff(act, search=name).lines)
