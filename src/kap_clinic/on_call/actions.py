"""What is done to the roster: somebody is put on call, hands over or ends early; a test is sent, answered."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from kap.casework.calls import Called, Means
from kap.people.permissions import Permission
from kap.people.roles import permits
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.accounts import queries as staff
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.identity import new_id
from kap_clinic.database.once import once
from kap_clinic.organizations.queries import sites
from kap_clinic.people.contacts import Contact, seal_contact

from . import queries
from .channels import Channels
from .models import DailyTest, Duty, Message
from .sending import add_messages

PLACES = (Called.ON_CALL, Called.BACKUP)
TEST_BY = (Means.SMS, Means.EMAIL)
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")

_NO_PLACE = sentence("A person is on call first, or as backup.")
_NOBODY = sentence("Nobody who works here now has this id. Choose from the list.")
_BACKWARD = sentence("A duty ends after it begins. Check both times.")
_OVER = sentence("A duty lies ahead, or goes on now: this one would be over already.")
_NO_PHONE = sentence("Write the number with its country, like +15555550100, so that the gateway can call it.")
_UNREACHABLE = sentence("Give a telephone number or an e-mail address: somebody on call must be reached.")
_NOT_THERE = sentence(
    "They do not work at every site they would be called for, and could not open its cases. Choose a site "
    "they work at."
)
_NO_CASES = sentence(
    "Their role may not take a case, so they cannot be called about one. Choose somebody who may."
)
_NO_REST = sentence("The duty is over by then. Choose an earlier moment.")
_NO_DUTY = sentence("There is no such duty.")
_DUTY_OVER = sentence("This duty is over already, or was handed over.")
_ITSELF = sentence("They have this duty already. Choose somebody else.")
_NO_TEST = sentence("There is no such test message.")
_NOT_YOURS = sentence("This test was sent to somebody else; only they can say that it came.")
_NO_WAY_OUT = sentence("No test could be sent: nobody is on call, or no way out is set up for them.")


def put_on_call(
    *, organization: UUID, by: Actor, id: UUID, member: UUID, place: str, starts_at: datetime,
    ends_at: datetime, phone: str = "", email: str = "", gives_number: bool = False,
    site: UUID | None = None,
) -> bool:  # fmt: skip
    """Put somebody on call, or as backup, for a stretch of time: for one site, or for every site.

    Raises: Refused.
    """
    with acting(organization, by, "on_call.put_on_call") as act:
        act.require(Permission.KEEP_ROSTER, site)
        _need(place in {one.value for one in PLACES}, _NO_PLACE)
        _need(ends_at > starts_at, _BACKWARD)
        _need(ends_at > timezone.now(), _OVER)
        said = {
            "place": place, "site_id": site, "starts_at": starts_at, "ends_at": ends_at,
            "gives_number": gives_number,
        }  # fmt: skip
        return _add(act, id, member, said, Contact(phone=phone, email=email))


def hand_over(
    *, organization: UUID, by: Actor, id: UUID, duty: UUID, member: UUID, phone: str = "", email: str = "",
    gives_number: bool = False, at: datetime | None = None,
) -> None:  # fmt: skip
    """Hand a duty over: it ends at a moment, now where none is given, and another person has the rest of it.

    Raises: Refused.
    """
    with acting(organization, by, "on_call.hand_over_duty") as act:
        if Duty.objects.filter(id=id, organization_id=act.organization).exists():
            return
        row = _held(act, duty)
        _need(row.member_id != member, _ITSELF)
        row.ended_at, row.ended_by = max(at or timezone.now(), timezone.now(), row.starts_at), by.id
        _need(row.ended_at < row.ends_at, _NO_REST)
        row.save()
        said = {
            "place": row.place, "site_id": row.site_id, "starts_at": row.ended_at, "ends_at": row.ends_at,
            "gives_number": gives_number, "after_id": duty,
        }  # fmt: skip
        _add(act, id, member, said, Contact(phone=phone, email=email))


def end_duty(*, organization: UUID, by: Actor, duty: UUID) -> None:
    """End a duty now, or take it back before it begins; the gap it leaves is shown.

    Raises: Refused.
    """
    with acting(organization, by, "on_call.end_duty") as act:
        row = _held(act, duty)
        row.ended_at, row.ended_by = max(timezone.now(), row.starts_at), by.id
        row.save()
        announce(act, "on_call", duty)


def send_test(*, organization: UUID, by: Actor, channels: Channels, at: datetime | None = None) -> None:
    """Send a test now to whoever is on call and backup.

    Raises: Refused when it could reach nobody.
    """
    with acting(organization, by, "on_call.send_test") as act:
        act.require(Permission.KEEP_ROSTER)
        now = at or timezone.now()
        reached = [add_test(act, duty, channels, now) for duty in queries.on_duty(act, now)]
        _need(any(reached), _NO_WAY_OUT)


def add_test(act: Acting, duty: queries.DutyLine, channels: Channels, at: datetime) -> bool:
    """Put one person's test messages into the post; say whether there was any way to."""
    test = DailyTest.objects.create(
        id=new_id(), organization_id=act.organization, duty_id=duty.id, made_at=at
    )
    act.about(test.id)
    announce(act, "on_call", test.id)
    return bool(add_messages(act, [duty.somebody], TEST_BY, channels, at, test=test.id))


def answer_test(*, organization: UUID, by: Actor, message: UUID) -> None:
    """Say that a test message came; only the person it was sent to can.

    Raises: Refused.
    """
    with acting(organization, by, "on_call.answer_test") as act:
        act.require(Permission.SEE_ROSTER)
        found = Message.objects.filter(id=message, organization_id=act.organization, test__isnull=False)
        row = found.select_related("test").first()
        if row is None or row.test is None:
            raise Refused(_NO_TEST)
        _need(row.member_id == by.id, _NOT_YOURS)
        act.about(row.test.id)
        if row.test.received_at is None:
            DailyTest.objects.filter(id=row.test.id).update(received_at=timezone.now(), received_by=by.id)
            announce(act, "on_call", row.test.id)


def _add(act: Acting, id: UUID, member: UUID, said: dict[str, Any], contact: Contact) -> bool:
    found = staff.person(act, member)
    if found is None or found.line.left_at is not None:
        raise Refused(_NOBODY)
    _need(permits(frozenset(found.line.roles), Permission.WORK_CASES), _NO_CASES)
    _need(_works_where_called(found.line.sites, said["site_id"]), _NOT_THERE)
    contact = Contact(phone=contact.phone.replace(" ", ""), email=contact.email.strip())
    _need(not contact.phone or _NUMBER.fullmatch(contact.phone) is not None, _NO_PHONE)
    _need(bool(contact.in_words), _UNREACHABLE)
    noted = {"made_at": timezone.now(), "made_by": act.actor.id}
    written = once(Duty, id, {"member_id": member, **said}, noted)
    act.about(id, member)
    if written.is_new:
        written.row.contact_sealed = seal_contact(act, contact, queries.TABLE, id)
        written.row.save(update_fields=["contact_sealed"])
        announce(act, "on_call", id)
    return written.is_new


def _works_where_called(works_at: tuple[UUID, ...] | None, site: UUID | None) -> bool:
    """Whether somebody may open every case they would be called about."""
    called_for = {one.id for one in sites(with_shared=False)} if site is None else {site}
    return works_at is None or called_for <= set(works_at)


def _held(act: Acting, duty: UUID) -> Duty:
    """A duty that is not over, which its holder and whoever keeps the roster may change."""
    row = Duty.objects.select_for_update().filter(id=duty, organization_id=act.organization).first()
    if row is None:
        raise Refused(_NO_DUTY)
    if row.member_id != act.actor.id:
        act.require(Permission.KEEP_ROSTER)
    act.about(duty)
    _need(row.ended_at is None and row.ends_at > timezone.now(), _DUTY_OVER)
    return row


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
