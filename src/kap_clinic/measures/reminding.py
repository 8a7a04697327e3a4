"""Messages that questions wait: once when they are asked and once when they are due, never at night.

The text names no person, no form and nothing clinical. A message is claimed in the database before it is
sent, so that no crash sends it twice; what came of it is written beside the claim. One that the mail server
did not take is tried again; whom no message reached waits for staff on the day board.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

from kap.instruments.schedules import may_be_messaged
from kap.vocabulary.moments import Instant
from kap_clinic.accounts.shown import house_zone
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.organizations import queries as organizations
from kap_clinic.people.access import person_in
from kap_clinic.people.contacts import open_contact

from .asking import may_be_sent
from .models import Asked, FormLink, Reminder
from .rounds import LOOK
from .shelf import definition_of
from .tokens import address_of

POSTMAN = Actor.program("mail to clients")
FIRST, AGAIN = "first", "again"
SENT, NO_ADDRESS, FAILED = "sent", "no-address", "failed"
MOST = 500
TRIED_AGAIN_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message that was claimed: to whom, about which link."""

    reminder: UUID
    to: str
    subject: str
    text: str


def remind(organization: UUID, at: datetime, send: Callable[[EmailMessage], object]) -> int:
    """Send what is due by now, one client at a time; return how many messages went out."""
    with acting(organization, POSTMAN, LOOK) as act:
        links = _links_waiting(act, at)
    return sum(_remind_one(organization, link, at, send) for link in links)


def _remind_one(organization: UUID, link: UUID, at: datetime, send: Callable[[EmailMessage], object]) -> bool:
    letter = _claimed(organization, link, at)
    if letter is None:
        return False
    result = NO_ADDRESS
    if letter.to:
        try:
            send(EmailMessage(letter.subject, letter.text, to=[letter.to]))
            result = SENT
        except OSError:
            result = FAILED
    with acting(organization, POSTMAN, "measures.note_reminder") as act:
        act.about(link)
        Reminder.objects.filter(id=letter.reminder, organization_id=act.organization).update(
            ended_at=at, result=result
        )
    return result == SENT


def _claimed(organization: UUID, link: UUID, at: datetime) -> Letter | None:
    """Claim the message that is due for a link; none where it is night there, or it was claimed before."""
    with acting(organization, POSTMAN, "measures.remind") as act:
        row = FormLink.objects.select_for_update().filter(id=link, organization_id=act.organization).get()
        forms = _open_forms(act, link, at)
        kind = _kind_due(act, link, forms, at)
        if kind is None or not may_be_messaged(Instant(at), _zone_of(forms)) or not _is_heard(act, forms, at):
            act.action = LOOK
            return None
        act.about(link, row.person_id)
        id = uuid5(link, kind)
        Reminder.objects.update_or_create(
            id=id, organization_id=act.organization, link_id=link, kind=kind,
            defaults={"claimed_at": at, "ended_at": None, "result": ""},
        )  # fmt: skip
        return _letter(act, row, id)


def _letter(act: Acting, row: FormLink, id: UUID) -> Letter:
    person = person_in(act, row.person_id)
    to = open_contact(act, person.contact_sealed, "people_person", person.id).email
    said = {"house": organizations.organization().name, "link": address_of(act.organization, row.id)}
    with override(row.language):
        subject = render_to_string("measures/mail/waiting_subject.txt", said).strip()
        return Letter(
            reminder=id, to=to, subject=subject, text=render_to_string("measures/mail/waiting.txt", said)
        )


def _kind_due(act: Acting, link: UUID, forms: list[Asked], at: datetime) -> str | None:
    if not forms:
        return None
    rows = Reminder.objects.filter(link_id=link, organization_id=act.organization)
    claimed = {row.kind: row for row in rows}
    for row in claimed.values():
        if row.result == FAILED and row.claimed_at + TRIED_AGAIN_AFTER <= at:
            return row.kind
    if FIRST not in claimed:
        return FIRST
    return AGAIN if AGAIN not in claimed and min(form.due_at for form in forms) <= at else None


def _is_heard(act: Acting, forms: list[Asked], at: datetime) -> bool:
    return all(
        may_be_sent(act, definition_of(form.instrument, form.version), form.language, form.person.site_id, at)
        for form in forms
    )


def _zone_of(forms: list[Asked]) -> str:
    return next((form.followed.time_zone for form in forms if form.followed), house_zone())


def _open_forms(act: Acting, link: UUID, at: datetime) -> list[Asked]:
    rows = Asked.objects.filter(
        link_id=link, ended="", opens_at__lte=at, expires_at__gt=at, organization_id=act.organization
    )
    return list(rows.select_related("followed", "person").order_by("id"))


def _links_waiting(act: Acting, at: datetime) -> list[UUID]:
    """The links of schedules that open something now and whose second message has not gone out yet."""
    rows = Asked.objects.filter(
        followed__isnull=False, link__isnull=False, link__withdrawn_at=None, ended="", opens_at__lte=at,
        expires_at__gt=at, organization_id=act.organization,
    )  # fmt: skip
    spent = Reminder.objects.filter(kind=AGAIN, organization_id=act.organization).exclude(result=FAILED)
    links = (
        rows.exclude(link_id__in=spent.values("link_id"))
        .order_by("link_id")
        .values_list("link_id", flat=True)
    )
    return [link for link in links.distinct()[:MOST] if link]
