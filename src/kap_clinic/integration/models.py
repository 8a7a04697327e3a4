"""Tables of integration: a progress note of a session, and the history it is told from."""

from django.db import models

from kap_clinic.database.models import TenantModel, WithinTenant


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


class NoteEntry(TenantModel):
    """A signature or an amendment, in its exact canonical text, sealed after the entry before it."""

    note = WithinTenant(ProgressNote)
    number = models.IntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    text = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "note", "number"], name="note_entry_number"),
        ]
