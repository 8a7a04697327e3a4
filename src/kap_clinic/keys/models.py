"""Data keys, each wrapped by a root key that is not in this database."""

from django.db import models

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
