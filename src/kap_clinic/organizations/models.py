"""Tables of an organization itself."""

from django.db import models
from django.db.models import F, Q

from kap_clinic.database.constraints import who_and_when
from kap_clinic.database.identity import new_id
from kap_clinic.database.models import TenantModel


class Tenant(models.Model):
    """The id of an organization, and nothing else: programs visit each in turn through this list."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)


class Organization(TenantModel):
    """What an organization is called and how it wants its screens to behave; its id is the tenant's."""

    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8, default="en")
    lock_after_minutes = models.PositiveSmallIntegerField(default=10)
    sign_out_after_hours = models.PositiveSmallIntegerField(default=12)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=Q(id=F("organization")), name="organization_is_its_tenant"),
            models.CheckConstraint(
                condition=Q(lock_after_minutes__gte=1, lock_after_minutes__lte=60),
                name="organization_lock_minutes",
            ),
            models.CheckConstraint(
                condition=Q(sign_out_after_hours__gte=1, sign_out_after_hours__lte=24),
                name="organization_sign_out_hours",
            ),
        ]


class Site(TenantModel):
    """A place where people are seen, with its own clock."""

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=240, blank=True)
    time_zone = models.CharField(max_length=64)
    dea_registration = models.CharField(max_length=16, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="site_closes_after_opening",
            ),
        ]


class Sharing(TenantModel):
    """A grant: one organization lets another read one named thing, until a time or until it is ended."""

    receiver = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    # Each side is called what it was called then: neither may read the other's own row.
    giver_name = models.CharField(max_length=120)
    receiver_name = models.CharField(max_length=120)
    because = models.CharField(max_length=240)
    granted_at = models.DateTimeField()
    granted_by = models.UUIDField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(receiver=F("organization")), name="sharing_with_another"),
            who_and_when("ended", name="sharing_end_has_who_and_when"),
        ]
        indexes = [
            models.Index(
                fields=["receiver", "organization", "kind", "subject_id"], name="sharing_by_receiver"
            )
        ]
