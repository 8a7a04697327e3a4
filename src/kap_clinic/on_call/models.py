"""Tables of the roster: who is on call, how channels were tested, which calls were made."""

from django.db import models
from django.db.models import F, Q

from kap_clinic.database.models import TenantModel, WithinTenant


class Duty(TenantModel):
    """One person on call for one stretch of time, as first called or as backup.

    Shape: telephone and e-mail are sealed. Missing: ``ended_at`` where it lasts as planned.
    """

    member = WithinTenant("accounts.Member")
    place = models.CharField(max_length=16)
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

    Shape: it belongs to a call or to a daily test; ``reference`` is the gateway's own id. Missing:
    ``trying_at`` until somebody begins to send it; where it stays without an end, the sender died midway.
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
        ]
