"""Data keys, each wrapped by a root key that is not in this database, and the name of that keyring."""

from django.db import models
from django.db.models import Q

from kap_clinic.database.models import TenantModel


class DataKey(TenantModel):
    """One wrapped key, an organization's or one person's; erasing ``wrapped`` destroys it."""

    owner_id = models.UUIDField()
    root_key = models.CharField(max_length=32)
    wrapped = models.TextField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "owner_id", "made_at"], name="data_key_by_owner")]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "owner_id"],
                condition=Q(retired_at__isnull=True, destroyed_at__isnull=True),
                name="data_key_one_in_use",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) | Q(wrapped=""), name="data_key_destroyed_is_erased"
            ),
        ]


class KeyringMark(models.Model):
    """The name of the keyring this database was sealed under, so that a lost one is missed; never a key."""

    id = models.BooleanField(primary_key=True, default=True, editable=False)
    keyring = models.CharField(max_length=32)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=True), name="keys_one_keyring")]
