"""The trail, its seals and their signed heads, all append-only."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kap_clinic.database.models import TenantModel, WithinTenant


class Entry(TenantModel):
    """One outermost acting(), or one refusal: action, actor, subjects; never a value.

    Shape: ``digests`` are of the rows it sealed in chains beside the trail, in the order they were sealed.
    """

    action = models.CharField(max_length=80)
    outcome = models.CharField(max_length=16)
    actor_id = models.UUIDField()
    actor_kind = models.CharField(max_length=16)
    actor_program = models.CharField(max_length=64, blank=True)
    subjects = ArrayField(models.UUIDField())
    why = models.TextField(blank=True)
    digests = ArrayField(models.CharField(max_length=64), default=list, db_default=[])
    recorded_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "recorded_at", "id"], name="audit_by_time"),
            models.Index(fields=["organization", "actor_id", "recorded_at"], name="audit_by_actor"),
            models.Index(fields=["organization", "action", "recorded_at"], name="audit_by_action"),
        ]


class Seal(TenantModel):
    """The place of one entry in its organization's chain."""

    entry = WithinTenant(Entry)
    number = models.BigIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "number"], name="seal_number_once"),
            models.UniqueConstraint(fields=["organization", "entry"], name="seal_entry_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="seal_numbers_start_at_one"),
        ]


class SealHead(TenantModel):
    """How far the chain had grown when a batch was sealed, signed with a key that is not in this database."""

    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.CharField(max_length=40)
    key = models.CharField(max_length=32)
    signature = models.CharField(max_length=120)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "number"], name="seal_head_once"),
        ]
