"""What is done to a case, each act one entry of its history; and the case as its entries tell it.

A case that is closed takes no further act. An entry that arrives late finds its place by when it happened:
an attempt made before the closing counts, and of two closings the first stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from kap.casework.case import Attempt, Case, Closing, Note
from kap.casework.kind import CaseKind
from kap.casework.kinds import kind_of
from kap.casework.safety import is_worse
from kap.histories.chain import canonical_text
from kap.histories.entries import Entry
from kap.histories.history import reading_order, told_from
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.moments import Instant, Window
from kap.vocabulary.sentences import sentence

_OPENED, _TRIED, _HANDED_OVER, _CLOSED = "case_opened", "case_tried", "case_handed_over", "case_closed"
_NOTED, _RAISED = "case_noted", "case_raised"

_IS_CLOSED = sentence("This case is closed. Open a new one if there is more to ask.")
_DUE_BEFORE = sentence("A case must be due after it is opened. Choose a later day.")
_NOBODY = sentence("Say who gave this answer, and in which capacity.")
_EMPTY_TRY = sentence("Say what was tried and what came of it.")
_NOT_WORSE = sentence(
    "A case is raised only to one that is more urgent. To lower it, close it with an outcome."
)
_HAS_IT = sentence("This person owns the case already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act's own id, when it happened, when it was written down, and by whom."""

    id: UUID
    happened_at: Instant
    recorded_at: Instant
    by: str


def opening(act: Act, kind: CaseKind, due_at: Instant, owner: str) -> Entry:
    """Opens a case.

    Raises: Refused when it would be due before it is opened.
    """
    if due_at <= act.happened_at:
        raise Refused(_DUE_BEFORE)
    return _entry(act, _OPENED, {"kind": kind.id, "due_at": str(due_at), "owner": owner})


def attempt(act: Act, case: Case, how: str) -> Entry:
    """Records a try to get the answer.

    Raises: Refused when the case is closed, or nothing is said.
    """
    _refuse_closed(case)
    if not how.strip():
        raise Refused(_EMPTY_TRY)
    return _entry(act, _TRIED, {"how": how.strip()})


def handing_over(act: Act, case: Case, owner: str) -> Entry:
    """Gives the case to another person.

    Raises: Refused when the case is closed, or theirs already.
    """
    _refuse_closed(case)
    if owner == case.owner:
        raise Refused(_HAS_IT)
    return _entry(act, _HANDED_OVER, {"owner": owner})


def noting(act: Act, case: Case, what: str, words: str = "") -> Entry:
    """Notes something as done, in words where there are any.

    Raises: Refused when the case is closed; InputError for what is not noted in a case of this kind.
    """
    _refuse_closed(case)
    return _entry(act, _NOTED, {"what": case.kind.note(what).id, "words": words.strip()})


def raising(act: Act, case: Case, kind: CaseKind, due_at: Instant) -> Entry:
    """Raises the case to a more urgent kind; its clock begins anew.

    Raises: Refused when the case is closed, or the kind is not more urgent.
    """
    _refuse_closed(case)
    if not is_worse(kind, case.kind):
        raise Refused(_NOT_WORSE)
    if due_at <= act.happened_at:
        raise Refused(_DUE_BEFORE)
    return _entry(act, _RAISED, {"kind": kind.id, "due_at": str(due_at)})


def closing(
    act: Act, case: Case, outcome: str, said_by: str, answer: str = "", counts_until: date | None = None
) -> Entry:
    """Closes the case with an outcome, naming who answered, in which words, and until when it counts.

    Raises: Refused when it is closed already, was answered by nobody, or this end needs what was not done;
    InputError for an unknown outcome.
    """
    _refuse_closed(case)
    end = case.kind.outcome(outcome)
    if end.is_answer and not said_by.strip():
        raise Refused(_NOBODY)
    for need in end.needs:
        if not case.has_noted(need):
            raise Refused(sentence("First note as done: {what}.", what=case.kind.note(need).words))
    said = {"outcome": outcome, "said_by": said_by.strip()}
    if answer.strip():
        said["answer"] = answer.strip()
    if counts_until is not None:
        said["counts_until"] = counts_until.isoformat()
    return _entry(act, _CLOSED, said)


def case_from(entries: Iterable[Entry]) -> Case:
    """The case as its entries tell it, in the order things happened.

    Raises: InputError when no entry opens it.
    """
    unbegun = "A case begins with the entry that opened it; none is here."
    return told_from(reading_order(entries), state_after, unbegun)


def state_after(case: Case | None, entry: Entry) -> Case:
    """The case after one more entry.

    Raises: InputError for an entry that stands before the opening, opens twice, or is of no kind known here.
    """
    body = entry.body
    if entry.name == _OPENED and case is None:
        clock = Window(entry.happened_at, Instant.parse(body["due_at"]))
        return Case(kind=kind_of(body["kind"]), clock=clock, owner=body["owner"])
    if case is None or entry.name == _OPENED:
        raise InputError("A case is opened once, before anything else is done to it.")
    if entry.name == _TRIED:
        return replace(case, attempts=(*case.attempts, Attempt(entry.happened_at, entry.by, body["how"])))
    if entry.name == _HANDED_OVER:
        return replace(case, owner=body["owner"])
    if entry.name == _NOTED:
        return replace(
            case, notes=(*case.notes, Note(entry.happened_at, entry.by, body["what"], body["words"]))
        )
    if entry.name == _RAISED:
        return _raised(case, entry, body)
    if entry.name == _CLOSED:
        return case if case.closing else replace(case, closing=_closing_of(entry, body))
    raise InputError(f"{entry.kind!r} is nothing that is done to a case.")


def _raised(case: Case, entry: Entry, body: Mapping[str, str]) -> Case:
    kind = kind_of(body["kind"])
    if not is_worse(kind, case.kind):
        return case
    return replace(case, kind=kind, clock=Window(entry.happened_at, Instant.parse(body["due_at"])))


def _closing_of(entry: Entry, body: Mapping[str, str]) -> Closing:
    return Closing(at=entry.happened_at, by=entry.by, outcome=body["outcome"], said_by=body["said_by"])


def _refuse_closed(case: Case) -> None:
    if not case.is_open:
        raise Refused(_IS_CLOSED)


def _entry(act: Act, name: str, body: Mapping[str, str]) -> Entry:
    return Entry(
        id=act.id,
        happened_at=act.happened_at,
        recorded_at=act.recorded_at,
        by=act.by,
        kind=f"{name}@1",
        content=canonical_text(dict(body)),
    )
