"""Tables of screening: what was told, what was overridden, what was signed; each only grows."""

from django.db import models
from django.db.models import F, Q

from kap_clinic.database.constraints import who_and_when
from kap_clinic.database.models import ClientLink, SealedEntry, TenantModel, WithinTenant


class HistoryLink(ClientLink):
    """A link to the health history that was given to one client; it opens that form and nothing else."""

    finished_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta(ClientLink.Meta):
        constraints = [
            *ClientLink.Meta.constraints,
            who_and_when("withdrawn", name="history_link_withdrawn_who_and_when"),
            models.CheckConstraint(
                condition=Q(expires_at__gte=F("made_at")), name="history_link_ends_after_it_began"
            ),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="history_link_by_person")]

    @property
    def is_finished(self) -> bool:
        """Whether the client has sent the form."""
        return self.finished_at is not None


class HistoryAnswer(TenantModel):
    """One answer to one question of the structured history, as it was given; a later one stands beside it.

    Shape: ``is_repeat`` where it stands again because nothing had changed in its group.
    Missing: ``link`` is None where a clinician recorded the answer.
    """

    person = WithinTenant("people.Person")
    link = WithinTenant(HistoryLink, null=True)
    question = models.CharField(max_length=64)
    value = models.CharField(max_length=160)
    version = models.IntegerField()
    language = models.CharField(max_length=8)
    is_confirmed = models.BooleanField()
    is_repeat = models.BooleanField(default=False)
    answered_at = models.DateTimeField()
    answered_by = models.UUIDField()
    local_day = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(link__isnull=True) | Q(is_confirmed=False),
                name="history_answer_confirmed_by_staff",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "person", "answered_at"], name="history_answer_by_person")
        ]


class Override(TenantModel):
    """A medical director's answer to one finding: why, and until when; the finding keeps its verdict."""

    person = WithinTenant("people.Person")
    rule = models.CharField(max_length=64)
    verdict = models.CharField(max_length=16)
    drug = models.CharField(max_length=16)
    route = models.CharField(max_length=4)
    why = models.TextField()
    reason = models.TextField()
    role = models.CharField(max_length=32)
    until = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=Q(until__gte=F("made_at")), name="override_ends_after_it_began"),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="override_by_person")]


class OverrideEntry(SealedEntry):
    """An override made, or ended before its day, in canonical text, sealed after the act before it."""

    person = WithinTenant("people.Person")
    override = WithinTenant(Override)
    kind = models.CharField(max_length=32)

    class Meta(SealedEntry.Meta):
        constraints = [
            *SealedEntry.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "person", "number"], name="override_entry_number"
            ),
            models.UniqueConstraint(fields=["organization", "override", "kind"], name="override_entry_once"),
        ]


class Signature(TenantModel):
    """A signed screening: the whole of it in canonical text, sealed after the one signed before it."""

    person = WithinTenant("people.Person")
    number = models.IntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    text = models.TextField()
    drug = models.CharField(max_length=16)
    route = models.CharField(max_length=4)
    decision = models.CharField(max_length=16)
    signed_at = models.DateTimeField()
    signed_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "person", "number"], name="signature_number"),
        ]


class SignedDecision(TenantModel):
    """What of a signature another organization may read with a shared chart: what, when and who, never why.

    Shape: ``signed_by`` is a name, for the other organization cannot read whose id it is.
    """

    person = WithinTenant("people.Person")
    signature = WithinTenant(Signature)
    drug = models.CharField(max_length=16)
    route = models.CharField(max_length=4)
    decision = models.CharField(max_length=16)
    verdict = models.CharField(max_length=16)
    signed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=120)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "signature"], name="signed_decision_once"),
        ]
