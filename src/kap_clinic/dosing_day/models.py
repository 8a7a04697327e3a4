"""Tables of the dosing day: the session as it stands, its timeline, readings of devices, the signed note."""

from django.db import models
from django.db.models import F, Q

from kap_clinic.database.models import SealedEntry, TenantModel, WithinTenant


class DosingSession(TenantModel):
    """One session as its timeline tells it; written again with every entry, in the same transaction.

    Shape: ``phase`` is a kap.monitoring Phase, ``level`` the worst level a sign stands at, ``watches`` how
    each sign stands by readings of devices; ``last_number`` is the number of its last entry.
    Missing: ``due_at`` is None where no vitals are due; ``left_at`` until the person left.
    """

    planned = WithinTenant("plans.PlannedSession")
    person = WithinTenant("people.Person")
    site = WithinTenant("organizations.Site")
    arrived_at = models.DateTimeField()
    begun_by = models.UUIDField()
    phase = models.CharField(max_length=16)
    level = models.IntegerField(default=0)
    open_alarms = models.IntegerField(default=0)
    watches = models.JSONField(default=dict)
    last_number = models.IntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    how_left = models.CharField(max_length=16, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "planned"], name="dosing_session_once_a_plan"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, how_left="")
                | (Q(left_at__isnull=False, left_at__gte=F("arrived_at")) & ~Q(how_left="")),
                name="dosing_session_left_when_and_how",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "person", "arrived_at"], name="dosing_session_by_person"),
            models.Index(
                fields=["organization", "site", "arrived_at"],
                condition=Q(left_at__isnull=True),
                name="dosing_session_open",
            ),
        ]


class SessionEntry(SealedEntry):
    """One entry of a session's timeline, in its exact canonical text, sealed after the entry before it."""

    session = WithinTenant(DosingSession)

    class Meta(SealedEntry.Meta):
        constraints = [
            *SealedEntry.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "session", "number"], name="session_entry_number"
            ),
        ]


class Administration(TenantModel):
    """A dose that was given: the line of the medication administration record, written once.

    Units: ``amount_mg`` in milligrams, ``over_minutes`` in minutes.
    Missing: ``over_minutes`` is None for a dose given all at once.
    """

    session = WithinTenant(DosingSession)
    person = WithinTenant("people.Person")
    order = WithinTenant("orders.Order")
    syringe = WithinTenant("pharmacy.Syringe")
    drug = models.CharField(max_length=16)
    route = models.CharField(max_length=4)
    amount_mg = models.DecimalField(max_digits=10, decimal_places=4)
    over_minutes = models.IntegerField(null=True)
    given_at = models.DateTimeField()
    given_by = models.UUIDField()
    second = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "order"], name="administration_once_an_order"),
            models.CheckConstraint(condition=Q(amount_mg__gt=0), name="administration_of_something"),
            models.CheckConstraint(condition=~Q(given_by=F("second")), name="administration_by_two"),
        ]
        indexes = [
            models.Index(fields=["organization", "person", "given_at"], name="administration_by_person"),
        ]


class DeviceBatch(TenantModel):
    """Readings one device sent together, as they were sent, with one digest.

    Shape: ``readings`` is the canonical text of a list of ``{"at", "numbers"}``.
    """

    session = WithinTenant(DosingSession)
    device = models.CharField(max_length=64)
    count = models.IntegerField()
    last_at = models.DateTimeField()
    readings = models.TextField()
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=Q(count__gt=0), name="device_batch_is_not_empty"),
        ]
        indexes = [
            models.Index(fields=["organization", "session", "last_at"], name="device_batch_by_time"),
        ]


class SessionNote(TenantModel):
    """A session's note as it was signed, or an amendment to it; the first is the note.

    Shape: ``text`` is canonical: the passages as they were read, or the amendment's words.
    """

    session = WithinTenant(DosingSession)
    number = models.IntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "session", "number"], name="session_note_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="session_note_counts_from_one"),
        ]
