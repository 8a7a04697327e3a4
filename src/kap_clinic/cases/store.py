"""Entries of a case as rows: read in the order they were recorded, added behind the last one."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from kap.casework.case import Case as CaseState
from kap.casework.work import case_from
from kap.histories.entries import Entry
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import Acting
from kap_clinic.database.sealed import before, entries_in, head_of, is_sealed, seal_behind

from .models import Case, CaseEntry

_NO_CASE = sentence("This organization has no case with this id.")


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


def state_before(rows: list[CaseEntry], id: UUID) -> CaseState:
    """Return the case as it stood before the entry with this id, or as it stands when there is none yet."""
    return case_from(before(entries_in(rows), id))


def add(act: Acting, case: UUID, rows: list[CaseEntry], entry: Entry) -> bool:
    """Seal one more entry; the same entry sent again changes nothing. Say whether it was new.

    Raises: Refused when the id holds another entry.
    """
    if is_sealed(rows, entry):
        return False
    seal_behind(act, CaseEntry, head_of(rows), entry, case_id=case)
    return True
