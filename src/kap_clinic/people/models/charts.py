"""Tables of charts: who this is, how they are found, who stands by them, who opened them unasked."""

from django.db import models
from django.db.models import F, Q

from kap_clinic.database.constraints import who_and_when
from kap_clinic.database.models import TenantModel, WithinTenant


class Person(TenantModel):
    """A chart: who this is, and how far they have come.

    Shape: ``birth`` is as it was given, 1980, 1980-05 or 1980-05-17. Missing: an empty ``birth`` was not
    given; without a site the chart belongs to the whole organization.
    """

    name = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=120)
    birth = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=32, blank=True)
    pronouns = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=8, blank=True)
    contact_sealed = models.TextField(blank=True)
    stage = models.CharField(max_length=16)
    site = WithinTenant("organizations.Site", null=True)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "sort_name", "id"], name="person_by_name"),
            models.Index(fields=["organization", "birth"], name="person_by_birth"),
            models.Index(fields=["organization", "stage", "opened_at"], name="person_by_stage"),
        ]


class NameWord(TenantModel):
    """One word of a chart's name, folded: by it a first name alone finds the chart."""

    person = WithinTenant(Person)
    word = models.CharField(max_length=120, db_collation="C")

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "word", "person"], name="name_word_by_word")]


class PersonChange(TenantModel):
    """What was said about a chart, added and never edited: opened, moved on, named otherwise."""

    person = WithinTenant(Person)
    kind = models.CharField(max_length=16)
    value = models.CharField(max_length=160)
    because = models.CharField(max_length=240, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "person", "changed_at"], name="person_change_by_person")
        ]


class SupportPerson(TenantModel):
    """Somebody who stands by a client: escort or supporter, and what they may be told.

    Missing: ``ended_at`` is None while they do.
    """

    person = WithinTenant(Person)
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=60, blank=True)
    does = models.CharField(max_length=16)
    may_be_told = models.CharField(max_length=16)
    contact_sealed = models.TextField(blank=True)
    named_at = models.DateTimeField()
    named_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    because = models.CharField(max_length=240, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            who_and_when("ended", name="support_ended_who_and_when"),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="support_by_person")]


class Opening(TenantModel):
    """A chart opened by somebody without access in the ordinary way: why, for whom, until when."""

    person = WithinTenant(Person)
    member_id = models.UUIDField()
    because = models.CharField(max_length=240)
    recipient = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__gte=F("opened_at")), name="opening_ends_after_it_began"
            ),
            who_and_when("reviewed", name="opening_reviewed_who_and_when"),
        ]
        indexes = [models.Index(fields=["organization", "person", "member_id"], name="opening_by_person")]
