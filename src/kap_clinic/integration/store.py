"""Entries of a progress note as rows: read in the order they were recorded, added behind the last one."""

from __future__ import annotations

from uuid import UUID

from kap.histories.entries import Entry
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import Acting
from kap_clinic.database.sealed import entry_in, head_of, is_sealed, seal_behind

from .models import NoteEntry, ProgressNote

_NO_NOTE = sentence("This organization has no progress note with this id.")


def locked(act: Acting, note: UUID) -> ProgressNote:
    """Return a note of ours, locked until the transaction ends, and name it and its person in the trail.

    Raises: Refused.
    """
    act.about(note)
    rows = ProgressNote.objects.select_for_update()
    found = rows.filter(id=note, organization_id=act.organization).first()
    if found is None:
        raise Refused(_NO_NOTE)
    act.about(found.person_id)
    return found


def entries_of(notes: list[UUID]) -> dict[UUID, list[Entry]]:
    """Return the entries of these notes, each in the order they were recorded."""
    found: dict[UUID, list[Entry]] = {}
    for row in NoteEntry.objects.filter(note_id__in=notes).order_by("number"):
        found.setdefault(row.note_id, []).append(entry_in(row))
    return found


def add(act: Acting, note: UUID, entry: Entry) -> bool:
    """Seal one more entry; the same entry sent again changes nothing. Say whether it was new.

    Raises: Refused when the id holds another entry.
    """
    rows = list(NoteEntry.objects.filter(note_id=note).order_by("number"))
    if is_sealed(rows, entry):
        return False
    seal_behind(act, NoteEntry, head_of(rows), entry, note_id=note)
    return True
