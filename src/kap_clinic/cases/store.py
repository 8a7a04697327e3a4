"""Entries of a case as rows: read in the order they were recorded, added behind the last one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from kap.casework.case import Case as CaseState
from kap.casework.work import case_from
from kap.histories.chain import Head, canonical_text, seal
from kap.histories.entries import Entry
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import Acting

from .models import Case, CaseEntry

_NO_CASE = sentence("This organization has no case with this id.")
_OTHER_CONTENT = sentence(
    "This was already recorded with other content, and nothing was changed. "
    "Open the page again to see what is recorded."
)


def locked(act: Acting, case: UUID) -> Case:
    """Return a case of ours, locked until the transaction ends, and name it and its person in the trail.

    Raises: Refused.
    """
    act.about(case)
    found = Case.objects.select_for_update().filter(id=case, organization_id=act.organization).first()
    if found is None:
        raise Refused(_NO_CASE)
    if found.person_id is not None:
        act.about(found.person_id)
    return found


def rows_of(case: UUID) -> list[CaseEntry]:
    """Return the entries of a case in the order they were recorded."""
    return list(CaseEntry.objects.filter(case_id=case).order_by("number"))


def case_with(act: Acting, ids: Iterable[UUID]) -> UUID | None:
    """Return the case that already holds an entry under one of these ids."""
    rows = CaseEntry.objects.filter(id__in=list(ids), organization_id=act.organization)
    return rows.values_list("case_id", flat=True).first()


def entry_in(row: CaseEntry) -> Entry:
    """Read an entry back from its text."""
    told = json.loads(row.text)
    return Entry(
        id=row.id,
        happened_at=Instant.parse(told["happened_at"]),
        recorded_at=Instant.parse(told["recorded_at"]),
        by=told["by"],
        kind=told["kind"],
        content=canonical_text(told["body"]),
    )


def state_before(rows: list[CaseEntry], id: UUID) -> CaseState:
    """Return the case as it stood before the entry with this id, or as it stands when there is none yet."""
    entries = [entry_in(row) for row in rows]
    places = [place for place, entry in enumerate(entries) if entry.id == id]
    return case_from(entries[: places[0]] if places else entries)


def add(act: Acting, case: UUID, rows: list[CaseEntry], entry: Entry) -> bool:
    """Seal one more entry; the same entry sent again changes nothing. Say whether it was new.

    Raises: Refused when the id holds another entry.
    """
    known = next((entry_in(row) for row in rows if row.id == entry.id), None)
    if known is not None:
        if (known.kind, known.content) != (entry.kind, entry.content):
            raise Refused(_OTHER_CONTENT)
        return False
    head = Head(rows[-1].number, rows[-1].digest) if rows else Head()
    row = seal(entry.text, head)
    CaseEntry.objects.create(
        id=entry.id, organization_id=act.organization, case_id=case, number=row.number,
        previous=row.previous, digest=row.digest, text=row.text, recorded_at=timezone.now(),
        recorded_by=act.actor.id,
    )  # fmt: skip
    return True
