"""What is known of the roster and its channels, as plain values; run inside ``acting()``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce, Least

from kap.casework.calls import Called, Means
from kap.casework.roster import gaps_in
from kap.people.roles import MEDICAL_DIRECTOR, NURSE, PRESCRIBER, THERAPIST
from kap.vocabulary.moments import Instant, Window
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.accounts import queries as staff
from kap_clinic.database.door import Acting
from kap_clinic.keys.errors import KeyringError, SealError
from kap_clinic.people.contacts import NO_CONTACT, Contact, open_contact

from .models import CallMade, DailyTest, Duty, Message

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
    """One duty as the roster shows it; ``until`` is when it really ends."""

    id: UUID
    place: Called
    somebody: Somebody
    starts_at: datetime
    until: datetime
    gives_number: bool


@dataclass(frozen=True, kw_only=True)
class DailyTestLine:
    """One daily test: to whom, when, and when they answered."""

    id: UUID
    name: str
    made_at: datetime
    received_at: datetime | None
    failed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class MessageLine:
    """One message of a call: to whom, by which means, and what came of it."""

    name: str
    means: Means
    state: str
    tries: int
    sent_at: datetime | None
    because: str


@dataclass(frozen=True, kw_only=True)
class CallLine:
    """One call about a case: who was meant, when it was due and made, and its messages."""

    who: Called
    due_at: datetime
    made_at: datetime
    messages: tuple[MessageLine, ...]


def may_send_safety_forms(act: Acting, at: datetime) -> Hearing:
    """Say whether a form holding a safety item may be sent to a client now.

    Missing: no roster and no answered test mean no.
    """
    if not _on_duty(act, at).filter(place=Called.ON_CALL.value).exists():
        return Hearing(is_heard=False, why=NOBODY_ON_CALL)
    if settings.ENVIRONMENT.is_demo:
        return Hearing(is_heard=True, why=IN_THE_DEMONSTRATION)
    if _proven_at(act, at) is None:
        return Hearing(is_heard=False, why=NOT_PROVEN)
    return Hearing(is_heard=True, why=IS_HEARD)


def duties(act: Acting, since: datetime, until: datetime) -> list[DutyLine]:
    """Return the duties that fall into a stretch of time, the first to start first; contacts stay sealed."""
    rows = _with_end(act).filter(starts_at__lt=until, until__gt=since)
    return [_line(row, NO_CONTACT) for row in rows.order_by("starts_at", "place", "id")]


def on_duty(act: Acting, at: datetime) -> list[DutyLine]:
    """Return who is on call and who is backup at this moment, the first called first."""
    return sorted(
        (_duty(act, row) for row in _on_duty(act, at)),
        key=lambda one: (list(Called).index(one.place), one.starts_at),
    )


def duty(act: Acting, id: UUID) -> DutyLine | None:
    """Return one duty; None for any other id, or one taken back before it began."""
    row = _with_end(act).filter(id=id).first()
    return None if row is None else _duty(act, row)


def case_of(act: Acting, message: UUID) -> UUID | None:
    """Return the case a message called about; None for any other id."""
    rows = Message.objects.filter(id=message, organization_id=act.organization, call__isnull=False)
    return rows.values_list("call__case_id", flat=True).first()


def reachable(act: Acting, at: datetime, site: UUID | None = None) -> dict[Called, tuple[Somebody, ...]]:
    """Return whom each step of the calls reaches at this moment.

    Shape: beyond those on duty only who works at this site, where the case is of one.
    """
    found: dict[Called, list[Somebody]] = {who: [] for who in Called}
    for duty in on_duty(act, at):
        found[duty.place].append(duty.somebody)
    everybody = {one.member: one for duties_of in found.values() for one in duties_of}
    for line in staff.staff(act, limit=EVERYBODY).lines:
        is_elsewhere = site is not None and line.sites is not None and site not in line.sites
        if is_elsewhere or not _CLINICAL.intersection(line.roles):
            continue
        somebody = everybody.setdefault(line.id, _by_own_contact(act, line.id, line.name))
        if MEDICAL_DIRECTOR.id in line.roles:
            found[Called.DIRECTOR].append(somebody)
    found[Called.EVERYBODY] = list(everybody.values())
    return {who: tuple(people) for who, people in found.items()}


def calls_about(act: Acting, case: UUID) -> list[CallLine]:
    """Return the calls made about a case, the first first."""
    rows = CallMade.objects.filter(organization_id=act.organization, case_id=case).order_by("made_at", "id")
    sent = Message.objects.filter(organization_id=act.organization, call__case_id=case)
    by_call: dict[UUID | None, list[MessageLine]] = {}
    for row in sent.select_related("member").order_by("made_at", "id"):
        line = MessageLine(
            name=row.member.name, means=Means(row.means), state=row.state, tries=row.tries,
            sent_at=row.sent_at, because=row.because,
        )  # fmt: skip
        by_call.setdefault(row.call_id, []).append(line)
    return [
        CallLine(
            who=Called(row.who), due_at=row.due_at, made_at=row.made_at,
            messages=tuple(by_call.get(row.id, [])),
        )
        for row in rows
    ]  # fmt: skip


def first_to_own(act: Acting, at: datetime) -> UUID | None:
    """Return who owns a case nobody has taken yet: who is on call, or the next one up.

    Missing: None only where nobody at all could be called.
    """
    # A safety answer must open its case even while no sealed contact can be read.
    for row in sorted(_on_duty(act, at), key=lambda row: list(Called).index(Called(row.place))):
        owner: UUID = row.member_id
        return owner
    lines = staff.staff(act, limit=EVERYBODY).lines
    for roles in ({MEDICAL_DIRECTOR.id}, _CLINICAL, None):
        found = next((line.id for line in lines if roles is None or roles.intersection(line.roles)), None)
        if found is not None:
            return found
    return None


def number_for_clients(act: Acting, at: datetime) -> str:
    """Return the telephone number clients are told.

    Missing: empty where nobody on call lets theirs be told, or it cannot be read; the answer is kept anyway.
    """
    try:
        numbers = [duty.somebody.contact.phone for duty in on_duty(act, at) if duty.gives_number]
    except (KeyringError, SealError):
        return ""
    return next((number for number in numbers if number), "")


def gaps(act: Acting, at: datetime, until: datetime) -> tuple[Window, ...]:
    """Return the stretches in which nobody is the first to be called."""
    rows = _with_end(act).filter(place=Called.ON_CALL.value, starts_at__lt=until, until__gt=at)
    promised = [Window(Instant(row.starts_at), Instant(row.until)) for row in rows]
    return gaps_in(promised, Window(Instant(at), Instant(until)))


def last_covered_at(act: Acting, at: datetime) -> datetime | None:
    """Return when the last duty up to now ends, or ended.

    Missing: None where nobody was ever on call here.
    """
    rows = _with_end(act).filter(place=Called.ON_CALL.value, starts_at__lte=at)
    last: datetime | None = rows.aggregate(last=Max("until"))["last"]
    return last


def daily_tests(act: Acting, limit: int = 14) -> list[DailyTestLine]:
    """Return the daily tests, the newest first."""
    rows = DailyTest.objects.filter(organization_id=act.organization).select_related("duty__member")
    return [
        DailyTestLine(
            id=row.id, name=row.duty.member.name, made_at=row.made_at, received_at=row.received_at,
            failed_at=row.failed_at,
        )
        for row in rows.order_by("-made_at", "-id")[:limit]
    ]  # fmt: skip


def _proven_at(act: Acting, at: datetime) -> datetime | None:
    """When somebody last answered a test that went out by a real channel, if that still counts."""
    answered = Message.objects.filter(
        organization_id=act.organization, test__received_at__gt=at - PROOF_LASTS,
        test__received_at__lte=at, state="sent", is_real=True,
    )  # fmt: skip
    return answered.order_by("-test__received_at").values_list("test__received_at", flat=True).first()


def _with_end(act: Acting) -> Any:
    """The duties of people who still work here, but those that were taken back before they began."""
    rows = Duty.objects.filter(organization_id=act.organization, member__left_at__isnull=True)
    rows = rows.select_related("member").annotate(until=Least("ends_at", Coalesce("ended_at", F("ends_at"))))
    return rows.filter(until__gt=F("starts_at"))


def _on_duty(act: Acting, at: datetime) -> Any:
    return _with_end(act).filter(Q(starts_at__lte=at, until__gt=at))


def _duty(act: Acting, row: Any) -> DutyLine:
    return _line(row, open_contact(act, row.contact_sealed, TABLE, row.id))


def _line(row: Any, contact: Contact) -> DutyLine:
    return DutyLine(
        id=row.id, place=Called(row.place), starts_at=row.starts_at, until=row.until,
        gives_number=row.gives_number,
        somebody=Somebody(member=row.member_id, name=row.member.name, contact=contact),
    )  # fmt: skip


def _by_own_contact(act: Acting, member: UUID, name: str) -> Somebody:
    found = staff.person(act, member)
    contact = Contact(phone=found.phone, email=found.email) if found else Contact()
    return Somebody(member=member, name=name, contact=contact)
