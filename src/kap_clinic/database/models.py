"""What every table of an organization has: an id, its organization, references that cannot leave it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from .identity import new_id


class TenantModel(models.Model):
    """A row that belongs to one organization."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organization = models.ForeignKey("organizations.Tenant", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["organization", "id"], name="%(app_label)s_%(class)s_in_tenant"),
        ]


class SealedEntry(TenantModel):
    """An act in its exact canonical text, sealed after the act before it; nothing is ever written over it."""

    number = models.IntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    text = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        abstract = True


class WithinTenant(models.ForeignKey):
    """A reference to a row of the same organization.

    The constraint itself is composite, (organization_id, …) → (organization_id, id), and is added in the
    migration by ``guards.ReferWithin``: a plain foreign key is checked without row-level security and could
    cross tenants.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        """Hold the reference without the plain constraint."""
        options["db_constraint"] = False
        options.setdefault("related_name", "+")
        super().__init__(to, on_delete, **options)

    def deconstruct(self) -> Any:
        """Describe the field for migrations."""
        name, path, args, options = super().deconstruct()
        options.pop("db_constraint", None)
        return name, path, args, options


class ClientLink(TenantModel):
    """A link that was given to one person, who opens it without an account; what it opens, its kind says.

    Shape: ``digest`` is of the link's token, which is stored nowhere.
    """

    person = WithinTenant("people.Person")
    digest = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        abstract = True

    @property
    def is_finished(self) -> bool:
        """Whether the client has sent all it asked."""
        return False

    def is_open_at(self, at: datetime) -> bool:
        """Say whether it still opens anything."""
        return self.withdrawn_at is None and not self.is_finished and at < self.expires_at


class Installation(models.Model):
    """This installation: one row, made when the database is prepared."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    is_synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    only_one = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(only_one=True), name="database_one_installation")
        ]
