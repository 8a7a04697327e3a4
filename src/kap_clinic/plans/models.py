"""Tables of plans: the plan, its sessions as they stand now, and the history both are told from."""

from django.db import models
from django.db.models import F, Q

from kap_clinic.database.constraints import who_and_when
from kap_clinic.database.models import SealedEntry, TenantModel, WithinTenant

PLANNED = "planned"


class Plan(TenantModel):
    """One person's plan: which protocol in which version, from which day, at which place.

    Missing: ``stopped_at`` is None while the plan goes on; a person has one such plan at most.
    """

    person = WithinTenant("people.Person")
    site = WithinTenant("organizations.Site")
    protocol = models.CharField(max_length=64)
    version = models.IntegerField()
    start_on = models.DateField()
    time_zone = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "person"], condition=Q(stopped_at__isnull=True),
                name="plan_one_a_person",
            ),
            who_and_when("stopped", name="plan_stopped_who_and_when"),
        ]  # fmt: skip


class PlannedSession(TenantModel):
    """One session of a plan as its history tells it; written again with every entry, in one transaction.

    Shape: ``session`` is its id in the protocol; ``planned_on`` and ``planned_at`` are what the clock shows
    in ``time_zone``; ``opens_at`` and ``closes_at`` are its window; ``state`` is a kap.planning SessionState.
    Missing: ``began_at`` and ``ended_at`` are None until it began, and ended.
    """

    plan = WithinTenant(Plan)
    person = WithinTenant("people.Person")
    site = WithinTenant("organizations.Site")
    session = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    phase = models.CharField(max_length=64)
    title = models.CharField(max_length=120)
    day = models.IntegerField()
    planned_on = models.DateField()
    planned_at = models.TimeField()
    time_zone = models.CharField(max_length=64)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=16)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "plan", "session"], name="planned_session_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at"), closes_at__gt=F("opens_at")),
                name="planned_session_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(began_at__isnull=False, ended_at__gt=F("began_at")),
                name="planned_session_began_before_it_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "person", "begins_at"], name="planned_session_by_person"),
            models.Index(fields=["organization", "begins_at", "id"], name="planned_session_by_time"),
            models.Index(
                fields=["organization", "closes_at", "id"], condition=Q(state=PLANNED),
                name="planned_session_waiting",
            ),
        ]  # fmt: skip


class PlanEntry(SealedEntry):
    """One act on a plan, in its exact canonical text, sealed after the entry before it."""

    plan = WithinTenant(Plan)

    class Meta(SealedEntry.Meta):
        constraints = [
            *SealedEntry.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "plan", "number"], name="plan_entry_number"),
        ]
