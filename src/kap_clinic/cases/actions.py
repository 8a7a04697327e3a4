"""What is done to a case; the core says whether it may be, the entry and the row are written together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from kap.casework.case import Case as CaseState
from kap.casework.kinds import CLEARANCE_REQUEST, CLEARED, CLEARED_WITH_CONDITIONS
from kap.casework.safety import SAFETY_KINDS
from kap.casework.work import Act, attempt, closing, handing_over, opening
from kap.histories.entries import Entry
from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.zones import zone
from kap_clinic.accounts import queries as staff
from kap_clinic.accounts.shown import house_today
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once
from kap_clinic.people.access import person_in, require_chart

from . import store
from .models import Case

CLEARING = (CLEARED, CLEARED_WITH_CONDITIONS)

_OF_SAFETY = frozenset(kind.id for kind in SAFETY_KINDS)

_ON_ITS_PAGE = sentence("A safety case is closed on its own page, with what was done for the client.")
_NO_QUESTION = sentence("Write what the specialty should answer.")
_NOBODY_ASKED = sentence("Say who is asked: a specialty, or a person and their specialty.")
_NO_OWNER = sentence("Nobody who works here now has this id. Choose the owner from the list.")
_DUE_PAST = sentence("The day must lie ahead: an answer takes time. Choose a later day.")
_UNTIL = sentence("A clearance counts for a time. Say until which day, as the specialty said.")
_CONDITIONS = sentence("Write down the conditions, so that the plan can keep them.")
_ENDED = sentence("The answer must count at least until today. Choose a later day, or leave it empty.")


def ask_clearance(
    *, organization: UUID, by: Actor, id: UUID, person: UUID, rule: str, asked_of: str, question: str,
    due_on: date, time_zone: str, owner: UUID | None = None,
) -> bool:  # fmt: skip
    """Ask a specialty to clear one finding by the end of a day; whoever asks owns it, or the one they name.

    Raises: Refused.
    """
    with acting(organization, by, "cases.ask_clearance") as act:
        act.require(Permission.ASK_CLEARANCE)
        require_chart(act, person)
        act.about(id)
        _need(bool(asked_of.strip()), _NOBODY_ASKED)
        _need(bool(question.strip()), _NO_QUESTION)
        due_at, now = _end_of(due_on, time_zone), timezone.now()
        _need(due_at > now, _DUE_PAST)
        said = {
            "kind": CLEARANCE_REQUEST.id, "person_id": person, "rule": rule, "asked_of": asked_of.strip(),
            "question": question.strip(), "owner_id": _owner(act, owner or by.id), "due_at": due_at,
        }  # fmt: skip
        written = once(Case, id, said, {"opened_at": now, "opened_by": by.id})
        if written.is_new:
            entry = opening(_act(id, by, now), CLEARANCE_REQUEST, Instant(due_at), str(said["owner_id"]))
            store.add(act, id, [], entry)
            announce(act, "cases", id)
        return written.is_new


def record_attempt(*, organization: UUID, by: Actor, id: UUID, case: UUID, how: str) -> None:
    """Record a try to get the answer, and what came of it.

    Raises: Refused.
    """
    with acting(organization, by, "cases.record_attempt") as act:
        act.require(Permission.WORK_CASES)
        row, is_new = _write(act, case, id, lambda told, state: attempt(told, state, how))
        if is_new:
            row.tries += 1
            row.save()


def hand_over(*, organization: UUID, by: Actor, id: UUID, case: UUID, owner: UUID) -> None:
    """Give a case to another person of the staff.

    Raises: Refused.
    """
    with acting(organization, by, "cases.hand_over") as act:
        act.require(Permission.WORK_CASES)
        to = str(_owner(act, owner))
        row, is_new = _write(act, case, id, lambda told, state: handing_over(told, state, to))
        if is_new:
            row.owner_id = owner
            row.save()


def close(
    *, organization: UUID, by: Actor, id: UUID, case: UUID, outcome: str, said_by: str = "",
    answer: str = "", counts_until: date | None = None,
) -> None:  # fmt: skip
    """Close a case with the answer that was given, by whom, and until when it counts.

    Raises: Refused.
    """
    with acting(organization, by, "cases.close") as act:
        act.require(Permission.ANSWER_CASES)
        _need(counts_until is not None or outcome not in CLEARING, _UNTIL)
        _need(bool(answer.strip()) or outcome != CLEARED_WITH_CONDITIONS, _CONDITIONS)
        _need(counts_until is None or counts_until >= house_today(), _ENDED)
        row, is_new = _write(
            act, case, id, lambda told, state: closing(told, state, outcome, said_by, answer, counts_until)
        )
        _need(row.kind not in _OF_SAFETY, _ON_ITS_PAGE)
        if is_new:
            row.outcome, row.said_by, row.answer = outcome, said_by.strip(), answer.strip()
            row.counts_until, row.closed_at, row.closed_by = counts_until, timezone.now(), by.id
            row.save()


def _write(act: Acting, case: UUID, id: UUID, make: Callable[[Act, CaseState], Entry]) -> tuple[Case, bool]:
    row = store.locked(act, case)
    require_site(act, row.person_id)
    rows = store.rows_of(case)
    entry = make(_act(id, act.actor, timezone.now()), store.state_before(rows, id))
    is_new = store.add(act, case, rows, entry)
    if is_new:
        announce(act, "cases", case)
    return row, is_new


def require_site(act: Acting, person: UUID | None) -> None:
    """Go on only for a person of a site this actor works at, or for a case that concerns nobody.

    Raises: Refused.
    """
    act.require(Permission.SEE_CASES, None if person is None else person_in(act, person).site_id)


def _owner(act: Acting, member: UUID) -> UUID:
    found = staff.person(act, member)
    if found is None or found.line.left_at is not None:
        raise Refused(_NO_OWNER)
    return member


def _act(id: UUID, by: Actor, now: datetime) -> Act:
    at = Instant(now)
    return Act(id=id, happened_at=at, recorded_at=at, by=str(by.id))


def _end_of(day: date, time_zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone(time_zone))


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
