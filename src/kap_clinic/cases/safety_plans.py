"""A person's safety plan: written with them in versions, each beside the ones before, and given to them.

The parts follow Stanley and Brown's safety planning intervention; the wording is our own. A plan is sealed:
it holds names and telephone numbers of other people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from django.db.models import Max
from django.utils import timezone

from kap.casework.safety import PLAN_GIVEN
from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.sources import Source
from kap_clinic.accounts.queries import names_of
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once
from kap_clinic.keys.sealing import open_text, seal_text
from kap_clinic.people.access import require_chart

from . import crises
from .models import PlanGiven, SafetyPlan

SOURCE: Final = Source(
    citation="Stanley B, Brown GK. Safety planning intervention: a brief intervention to mitigate suicide "
    "risk. Cogn Behav Pract 2012;19:256-264",
    address="10.1016/j.cbpra.2011.01.001",
    read_on=date(2026, 11, 21),
    taken="the six parts and their order, from the abstract; the wording here is our own",
    checked_by="OpenKAP engineering, in a public copy of the abstract",
)
PARTS: Final[Mapping[str, Sentence]] = {
    "signs": sentence("How I notice that it is beginning: thoughts, feelings, places, what I do"),
    "alone": sentence("What I can do by myself to get through it"),
    "among": sentence("People I can be with and places I can go, to think of something else"),
    "ask": sentence("People I can ask for help, with their telephone numbers"),
    "professionals": sentence("Professionals I can call, with their telephone numbers"),
    "means": sentence("How we keep out of reach what I could hurt myself with, and who helps"),
    "reasons": sentence("What is worth living for"),
}
WAYS: Final[Mapping[str, Sentence]] = {
    "paper": sentence("On paper, in their hand"),
    "photo": sentence("They photographed it"),
    "read": sentence("Read aloud on the telephone, and they wrote it down"),
}
_TABLE, _COLUMN = "cases_safetyplan", "text_sealed"
_EMPTY = sentence("Write at least how they notice it, whom they can ask, and how means are kept away.")
_NO_PLAN = sentence("There is no such plan. Write one first.")
_NO_WAY = sentence("Say how the plan was given to them.")
_NEEDED = ("signs", "ask", "means")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One version of a safety plan, opened.

    Missing: a part nobody wrote is not among ``parts``; ``given_at`` is None until it was given.
    """

    id: UUID
    number: int
    parts: Mapping[str, str]
    made_at: datetime
    made_by: str
    given_at: datetime | None


def write_plan(*, organization: UUID, by: Actor, id: UUID, person: UUID, parts: Mapping[str, str]) -> bool:
    """Write a new version of a person's plan; say whether this call did it.

    Raises: Refused.
    """
    with acting(organization, by, "cases.write_plan") as act:
        act.require(Permission.WRITE_SAFETY_PLAN, require_chart(act, person).site_id)
        act.about(id)
        if SafetyPlan.objects.filter(id=id, organization_id=act.organization).exists():
            return False
        said = {name: parts[name].strip() for name in PARTS if parts.get(name, "").strip()}
        if not all(name in said for name in _NEEDED):
            raise Refused(_EMPTY)
        rows = SafetyPlan.objects.filter(organization_id=act.organization, person_id=person)
        last = rows.aggregate(last=Max("number"))["last"] or 0
        SafetyPlan.objects.create(
            id=id, organization_id=act.organization, person_id=person, number=last + 1,
            text_sealed=seal_text(act, json.dumps(said), table=_TABLE, column=_COLUMN, row=id),
            made_at=timezone.now(),
            made_by=by.id,
        )  # fmt: skip
        return True


def give_plan(*, organization: UUID, by: Actor, id: UUID, plan: UUID, how: str) -> None:
    """Record that a plan was given to the client; an open safety case of theirs notes it too.

    Raises: Refused.
    """
    with acting(organization, by, "cases.give_plan") as act:
        found = SafetyPlan.objects.filter(id=plan, organization_id=act.organization).first()
        if found is None:
            raise Refused(_NO_PLAN)
        act.require(Permission.WRITE_SAFETY_PLAN, require_chart(act, found.person_id).site_id)
        if how not in WAYS:
            raise Refused(_NO_WAY)
        act.about(plan)
        said = {"plan_id": plan, "how": how}
        written = once(PlanGiven, id, said, {"given_at": timezone.now(), "given_by": by.id})
        case = crises.open_case_of(act, found.person_id)
        if written.is_new and case is not None:
            words = f"Version {found.number}. {WAYS[how]}."
            crises.note_done(
                organization=organization, by=by, id=uuid5(id, PLAN_GIVEN), case=case, what=PLAN_GIVEN,
                words=words,
            )  # fmt: skip


def newest_plan(act: Acting, person: UUID) -> Plan | None:
    """Return a person's newest plan; None where nobody wrote one.

    Raises: Refused without access to the chart.
    """
    require_chart(act, person)
    rows = SafetyPlan.objects.filter(organization_id=act.organization, person_id=person)
    row = rows.order_by("-number").first()
    if row is None:
        return None
    text = open_text(act, row.text_sealed, table=_TABLE, column=_COLUMN, row=row.id)
    given = PlanGiven.objects.filter(plan_id=row.id).order_by("-given_at").first()
    return Plan(
        id=row.id, number=row.number, parts=json.loads(text), made_at=row.made_at,
        made_by=names_of([row.made_by]).get(row.made_by, ""), given_at=given.given_at if given else None,
    )  # fmt: skip
