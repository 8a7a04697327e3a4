"""Tables of people: enquiries, charts, the facts in them, where they came from, who opened them unasked."""

from django.db import models
from django.db.models import F, Q

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


class Import(TenantModel):
    """A file that brought records; sealed as it came, and its people placed in charts when somebody said so.

    Missing: ``written_at`` is None while it waits for an answer about possible duplicates.
    """

    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=120)
    form = models.CharField(max_length=8)
    file_sealed = models.TextField()
    people = models.IntegerField()
    resources = models.IntegerField()
    understood = models.IntegerField()
    facts = models.IntegerField()
    unread = models.IntegerField()
    unused = models.TextField(blank=True)
    received_at = models.DateTimeField()
    received_by = models.UUIDField()
    written_at = models.DateTimeField(null=True)
    written_by = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(written_at__isnull=True, written_by__isnull=True)
                | Q(written_at__isnull=False, written_by__isnull=False),
                name="import_written_who_and_when",
            ),
        ]
        indexes = [models.Index(fields=["organization", "received_at"], name="import_by_time")]


class ExternalIdentifier(TenantModel):
    """What another system calls a person; its id is made from the organization and that name."""

    person = WithinTenant(Person)
    system = models.TextField()
    kind = models.CharField(max_length=32)
    value = models.TextField()
    brought_by = WithinTenant(Import, null=True)
    recorded_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "person"], name="external_id_by_person")]


class RecordedFact(TenantModel):
    """One fact of a chart, as kap.vocabulary.facts knows it; added, never edited.

    Shape: of the rows of one ``source`` and ``place``, those of the newest ``recorded_at`` stand; a row
    without a value only ends what stood there.
    """

    person = WithinTenant(Person)
    source = models.CharField(max_length=120)
    place = models.TextField()
    what = models.TextField()
    value = models.TextField(blank=True)
    unit = models.TextField(blank=True)
    held_at = models.CharField(max_length=60, blank=True)
    local_day = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=16)
    course = models.CharField(max_length=16, blank=True)
    upper_limit = models.TextField(blank=True)
    came_from = models.TextField()
    brought_by = WithinTenant(Import, null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "person", "source", "place"], name="fact_by_person"),
            models.Index(fields=["organization", "brought_by"], name="fact_by_import"),
        ]


class Unread(TenantModel):
    """A part of somebody's records that became no fact, with the reason; kept and shown."""

    person = WithinTenant(Person, null=True)
    brought_by = WithinTenant(Import)
    source = models.CharField(max_length=120)
    place = models.TextField()
    came_from = models.TextField()
    why = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "person"], name="unread_by_person"),
            models.Index(fields=["organization", "brought_by"], name="unread_by_import"),
        ]


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
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="opening_reviewed_who_and_when",
            ),
        ]
        indexes = [models.Index(fields=["organization", "person", "member_id"], name="opening_by_person")]


class SelfReferralSwitch(TenantModel):
    """Whether the public self-referral page is open, added at each turn; the newest row counts."""

    is_open = models.BooleanField()
    switched_at = models.DateTimeField()
    switched_by = models.UUIDField()
