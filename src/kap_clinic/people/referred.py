"""Referrals as plain values: who sent somebody, why, what came along, what they were told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from kap_clinic.accounts.queries import names_of
from kap_clinic.database.door import Acting
from kap_clinic.keys.sealing import open_text

from .access import may_see
from .contacts import open_contact
from .journey import REFERRAL, SCREENING
from .listing import MOST_SHOWN, PersonLine, line_of
from .models import Person, Referral, ReferralAnswer, ReferralRecord
from .referrals import TABLE, WHY, Referrer


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the referrer was told, how and on which day, and who recorded it."""

    outcome: str
    how: str
    on: date
    by: str


@dataclass(frozen=True, kw_only=True)
class ReferralFacts:
    """One referral as it is read.

    Missing: ``why`` is empty where the chart is not open to the reader, or nobody said.
    """

    id: UUID
    referrer: Referrer
    why: str
    on: date | None
    received_at: datetime
    records: tuple[tuple[UUID, str], ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, kw_only=True)
class ToTell:
    """A referral that was decided, about which nobody told the referrer."""

    referral: UUID
    referrer: str
    line: PersonLine


def referrals(act: Acting, person: Person) -> list[ReferralFacts]:
    """Return who referred one person, the newest first; why only to those the chart is open to."""
    rows = list(
        Referral.objects.filter(person_id=person.id, organization_id=act.organization)
        .order_by("-received_at", "-id")
    )  # fmt: skip
    records, told, is_open = _records_of(rows), _told_of(rows), may_see(act, person)
    return [
        ReferralFacts(
            id=row.id, referrer=_referrer(act, row), why=_why(act, row) if is_open else "",
            on=row.referred_on, received_at=row.received_at, records=tuple(records.get(row.id, ())),
            told=tuple(told.get(row.id, ())),
        )
        for row in rows
    ]  # fmt: skip


def referral_of(act: Acting, id: UUID) -> tuple[UUID, str] | None:
    """Return whom a referral is about and who referred; None for any other id."""
    rows = Referral.objects.filter(id=id, organization_id=act.organization)
    found = rows.values_list("person_id", "referrer").first()
    return found and (found[0], found[1])


def referred_by(act: Acting, persons: Collection[UUID]) -> dict[UUID, str]:
    """Return who referred each of these people last, in one query."""
    rows = Referral.objects.filter(person_id__in=persons, organization_id=act.organization)
    found = rows.order_by("received_at", "id").values_list("person_id", "referrer", "practice")
    return {person: ", ".join(filter(None, (name, practice))) for person, name, practice in found}


def to_tell(act: Acting) -> list[ToTell]:
    """Return the referrals that were decided, and whose referrer was told nothing, the oldest first."""
    answered = ReferralAnswer.objects.filter(referral_id=OuterRef("id"))
    rows = Referral.objects.filter(organization_id=act.organization).select_related("person")
    waiting = rows.exclude(person__stage__in=(REFERRAL, SCREENING)).filter(~Exists(answered))
    return [
        ToTell(referral=row.id, referrer=row.referrer, line=line_of(row.person))
        for row in waiting.order_by("received_at", "id")[:MOST_SHOWN]
    ]


def _records_of(rows: list[Referral]) -> dict[UUID, list[tuple[UUID, str]]]:
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    joined = ReferralRecord.objects.filter(referral_id__in=[row.id for row in rows])
    for referral, file, source in joined.order_by("joined_at", "id").values_list(
        "referral_id", "brought_by_id", "brought_by__source"
    ):
        found.setdefault(referral, []).append((file, source))
    return found


def _told_of(rows: list[Referral]) -> dict[UUID, list[Told]]:
    answers = list(
        ReferralAnswer.objects.filter(referral_id__in=[row.id for row in rows]).order_by(
            "-recorded_at", "-id"
        )
    )
    names = names_of(one.recorded_by for one in answers)
    found: dict[UUID, list[Told]] = {}
    for one in answers:
        told = Told(outcome=one.outcome, how=one.how, on=one.told_on, by=names.get(one.recorded_by, ""))
        found.setdefault(one.referral_id, []).append(told)
    return found


def _referrer(act: Acting, row: Referral) -> Referrer:
    return Referrer(
        name=row.referrer, practice=row.practice, contact=open_contact(act, row.contact_sealed, TABLE, row.id)
    )


def _why(act: Acting, row: Referral) -> str:
    if not row.why_sealed:
        return ""
    return open_text(act, row.why_sealed, table=TABLE, column=WHY, row=row.id)
