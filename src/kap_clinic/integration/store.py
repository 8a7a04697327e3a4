"""Entries of a progress note as rows: read in the order they were recorded, added behind the last one."""

from __future__ import annotations

import json
from uuid import UUID

from django.utils import timezone

from kap.histories.chain import Head, canonical_text, seal
from kap.histories.entries import Entry
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import Acting

from .models import NoteEntry, ProgressNote

_NO_NOTE = sentence("This organization has no progress note with this id.")
_OTHER_CONTENT = sentence(
    "This was already recorded with other content, and nothing was changed. "
    "Open the page again to see what is recorded."
)


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
    known = next((entry_in(row) for row in rows if row.id == entry.id), None)
    if known is not None:
        if (known.kind, known.content) != (entry.kind, entry.content):
            raise Refused(_OTHER_CONTENT)
        return False
    row = seal(entry.text, Head(rows[-1].number, rows[-1].digest) if rows else Head())
    NoteEntry.objects.create(
        id=entry.id, organization_id=act.organization, note_id=note, number=row.number,
        previous=row.previous, digest=row.digest, text=row.text, recorded_at=timezone.now(),
        recorded_by=act.actor.id,
    )  # fmt: skip
    return True


def entry_in(row: NoteEntry) -> Entry:
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
