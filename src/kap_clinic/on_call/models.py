"""Tables of the roster: who is on call, how channels were tested, which calls were made."""

from django.db import models
from django.db.models import F, Q

from kap_clinic.database.models import TenantModel, WithinTenant


class Duty(TenantModel):
    """One person on call for one stretch of time, as first called or as backup.

    Shape: telephone and e-mail are sealed; ``after`` is the duty it was handed over from. Missing: ``site``
    where it is for every site, ``ended_at`` where it lasts as planned.
    """

    member = WithinTenant("accounts.Member")
    place = models.CharField(max_length=16)
    site = WithinTenant("organizations.Site", null=True)
    after = WithinTenant("self", null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    contact_sealed = models.TextField(blank=True)
    gives_number = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="duty_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["organization", "ends_at", "id"], name="duty_by_end")]


class DailyTest(TenantModel):
    """A test message to somebody on call, and whether they answered that it came.

    Missing: ``received_at`` until they say so; ``failed_at`` unless they were too late.
    """

    duty = WithinTenant(Duty)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = models.UUIDField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "made_at"], name="daily_test_by_time")]


class CallMade(TenantModel):
    """One step of a case's calls, claimed before anything is sent: the key is taken once for ever."""

    case = WithinTenant("cases.Case")
    key = models.CharField(max_length=96)
    who = models.CharField(max_length=24)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "case", "key"], name="call_made_once"),
        ]


class Message(TenantModel):
    """One message to one person by one means, and what came of it.

    Shape: it belongs to a call or to a daily test; ``reference`` is the gateway's own id; ``became`` is how
    far the gateway last said it came. Missing: ``trying_at`` until somebody begins to send it; where it stays
    without an end, the sender died midway. ``became_at`` as long as nothing was learned.
    """

    call = WithinTenant(CallMade, null=True)
    test = WithinTenant(DailyTest, null=True)
    member = WithinTenant("accounts.Member")
    means = models.CharField(max_length=8)
    address_sealed = models.TextField(blank=True)
    state = models.CharField(max_length=16, default="waiting")
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    trying_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    is_real = models.BooleanField(default=False)
    reference = models.CharField(max_length=64, blank=True)
    because = models.CharField(max_length=160, blank=True)
    became = models.CharField(max_length=16, blank=True)
    became_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "call", "member", "means"], name="message_once_a_call"
            ),
            models.UniqueConstraint(
                fields=["organization", "test", "member", "means"], name="message_once_a_test"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "next_at", "id"], condition=Q(state="waiting"), name="message_waiting"
            ),
            models.Index(
                fields=["organization", "sent_at", "id"], condition=Q(is_real=True), name="message_followed"
            ),
        ]


class LadderSigned(TenantModel):
    """The minutes of one kind's ladder as a medical director set them; they hold for cases opened since.

    Shape: ``minutes`` are whole numbers with commas between them, one a step; ``why`` is what they rest on.
    """

    kind = models.CharField(max_length=32)
    minutes = models.CharField(max_length=64)
    why = models.CharField(max_length=240)
    signed_at = models.DateTimeField()
    signed_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "signed_at", "id"], name="ladder_signed_by_time")]
