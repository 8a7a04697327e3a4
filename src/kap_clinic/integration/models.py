"""Tables of integration: a progress note of a session, and the history it is told from."""

from django.db import models

from kap_clinic.database.models import SealedEntry, TenantModel, WithinTenant


class ProgressNote(TenantModel):
    """One signed note of one session; what it says is in its history."""

    person = WithinTenant("people.Person")
    session = WithinTenant("plans.PlannedSession")
    signed_at = models.DateTimeField()
    signed_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "session"], name="progress_note_one_a_session"),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="progress_note_by_person")]


class NoteEntry(SealedEntry):
    """A signature or an amendment, in its exact canonical text, sealed after the entry before it."""

    note = WithinTenant(ProgressNote)

    class Meta(SealedEntry.Meta):
        constraints = [
            *SealedEntry.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "note", "number"], name="note_entry_number"),
        ]
