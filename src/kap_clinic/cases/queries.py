"""What is known of cases, as plain values; run inside ``acting()``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from kap.casework.case import Case as CaseState
from kap.casework.case import Closing, Note
from kap.casework.kinds import CLEARANCE_REQUEST, kind_of
from kap.casework.safety import ACKNOWLEDGED, RISING, SAFETY_KINDS, SAFETY_NOTE
from kap.casework.work import case_from
from kap.histories.entries import Entry
from kap.vocabulary.moments import Instant, Window
from kap_clinic.accounts.queries import names_of
from kap_clinic.database.door import Acting
from kap_clinic.database.sealed import entries_in

from . import store
from .models import Case

MOST = 200


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """A case as a list shows it: ``state`` without its attempts, which ``tries`` counts.

    Missing: no ``person`` where it concerns none, as in a drill; ``taken_at`` until somebody takes it.
    """

    id: UUID
    person: UUID | None
    person_name: str
    rule: str
    asked_of: str
    owner_name: str
    state: CaseState
    tries: int
    answer: str
    counts_until: date | None
    taken_at: datetime | None = None
    taken_by: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """A case with everything that was done to it, in the order it happened."""

    line: CaseLine
    question: str
    opened_by: str
    entries: tuple[Entry, ...]
    names: dict[UUID, str]

    @property
    def state(self) -> CaseState:
        """The case as all its entries tell it."""
        return case_from(self.entries)


def open_cases(act: Acting) -> list[CaseLine]:
    """Return the cases that wait, at the sites of whoever asks: safety first, then the first due."""
    rows = _lined(Case.objects.filter(closed_at__isnull=True, organization_id=act.organization))
    if act.standing.sites is not None:
        rows = rows.filter(Q(person__site__isnull=True) | Q(person__site__in=act.standing.sites))
    lines = _lines(rows.order_by("due_at", "id")[:MOST])
    return sorted(lines, key=lambda line: line.state.kind not in SAFETY_KINDS)


def open_safety_cases(act: Acting) -> list[CaseLine]:
    """Return the open safety cases, drills and the like among them, the most urgent first.

    A program sees all of them, a person those of the sites they work at.
    """
    rows = Case.objects.filter(
        closed_at__isnull=True, kind__in=[kind.id for kind in SAFETY_KINDS],
        organization_id=act.organization,
    )  # fmt: skip
    if act.standing.sites is not None:
        rows = rows.filter(Q(person__site__isnull=True) | Q(person__site__in=act.standing.sites))
    lines = _lines(_lined(rows).order_by("opened_at", "id"))
    return sorted(lines, key=lambda line: (line.state.acknowledged_at is not None, -_rank(line)))


def site_of(act: Acting, case: UUID) -> UUID | None:
    """Return the site of the client a case concerns; None where it is of no one site."""
    rows = Case.objects.filter(id=case, organization_id=act.organization)
    return rows.values_list("person__site_id", flat=True).first()


def safety_case_that_holds(act: Acting, person: UUID) -> CaseLine | None:
    """Return a person's open safety case where it holds treatment: any but one that only waits for a note.

    Nobody is dosed, and no screening is signed on, while such a case is open.
    """
    kinds = [kind.id for kind in RISING if kind is not SAFETY_NOTE]
    rows = Case.objects.filter(
        organization_id=act.organization, person_id=person, closed_at__isnull=True, kind__in=kinds
    )
    return next(iter(_lines(_lined(rows))), None)


def cases_of(act: Acting, person: UUID) -> list[CaseLine]:
    """Return every case of one person, the newest first."""
    rows = Case.objects.filter(person_id=person, organization_id=act.organization)
    return _lines(_lined(rows).order_by("-opened_at", "-id"))


def clearances_of(act: Acting, people: Iterable[UUID]) -> dict[UUID, list[CaseLine]]:
    """Return the answered clearance requests of these people, the newest answer first."""
    rows = Case.objects.filter(
        person_id__in=set(people), kind=CLEARANCE_REQUEST.id, closed_at__isnull=False,
        organization_id=act.organization,
    )  # fmt: skip
    found: dict[UUID, list[CaseLine]] = {}
    for line in _lines(_lined(rows).order_by("-closed_at", "-id")):
        if line.person is not None:
            found.setdefault(line.person, []).append(line)
    return found


def case_file(act: Acting, case: UUID) -> CaseFile | None:
    """Return one case with its history; None for any other id."""
    row = _lined(Case.objects.filter(id=case, organization_id=act.organization)).first()
    if row is None:
        return None
    line = _lines([row])[0]
    entries = tuple(entries_in(store.rows_of(case)))
    said = {UUID(entry.by) for entry in entries}
    said |= {UUID(entry.body["owner"]) for entry in entries if "owner" in entry.body}
    return CaseFile(
        line=line, question=row.question, opened_by=names_of([row.opened_by]).get(row.opened_by, ""),
        entries=entries, names=names_of(said),
    )  # fmt: skip


def _rank(line: CaseLine) -> int:
    return RISING.index(line.state.kind) if line.state.kind in RISING else -1


def _lined(rows: Any) -> Any:
    return rows.select_related("person", "owner")


def _lines(rows: Iterable[Any]) -> list[CaseLine]:
    return [_line(row) for row in rows]


def _line(row: Any) -> CaseLine:
    return CaseLine(
        id=row.id, person=row.person_id, person_name=row.person.name if row.person else "", rule=row.rule,
        asked_of=row.asked_of, owner_name=row.owner.name, state=_state(row), tries=row.tries,
        answer=row.answer, counts_until=row.counts_until, taken_at=row.taken_at, taken_by=row.taken_by,
    )  # fmt: skip


def _state(row: Any) -> CaseState:
    ended = None
    if row.closed_at is not None:
        ended = Closing(
            at=Instant(row.closed_at), by=str(row.closed_by), outcome=row.outcome, said_by=row.said_by
        )
    clock = Window(Instant(row.raised_at or row.opened_at), Instant(row.due_at))
    notes: tuple[Note, ...] = ()
    if row.taken_at is not None:
        notes = (Note(Instant(row.taken_at), str(row.taken_by), ACKNOWLEDGED, ""),)
    return CaseState(kind=kind_of(row.kind), clock=clock, owner=str(row.owner_id), notes=notes, closing=ended)
