"""Tables of how people come here: enquiries, referrals with what came of them, the self-referral page."""

from django.db import models

from kap_clinic.database.models import TenantModel, WithinTenant

from .charts import Person
from .records import Import


class Enquiry(TenantModel):
    """Somebody asked about treatment: what they seek and how to reach them, before there is a chart."""

    name = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=120)
    birth = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=8, blank=True)
    contact_sealed = models.TextField(blank=True)
    said_sealed = models.TextField(blank=True)
    came_by = models.CharField(max_length=16)
    heard = models.CharField(max_length=120, blank=True)
    stage = models.CharField(max_length=16)
    because = models.CharField(max_length=240, blank=True)
    person = WithinTenant(Person, null=True)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "stage", "asked_at"], name="enquiry_by_stage")]


class Referral(TenantModel):
    """Somebody else asked us to see a person: who, why and on which day; added and never edited."""

    person = WithinTenant(Person)
    referrer = models.CharField(max_length=120)
    practice = models.CharField(max_length=120, blank=True)
    contact_sealed = models.TextField(blank=True)
    why_sealed = models.TextField(blank=True)
    referred_on = models.DateField(null=True)
    received_at = models.DateTimeField()
    received_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "person"], name="referral_by_person")]


class ReferralRecord(TenantModel):
    """A file of records that came with a referral."""

    referral = WithinTenant(Referral)
    brought_by = WithinTenant(Import)
    joined_at = models.DateTimeField()
    joined_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "referral", "brought_by"], name="referral_record_once"
            ),
        ]


class ReferralAnswer(TenantModel):
    """What the referrer was told of the outcome, how, when and by whom; a later answer stands beside it."""

    referral = WithinTenant(Referral)
    outcome = models.CharField(max_length=16)
    how = models.CharField(max_length=160)
    told_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "referral"], name="referral_answer_by_referral")]


class SelfReferralSwitch(TenantModel):
    """Whether the public self-referral page is open, added at each turn; the newest row counts."""

    is_open = models.BooleanField()
    switched_at = models.DateTimeField()
    switched_by = models.UUIDField()
