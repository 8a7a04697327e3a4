"""What is known of the roster and its channels, as plain values; run inside ``acting()``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from kap.casework.calls import Called
from kap.casework.reaching import IN_VAIN
from kap.casework.roster import for_site
from kap.people.roles import MEDICAL_DIRECTOR, NURSE, PRESCRIBER, THERAPIST
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.accounts import queries as staff
from kap_clinic.database.door import Acting
from kap_clinic.keys.errors import KeyringError, SealError
from kap_clinic.people.contacts import NO_CONTACT, Contact, open_contact

from . import coverage, store
from .models import DailyTest, Message

TABLE = "on_call_duty"
PROOF_LASTS = timedelta(hours=24)
# An organization has at most so many people on its staff whom a call to everybody reaches.
EVERYBODY = 200
_CLINICAL = frozenset(role.id for role in (NURSE, THERAPIST, PRESCRIBER, MEDICAL_DIRECTOR))

NOBODY_ON_CALL = sentence("Nobody is on call now, so a form about safety is answered with staff present.")
NOT_PROVEN = sentence(
    "No test message was answered in the last 24 hours, so nobody can promise that an answer is heard. "
    "A form about safety is answered with staff present."
)
IS_HEARD = sentence("Somebody is on call, and a test message was answered in the last 24 hours.")
IN_THE_DEMONSTRATION = sentence("Somebody is on call. This is a demonstration: messages stay in a folder.")


@dataclass(frozen=True)
class Hearing:
    """Whether somebody hears a safety answer given away from the clinic, and the sentence that says so."""

    is_heard: bool
    why: Sentence


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A person who can be called, and how."""

    member: UUID
    name: str
    contact: Contact


@dataclass(frozen=True, kw_only=True)
class DutyLine:
    """One duty as the roster shows it; ``until`` is when it really ends.

    Missing: ``site`` is None and ``site_name`` empty where it is for every site; ``taken_from`` is empty
    unless it was handed over.
    """

    id: UUID
    place: Called
    somebody: Somebody
    starts_at: datetime
    until: datetime
    gives_number: bool
    site: UUID | None
    site_name: str
    taken_from: str


@dataclass(frozen=True, kw_only=True)
class DailyTestLine:
    """One daily test: to whom, when, and when they answered; ``is_in_vain`` where the text did not arrive."""

    id: UUID
    name: str
    made_at: datetime
    received_at: datetime | None
    failed_at: datetime | None
    is_in_vain: bool


def may_send_safety_forms(act: Acting, at: datetime, site: UUID | None = None) -> Hearing:
    """Say whether a form holding a safety item may be sent to a client of a site now.

    Missing: without a site every site must be covered; one nobody covers and no answered test mean no.
    """
    for gap in coverage.gaps(act, at, at + timedelta(seconds=1), site):
        return Hearing(is_heard=False, why=_nobody_for(gap.sites) if gap.sites else NOBODY_ON_CALL)
    if settings.ENVIRONMENT.is_demo:
        return Hearing(is_heard=True, why=IN_THE_DEMONSTRATION)
    if _proven_at(act, at) is None:
        return Hearing(is_heard=False, why=NOT_PROVEN)
    return Hearing(is_heard=True, why=IS_HEARD)


def duties(act: Acting, since: datetime, until: datetime) -> list[DutyLine]:
    """Return the duties that fall into a stretch of time, the first to start first; contacts stay sealed."""
    rows = store.standing_in(act, since, until)
    return [_line(row, NO_CONTACT) for row in rows.order_by("starts_at", "place", "id")]


def on_duty(act: Acting, at: datetime) -> list[DutyLine]:
    """Return who is on call and who is backup at this moment, the first called first."""
    return _in_order(_duty(act, row) for row in store.standing_at(act, at))


def on_duty_within(act: Acting, since: datetime, until: datetime) -> list[DutyLine]:
    """Return whoever is on call or backup at any time of a stretch, with how they are reached."""
    return _in_order(_duty(act, row) for row in store.standing_in(act, since, until))


def duty(act: Acting, id: UUID) -> DutyLine | None:
    """Return one duty; None for any other id, or one taken back before it began."""
    row = store.standing(act).filter(id=id).first()
    return None if row is None else _duty(act, row)


def reachable(act: Acting, at: datetime, site: UUID | None = None) -> dict[Called, tuple[Somebody, ...]]:
    """Return whom each step of the calls reaches at this moment.

    Shape: of those on duty the site's own before those for every site, beyond them only who works at this
    site, where the case is of one.
    """
    found: dict[Called, list[Somebody]] = {who: [] for who in Called}
    for place, lines in _called_for(site, on_duty(act, at)).items():
        found[place] = [line.somebody for line in lines]
    everybody = {one.member: one for duties_of in found.values() for one in duties_of}
    for line in _working_at(act, site):
        if not _CLINICAL.intersection(line.roles):
            continue
        somebody = everybody.setdefault(line.id, _by_own_contact(act, line.id, line.name))
        if MEDICAL_DIRECTOR.id in line.roles:
            found[Called.DIRECTOR].append(somebody)
    found[Called.EVERYBODY] = list(everybody.values())
    return {who: tuple(people) for who, people in found.items()}


def first_to_own(
    act: Acting, at: datetime, site: UUID | None = None, who: Called = Called.ON_CALL
) -> UUID | None:
    """Return who owns a case of this site nobody has taken yet: who is called first, or the next one up.

    Missing: None only where nobody at all could be called.
    """
    # A safety answer must open its case even while no sealed contact can be read.
    lines = _called_for(site, _in_order(_line(row, NO_CONTACT) for row in store.standing_at(act, at)))
    order = list(Called)
    for place in order[order.index(who) :]:
        for line in lines.get(place, ()):
            return line.somebody.member
    here, all_of_them = _working_at(act, site), staff.staff(act, limit=EVERYBODY).lines
    for people, roles in ((here, {MEDICAL_DIRECTOR.id}), (here, _CLINICAL), (all_of_them, None)):
        found = next((one.id for one in people if roles is None or roles.intersection(one.roles)), None)
        if found is not None:
            return found
    return None


def number_for_clients(act: Acting, at: datetime, site: UUID | None = None) -> str:
    """Return the telephone number clients of this site are told.

    Missing: empty where nobody on call lets theirs be told, or it cannot be read; the answer is kept anyway.
    """
    try:
        found = _called_for(site, on_duty(act, at)).values()
    except (KeyringError, SealError):
        return ""
    numbers = [line.somebody.contact.phone for lines in found for line in lines if line.gives_number]
    return next((number for number in numbers if number), "")


def daily_tests(act: Acting, limit: int = 14) -> list[DailyTestLine]:
    """Return the daily tests, the newest first."""
    rows = DailyTest.objects.filter(organization_id=act.organization).select_related("duty__member")
    newest = list(rows.order_by("-made_at", "-id")[:limit])
    lost = Message.objects.filter(organization_id=act.organization, test__in=newest, became__in=IN_VAIN)
    in_vain = set(lost.values_list("test_id", flat=True))
    return [
        DailyTestLine(
            id=row.id, name=row.duty.member.name, made_at=row.made_at, received_at=row.received_at,
            failed_at=row.failed_at, is_in_vain=row.id in in_vain,
        )
        for row in newest
    ]  # fmt: skip


def _nobody_for(sites: tuple[str, ...]) -> Sentence:
    return sentence(
        "Nobody is on call for {sites} now, so a form about safety is answered with staff present.",
        sites=", ".join(sites),
    )


def _proven_at(act: Acting, at: datetime) -> datetime | None:
    """When somebody last answered a test that went out by a real channel, if that still counts."""
    answered = Message.objects.filter(
        organization_id=act.organization, test__received_at__gt=at - PROOF_LASTS,
        test__received_at__lte=at, state="sent", is_real=True,
    )  # fmt: skip
    return answered.order_by("-test__received_at").values_list("test__received_at", flat=True).first()


def _in_order(lines: Iterable[DutyLine]) -> list[DutyLine]:
    return sorted(lines, key=lambda one: (list(Called).index(one.place), one.starts_at))


def _called_for(site: UUID | None, lines: Iterable[DutyLine]) -> dict[Called, tuple[DutyLine, ...]]:
    """Who has each place on the roster for a case of this site."""
    by_place: dict[Called, dict[UUID | None, list[DutyLine]]] = {}
    for line in lines:
        by_place.setdefault(line.place, {}).setdefault(line.site, []).append(line)
    return {place: for_site(site, by_site) for place, by_site in by_place.items()}


def _working_at(act: Acting, site: UUID | None) -> list[staff.StaffLine]:
    lines = staff.staff(act, limit=EVERYBODY).lines
    return [one for one in lines if site is None or one.sites is None or site in one.sites]


def _duty(act: Acting, row: Any) -> DutyLine:
    try:
        contact = open_contact(act, row.contact_sealed, TABLE, row.id)
    except (KeyringError, SealError):
        # One contact nobody can read must not keep the others from being called.
        contact = NO_CONTACT
    return _line(row, contact)


def _line(row: Any, contact: Contact) -> DutyLine:
    return DutyLine(
        id=row.id, place=Called(row.place), starts_at=row.starts_at, until=row.until,
        gives_number=row.gives_number, site=row.site_id, site_name=row.site.name if row.site else "",
        taken_from=row.after.member.name if row.after else "",
        somebody=Somebody(member=row.member_id, name=row.member.name, contact=contact),
    )  # fmt: skip


def _by_own_contact(act: Acting, member: UUID, name: str) -> Somebody:
    found = staff.person(act, member)
    contact = Contact(phone=found.phone, email=found.email) if found else Contact()
    return Somebody(member=member, name=name, contact=contact)
