"""Progress notes of one person as plain values; run inside ``acting()``, with access to the chart."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kap.integration.writing import SignedNote, note_from
from kap_clinic.accounts.queries import names_of
from kap_clinic.database.door import Acting
from kap_clinic.people.access import require_chart

from . import store
from .models import ProgressNote


@dataclass(frozen=True, kw_only=True)
class NoteFile:
    """One note with the session it tells of, and the names of those who signed and added to it."""

    id: UUID
    person: UUID
    title: str
    time_zone: str
    signed: SignedNote
    names: dict[UUID, str]

    def name_of(self, by: str) -> str:
        """Return who an entry names; empty where a program wrote it."""
        return self.names.get(UUID(by), "")


def notes_of(act: Acting, person: UUID) -> list[NoteFile]:
    """Return the signed notes of one person, the newest first.

    Raises: Refused without access to the chart.
    """
    require_chart(act, person)
    return _files(act, person_id=person)


def note_file(act: Acting, note: UUID) -> NoteFile | None:
    """Return one signed note; None for any other id.

    Raises: Refused without access to the chart.
    """
    found = _files(act, id=note)
    if not found:
        return None
    require_chart(act, found[0].person)
    return found[0]


def has_note(act: Acting, session: UUID) -> bool:
    """Say whether the note of a session is signed."""
    return ProgressNote.objects.filter(session_id=session, organization_id=act.organization).exists()


def _files(act: Acting, **wanted: UUID) -> list[NoteFile]:
    rows = ProgressNote.objects.filter(organization_id=act.organization, **wanted)
    kept = list(rows.select_related("session").order_by("-signed_at", "-id"))
    entries = store.entries_of([row.id for row in kept])
    names = names_of({UUID(entry.by) for found in entries.values() for entry in found})
    return [
        NoteFile(
            id=row.id, person=row.person_id, title=row.session.title, time_zone=row.session.time_zone,
            signed=note_from(entries[row.id]), names=names,
        )
        for row in kept
    ]  # fmt: skip
