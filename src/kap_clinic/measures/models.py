"""Tables of measures: what was asked of whom, each answer as it was given, and what the answers scored."""

from django.db import models
from django.db.models import F, Q

from kap_clinic.database.constraints import who_and_when
from kap_clinic.database.models import ClientLink, TenantModel, WithinTenant


class FormLink(ClientLink):
    """A link that opens the forms asked of one client on one occasion, and nothing else."""

    class Meta(ClientLink.Meta):
        constraints = [
            *ClientLink.Meta.constraints,
            who_and_when("withdrawn", name="form_link_withdrawn_who_and_when"),
            models.CheckConstraint(
                condition=Q(expires_at__gte=F("made_at")), name="form_link_ends_after_it_began"
            ),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="form_link_by_person")]


class Occasion(TenantModel):
    """A moment that forms are anchored to, such as a dose; its id is the id of the dose itself.

    Missing: ``called_off_at`` is None while it stands.
    """

    person = WithinTenant("people.Person")
    kind = models.CharField(max_length=16)
    happens_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    called_off_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "person", "happens_at"], name="occasion_by_person")]


class Followed(TenantModel):
    """A schedule that one client follows, from a local day on; its forms are asked by a job.

    Shape: ``schedule`` is the schedule with its version, ``usual@1``. Missing: ``stopped_at`` while it runs.
    """

    person = WithinTenant("people.Person")
    schedule = models.CharField(max_length=64)
    starts_on = models.DateField()
    time_zone = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    begun_by = models.UUIDField()
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            who_and_when("stopped", name="followed_stopped_who_and_when"),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="followed_by_person")]


class Asked(TenantModel):
    """A form that was asked of one person: which version, on which occasion, by when, and how it ended.

    Shape: ``filled_by`` is link, staff or rater; ``anchor`` says what it is timed by and ``anchored_to``
    names that occasion; ``ended`` is complete, partial, missed or withdrawn.
    Missing: ``ended`` is empty while it is open; ``settled_at`` None while a missed one waits for somebody.
    """

    person = WithinTenant("people.Person")
    link = WithinTenant(FormLink, null=True)
    followed = WithinTenant(Followed, null=True)
    instrument = models.CharField(max_length=64)
    version = models.IntegerField()
    filled_by = models.CharField(max_length=8)
    language = models.CharField(max_length=8)
    anchor = models.CharField(max_length=16)
    anchored_to = models.UUIDField(null=True)
    opens_at = models.DateTimeField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    ended = models.CharField(max_length=16, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended="", ended_at__isnull=True, ended_by__isnull=True)
                | (~Q(ended="") & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="asked_ended_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("opens_at"), expires_at__gte=F("due_at")),
                name="asked_opens_before_it_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "person", "asked_at"], name="asked_by_person"),
            models.Index(fields=["organization", "link"], name="asked_by_link"),
            models.Index(
                fields=["organization", "expires_at"],
                condition=Q(ended=""),
                name="asked_open_by_end",
            ),
        ]


class Answer(TenantModel):
    """One answer to one item, as it was given; a later one stands beside it and counts.

    Shape: ``value`` is as an instrument reads it: a number, HH:MM, or numbers joined by +. ``came_by`` is
    link or staff. ``given_at`` is when it was said, which for a paper form lies before it was recorded.
    ``language`` is the one the client read the question in.
    Missing: an empty ``value`` was passed over by the one who was asked; ``why`` is said of corrections;
    ``language`` is empty where staff recorded it.
    """

    asked = WithinTenant(Asked)
    item = models.CharField(max_length=16)
    value = models.CharField(max_length=64, blank=True)
    came_by = models.CharField(max_length=8)
    why = models.CharField(max_length=240, blank=True)
    language = models.CharField(max_length=8, blank=True, db_default="")
    given_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "asked", "recorded_at"], name="answer_by_asked")]


class Scored(TenantModel):
    """What the answers to one form scored when it ended, or after a correction; the highest number counts.

    Shape: ``result`` is the whole score in canonical text. ``happened_at`` is the day the answers speak of.
    Missing: ``total`` is None where the instrument has none or too little was answered; ``rater`` where the
    client answered.
    """

    asked = WithinTenant(Asked)
    person = WithinTenant("people.Person")
    number = models.IntegerField()
    instrument = models.CharField(max_length=64)
    version = models.IntegerField()
    total = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    band = models.CharField(max_length=64, blank=True)
    is_complete = models.BooleanField()
    result = models.TextField()
    rater = models.UUIDField(null=True)
    happened_at = models.DateTimeField()
    scored_at = models.DateTimeField()
    scored_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "asked", "number"], name="scored_number"),
        ]
        indexes = [
            models.Index(
                fields=["organization", "person", "instrument", "happened_at"], name="scored_by_person"
            )
        ]


class Reminder(TenantModel):
    """A message that forms wait for their client: claimed once before it is sent, then what came of it.

    Shape: ``kind`` is first or again. Missing: ``ended_at`` is None between the claim and its result.
    """

    link = WithinTenant(FormLink)
    kind = models.CharField(max_length=8)
    claimed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=16, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "link", "kind"], name="reminder_once"),
        ]


class ProfitStatement(TenantModel):
    """Whether the house is run for profit, as somebody stated it; the newest counts.

    Missing: until somebody says, wording that excludes commercial use is not shown.
    """

    is_for_profit = models.BooleanField()
    said_at = models.DateTimeField()
    said_by = models.UUIDField()


class LicensedCopy(TenantModel):
    """The house's own copy of an instrument's words, or of its tables, and the license it says it holds.

    Shape: ``kind`` is words or tables, ``text`` the file as it was given; the newest not withdrawn counts.
    ``valid_until`` is the last day of the license. Missing: ``language`` is empty for tables.
    """

    instrument = models.CharField(max_length=64)
    version = models.IntegerField()
    kind = models.CharField(max_length=8)
    language = models.CharField(max_length=8, blank=True)
    text = models.TextField()
    holder = models.CharField(max_length=120)
    reference = models.CharField(max_length=120)
    valid_until = models.DateField()
    is_for_profit_allowed = models.BooleanField()
    signed_at = models.DateTimeField()
    signed_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_because = models.CharField(max_length=240, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
                name="licensed_copy_withdrawn_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(kind="tables", language="") | (Q(kind="words") & ~Q(language="")),
                name="licensed_copy_words_have_a_language",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "instrument", "signed_at"], name="licensed_copy_by_form")
        ]
