"""Tables of cases: one row as the case stands now, its history chained entry by entry, and safety plans."""

from django.db import models
from django.db.models import Q

from kap.casework.safety import RISING
from kap_clinic.database.constraints import who_and_when
from kap_clinic.database.models import SealedEntry, TenantModel, WithinTenant


class Case(TenantModel):
    """A case as its history tells it; written again with every entry, in the same transaction.

    Shape: ``rule`` is the finding it was opened about. Missing: ``counts_until`` where the answer has no end,
    ``person`` in a drill, ``raised_at`` and ``taken_at`` until it is raised, or somebody takes it.
    """

    kind = models.CharField(max_length=32)
    person = WithinTenant("people.Person", null=True)
    rule = models.CharField(max_length=64, blank=True)
    asked_of = models.CharField(max_length=120)
    question = models.TextField()
    owner = WithinTenant("accounts.Member")
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    due_at = models.DateTimeField()
    raised_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.UUIDField(null=True)
    tries = models.IntegerField(default=0)
    outcome = models.CharField(max_length=32, blank=True)
    said_by = models.CharField(max_length=160, blank=True)
    answer = models.TextField(blank=True)
    counts_until = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            who_and_when("closed", name="case_closed_who_and_when"),
            models.UniqueConstraint(
                fields=["organization", "person"],
                condition=Q(closed_at__isnull=True, kind__in=[kind.id for kind in RISING]),
                name="case_one_open_safety_case",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "person"], name="case_by_person"),
            models.Index(
                fields=["organization", "due_at", "id"],
                condition=Q(closed_at__isnull=True),
                name="case_open_by_due",
            ),
        ]


class CaseEntry(SealedEntry):
    """One act on a case, in its exact canonical text, sealed after the entry before it."""

    case = WithinTenant(Case)

    class Meta(SealedEntry.Meta):
        constraints = [
            *SealedEntry.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "case", "number"], name="case_entry_number"),
        ]


class SafetyPlan(TenantModel):
    """One version of a person's safety plan, sealed; a new version stands beside the ones before it."""

    person = WithinTenant("people.Person")
    number = models.IntegerField()
    text_sealed = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "person", "number"], name="safety_plan_number"),
        ]


class PlanGiven(TenantModel):
    """A safety plan was given to the client: which version, how, when, by whom."""

    plan = WithinTenant(SafetyPlan)
    how = models.CharField(max_length=24)
    given_at = models.DateTimeField()
    given_by = models.UUIDField()
