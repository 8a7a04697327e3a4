"""Tables of what came in about people: files, names in other systems, facts, and what nobody understood."""

from django.db import models
from django.db.models import Q

from kap_clinic.database.constraints import who_and_when
from kap_clinic.database.models import TenantModel, WithinTenant

from .charts import Person


class Import(TenantModel):
    """A file that brought records; sealed as it came, and its people placed in charts when somebody said so.

    Missing: ``written_at`` is None while it waits for an answer about possible duplicates, and for good
    where it was ``discarded_at`` some time.
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
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.UUIDField(null=True)
    because = models.CharField(max_length=240, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            who_and_when("written", name="import_written_who_and_when"),
            models.CheckConstraint(
                condition=Q(discarded_at__isnull=True, discarded_by__isnull=True)
                | Q(discarded_at__isnull=False, discarded_by__isnull=False, written_at__isnull=True),
                name="import_discarded_who_and_when",
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
