"""What is done to a safety case: opened, raised, taken, noted, closed by a named person; and its drills.

A person has one open safety case: it is found and locked, or opened, in the transaction of what raised it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from kap.casework.case import Case as CaseState
from kap.casework.kind import CaseKind
from kap.casework.safety import ACKNOWLEDGED, CRISIS, CRISIS_DRILL, RISING, SAFETY_KINDS, is_worse
from kap.casework.work import Act, attempt, case_from, closing, handing_over, noting, opening, raising
from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.sealed import entries_in
from kap_clinic.on_call import queries as on_call
from kap_clinic.people.access import person_in

from . import store
from .actions import require_site
from .models import Case, CaseEntry

ASKED_OF = "whoever is on call"
_OWNER, _WHY = "owner", "why"

_NO_WHY = sentence("Say in a few words what happened, so that whoever is called can begin.")
_NO_STAFF = sentence("Nobody works here who could own the case. Invite somebody first.")
_NOT_SAFETY = sentence("This case is not about safety; answer it on its own page.")
_BY_A_PERSON = sentence("Only a person closes a safety case.")
_NO_WORDS = sentence("Say in a few words how it ended, for whoever reads this next.")


def open_crisis(*, organization: UUID, by: Actor, id: UUID, person: UUID, why: str) -> UUID:
    """Open a crisis for a client, or raise their safety case to one; return the case.

    Raises: Refused.
    """
    with acting(organization, by, "cases.open_crisis") as act:
        act.require(Permission.OPEN_CRISIS, person_in(act, person).site_id)
        if not why.strip():
            raise Refused(_NO_WHY)
        return open_or_raise(act, id=id, person=person, kind=CRISIS, why=why.strip(), at=timezone.now())


def start_drill(*, organization: UUID, by: Actor, id: UUID, why: str) -> UUID:
    """Open a drill: the whole ladder is climbed and every message says DRILL.

    Raises: Refused.
    """
    with acting(organization, by, "cases.start_drill") as act:
        act.require(Permission.RUN_DRILL)
        return _open(act, id, None, CRISIS_DRILL, why.strip(), timezone.now())


def open_or_raise(
    act: Acting, *, id: UUID, person: UUID | None, kind: CaseKind, why: str, at: datetime
) -> UUID:
    """Open a safety case of this kind, or raise the open one to it; what is no worse is noted in it.

    The same id again changes nothing.
    """
    known = store.case_with(act, (id, uuid5(id, _WHY)))
    if known is not None:
        return known
    row = _open_case(act, person, kind)
    if row is None:
        try:
            with transaction.atomic():
                return _open(act, id, person, kind, why, at)
        except IntegrityError:
            # Another answer opened it a moment ago.
            row = _open_case(act, person, kind)
            if row is None:
                raise
    return _raise(act, row, id, kind, why, at)


def is_known(act: Acting, id: UUID) -> bool:
    """Say whether what has this id has opened, raised or been noted in a case before."""
    return store.case_with(act, (id, uuid5(id, _WHY))) is not None


def was_of_a_closed_case(act: Acting, id: UUID) -> bool:
    """Say whether what has this id opened, raised or was noted in a case that is closed by now."""
    known = store.case_with(act, (id, uuid5(id, _WHY)))
    if known is None:
        return False
    rows = Case.objects.filter(id=known, organization_id=act.organization, closed_at__isnull=False)
    return bool(rows.exists())


def open_case_of(act: Acting, person: UUID) -> UUID | None:
    """Return a person's open safety case; None where there is none."""
    row = _open_case(act, person, CRISIS)
    return None if row is None else row.id


def take(*, organization: UUID, by: Actor, id: UUID, case: UUID) -> None:
    """Take a case: calls stop climbing, and whoever takes it owns it.

    Raises: Refused.
    """
    with acting(organization, by, "cases.take_case") as act:
        act.require(Permission.WORK_CASES)
        row, rows = _locked(act, case)
        state = store.state_before(rows, id)
        now = timezone.now()
        if not store.add(act, case, rows, noting(_act(id, by, now), state, ACKNOWLEDGED)):
            return
        row.taken_at, row.taken_by = now, by.id
        if state.owner != str(by.id):
            rows = store.rows_of(case)
            entry = handing_over(_act(uuid5(id, _OWNER), by, now), state, str(by.id))
            store.add(act, case, rows, entry)
            row.owner_id = by.id
        row.save()
        announce(act, "cases", case)


def note_done(*, organization: UUID, by: Actor, id: UUID, case: UUID, what: str, words: str = "") -> None:
    """Note something as done in a safety case.

    Raises: Refused.
    """
    with acting(organization, by, "cases.note_done") as act:
        act.require(Permission.WORK_CASES)
        _, rows = _locked(act, case)
        state = store.state_before(rows, id)
        if store.add(act, case, rows, noting(_act(id, by, timezone.now()), state, what, words)):
            announce(act, "cases", case)


def close_safety_case(
    *, organization: UUID, by: Actor, id: UUID, case: UUID, outcome: str, said_by: str, answer: str
) -> None:
    """Close a safety case with an outcome, naming who judged it.

    Raises: Refused.
    """
    with acting(organization, by, "cases.close_safety_case") as act:
        act.require(Permission.CLOSE_CRISIS)
        if act.standing.is_program:
            raise Refused(_BY_A_PERSON)
        if not answer.strip():
            raise Refused(_NO_WORDS)
        row, rows = _locked(act, case)
        now = timezone.now()
        entry = closing(_act(id, by, now), store.state_before(rows, id), outcome, said_by)
        if store.add(act, case, rows, entry):
            row.outcome, row.said_by, row.answer = outcome, said_by.strip(), answer.strip()
            row.closed_at, row.closed_by = now, by.id
            row.save()
            announce(act, "cases", case)


def tell(act: Acting, case: UUID, id: UUID, how: str, at: datetime) -> None:
    """Write into a safety case what a program tried, such as a call it made.

    Raises: Refused when it is closed meanwhile.
    """
    row, rows = _locked(act, case)
    if store.add(act, case, rows, attempt(_act(id, act.actor, at), store.state_before(rows, id), how)):
        row.tries += 1
        row.save(update_fields=["tries"])
        announce(act, "cases", case)


def stands(act: Acting, case: UUID) -> CaseState:
    """Return a safety case as its history tells it, locked until the transaction ends.

    Raises: Refused.
    """
    return case_from(entries_in(_locked(act, case)[1]))


def _open_case(act: Acting, person: UUID | None, kind: CaseKind) -> Case | None:
    kinds = [one.id for one in RISING] if kind in RISING else [kind.id]
    rows = Case.objects.select_for_update().filter(
        organization_id=act.organization, kind__in=kinds, closed_at__isnull=True
    )
    rows = rows.filter(person__isnull=True) if person is None else rows.filter(person_id=person)
    return rows.order_by("opened_at", "id").first()


def _open(act: Acting, id: UUID, person: UUID | None, kind: CaseKind, why: str, at: datetime) -> UUID:
    act.about(id)
    site = None if person is None else person_in(act, person).site_id
    owner = on_call.first_to_own(act, at, site, kind.first_called)
    if owner is None:
        raise Refused(_NO_STAFF)
    due_at = _due(kind, at)
    said = {
        "kind": kind.id, "person_id": person, "asked_of": ASKED_OF, "question": why, "owner_id": owner,
        "opened_at": at, "opened_by": act.actor.id, "due_at": due_at.at,
    }  # fmt: skip
    Case.objects.create(id=id, organization_id=act.organization, **said)
    store.add(act, id, [], opening(_act(id, act.actor, at), kind, due_at, str(owner)))
    announce(act, "cases", id)
    return id


def _raise(act: Acting, row: Case, id: UUID, kind: CaseKind, why: str, at: datetime) -> UUID:
    act.about(row.id)
    rows = store.rows_of(row.id)
    state = store.state_before(rows, id)
    store.add(act, row.id, rows, attempt(_act(uuid5(id, _WHY), act.actor, at), state, why))
    row.tries += 1
    if is_worse(kind, state.kind):
        due_at = _due(kind, at)
        store.add(act, row.id, store.rows_of(row.id), raising(_act(id, act.actor, at), state, kind, due_at))
        row.kind, row.question, row.raised_at, row.due_at = kind.id, why, at, due_at.at
        row.taken_at = row.taken_by = None
    row.save()
    announce(act, "cases", row.id)
    return row.id


def _locked(act: Acting, case: UUID) -> tuple[Case, list[CaseEntry]]:
    row = store.locked(act, case)
    if row.kind not in {kind.id for kind in SAFETY_KINDS}:
        raise Refused(_NOT_SAFETY)
    require_site(act, row.person_id)
    return row, store.rows_of(case)


def _due(kind: CaseKind, at: datetime) -> Instant:
    assert kind.lasts is not None, f"{kind.id}: a safety case says how long it may take"
    return Instant(at).plus(kind.lasts)


def _act(id: UUID, by: Actor, now: datetime) -> Act:
    at = Instant(now)
    return Act(id=id, happened_at=at, recorded_at=at, by=str(by.id))
