"""Tables of accounts (global, no clinical value) and of members (an organization's own)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kap_clinic.database.constraints import who_and_when
from kap_clinic.database.identity import new_id
from kap_clinic.database.models import TenantModel, WithinTenant


class AccountDirectory(BaseUserManager["Account"]):
    """Finds accounts by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """Return the account of this address."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """Make an account; without a password it can sign in by passkey or link only."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who can sign in. What they are is said by each organization."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountDirectory()

    def __str__(self) -> str:
        """Never the address: this text reaches logs."""
        return f"account {self.id}"


class Affiliation(models.Model):
    """Which organization an account may enter, as which member; the sign-in page reads nothing else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    tenant = models.ForeignKey("organizations.Tenant", on_delete=models.PROTECT, related_name="+")
    member_id = models.UUIDField(unique=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "tenant"], name="affiliation_once_per_organization"),
        ]


class DemoLink(models.Model):
    """A one-time sign-in link; a trigger refuses it in any database that is not synthetic."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Member(TenantModel):
    """A member of an organization's staff: name, roles, sites, and since when."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=120, db_collation="C")
    roles = ArrayField(models.CharField(max_length=32))
    sites = ArrayField(models.UUIDField(), null=True)
    phone_sealed = models.TextField(blank=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "account"], name="member_once_per_account"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("joined_at")),
                name="member_leaves_after_joining",
            ),
        ]
        indexes = [models.Index(fields=["organization", "sort_name", "id"], name="member_by_name")]


class MemberWord(TenantModel):
    """One word of a member's name, folded: by it a first name alone finds them."""

    member = WithinTenant(Member)
    word = models.CharField(max_length=120, db_collation="C")

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "word", "member"], name="member_word_by_word")]


class MemberChange(TenantModel):
    """What was said about a member, added and never edited: joined, roles, sites, left."""

    member = WithinTenant(Member)
    kind = models.CharField(max_length=32)
    roles = ArrayField(models.CharField(max_length=32))
    sites = ArrayField(models.UUIDField(), null=True)
    because = models.CharField(max_length=240, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "member", "changed_at"], name="member_change_by_member")
        ]


class Invitation(TenantModel):
    """An invitation to join the staff, by a link that works once."""

    email = models.EmailField()
    name = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=32))
    sites = ArrayField(models.UUIDField(), null=True)
    digest = models.CharField(max_length=64)
    invited_at = models.DateTimeField()
    invited_by = models.UUIDField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            who_and_when("accepted", name="invitation_accepted_who_and_when"),
            who_and_when("withdrawn", name="invitation_withdrawn_who_and_when"),
        ]


class ClinicDevice(TenantModel):
    """A tablet or computer of the clinic, on which a second person may sign by PIN.

    Shape: ``digest`` is of a token that only the device's own browser holds.
    """

    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    registered_at = models.DateTimeField()
    registered_by = models.UUIDField()
    retired_at = models.DateTimeField(null=True)
    retired_by = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "digest"], name="clinic_device_digest"),
            who_and_when("retired", name="clinic_device_retired_who_and_when"),
        ]


class SigningPin(TenantModel):
    """A member's PIN for second signatures: its argon2 hash, sealed once more with the organization's key."""

    member = WithinTenant(Member)
    hash_sealed = models.TextField()
    set_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "member"], name="signing_pin_one_a_member"),
        ]


class SecondSignature(TenantModel):
    """Who stood beside one act as the second person, and how they proved it; its id is the act's.

    Missing: ``device`` is None where a passkey signed.
    """

    member = WithinTenant(Member)
    beside = models.UUIDField()
    action = models.CharField(max_length=80)
    way = models.CharField(max_length=8)
    device = WithinTenant(ClinicDevice, null=True)
    signed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(member_id=F("beside")), name="second_signature_by_another"),
        ]
