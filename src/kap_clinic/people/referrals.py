"""What is done to a referral: taken with what came along, and answered to whoever sent the person here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.accounts.shown import house_today
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.identity import new_id
from kap_clinic.database.once import once
from kap_clinic.keys.sealing import seal_text

from .access import person_in
from .actions import add_change
from .contacts import NO_CONTACT, Contact, seal_contact
from .models import Import, Referral, ReferralAnswer, ReferralRecord

OUTCOMES: Mapping[str, Promise] = {
    "accepted": _("accepted for treatment"),
    "not-accepted": _("not accepted"),
    "did-not-come": _("did not come"),
    "finished": _("treatment finished"),
}
TABLE, WHY = "people_referral", "why_sealed"

_NAMELESS = sentence("Write the name of the person who referred.")
_LATER = sentence("A referral cannot be dated in the future. Check the day.")
_NO_REFERRAL = sentence("This organization has no such referral.")
_NO_FILE = sentence("This organization has received no such file.")
_NO_OUTCOME = sentence("Choose one of the outcomes offered.")
_HOW = sentence("Say how they were told, for example by letter or by telephone.")


@dataclass(frozen=True, kw_only=True)
class Referrer:
    """Who referred somebody, and how they are reached."""

    name: str
    practice: str = ""
    contact: Contact = NO_CONTACT

    @property
    def in_words(self) -> str:
        """Return the name and the practice in one line."""
        return ", ".join(part for part in (self.name, self.practice) if part)


def take_referral(
    *, organization: UUID, by: Actor, id: UUID, person: UUID, referrer: Referrer, why: str = "",
    on: date | None = None, records: Iterable[UUID] = (),
) -> bool:  # fmt: skip
    """Keep that somebody was referred, with the files that came along, once; say whether this call did it.

    Raises: Refused.
    """
    with acting(organization, by, "people.take_referral") as act:
        act.require(Permission.OPEN_CHARTS, person_in(act, person).site_id)
        if not referrer.name.strip():
            raise Refused(_NAMELESS)
        if on is not None and on > house_today():
            raise Refused(_LATER)
        said = {
            "person_id": person, "referrer": referrer.name.strip()[:120],
            "practice": referrer.practice.strip()[:120], "referred_on": on,
        }  # fmt: skip
        noted = {
            "received_at": timezone.now(), "received_by": by.id,
            "contact_sealed": seal_contact(act, referrer.contact, TABLE, id),
            "why_sealed": _sealed(act, why.strip(), id),
        }  # fmt: skip
        act.about(id)
        is_new = once(Referral, id, said, noted).is_new
        if is_new:
            add_change(act, person, "referral", referrer.in_words)
        _join(act, id, records)
        return is_new


def join_records(*, organization: UUID, by: Actor, referral: UUID, records: Iterable[UUID]) -> None:
    """Say which files came with a referral; saying it twice says it once.

    Raises: Refused.
    """
    with acting(organization, by, "people.join_records") as act:
        _own(act, referral)
        _join(act, referral, records)


def tell_back(
    *, organization: UUID, by: Actor, id: UUID, referral: UUID, outcome: str, how: str, on: date
) -> bool:
    """Keep what the referrer was told, once; say whether this call did it.

    Raises: Refused.
    """
    with acting(organization, by, "people.tell_back") as act:
        row = _own(act, referral)
        if outcome not in OUTCOMES:
            raise Refused(_NO_OUTCOME)
        if not how.strip():
            raise Refused(_HOW)
        if on > house_today():
            raise Refused(_LATER)
        said = {"referral_id": referral, "outcome": outcome, "how": how.strip()[:160], "told_on": on}
        is_new = once(ReferralAnswer, id, said, {"recorded_at": timezone.now(), "recorded_by": by.id}).is_new
        if is_new:
            add_change(act, row.person_id, "told-back", row.referrer, str(OUTCOMES[outcome]))
        return is_new


def _own(act: Acting, id: UUID) -> Referral:
    row = Referral.objects.select_related("person").filter(id=id, organization_id=act.organization).first()
    if row is None:
        act.require(Permission.OPEN_CHARTS)
        raise Refused(_NO_REFERRAL)
    act.about(id, row.person_id)
    act.require(Permission.OPEN_CHARTS, row.person.site_id)
    return row


def _join(act: Acting, referral: UUID, records: Iterable[UUID]) -> None:
    wanted = set(records)
    known = Import.objects.filter(id__in=wanted, organization_id=act.organization)
    if wanted - set(known.values_list("id", flat=True)):
        raise Refused(_NO_FILE)
    at = timezone.now()
    ReferralRecord.objects.bulk_create(
        (
            ReferralRecord(
                id=new_id(), organization_id=act.organization, referral_id=referral, brought_by_id=one,
                joined_at=at, joined_by=act.actor.id,
            )
            for one in sorted(wanted)
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _sealed(act: Acting, why: str, id: UUID) -> str:
    return seal_text(act, why, table=TABLE, column=WHY, row=id) if why else ""
