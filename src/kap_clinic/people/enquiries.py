"""What is done to an enquiry: taken in a minute, moved on into a chart, or lost for a reason."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from django.utils import timezone

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.accounts.names import sort_name_of
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once
from kap_clinic.keys.sealing import open_text, seal_text

from .actions import birth_said, open_chart
from .contacts import Contact, open_contact, seal_contact
from .journey import ENQUIRY, LOST, REFERRAL
from .models import Enquiry, Person, SelfReferralSwitch

TELEPHONE, MAIL, SELF_REFERRAL, VISIT = "telephone", "mail", "self-referral", "visit"

_NAMELESS = sentence("Write the name they gave, even if it is only a first name.")
_NO_ENQUIRY = sentence("This organization has no such enquiry.")
_HAS_CHART = sentence("There is a chart already; say there how it went on.")
_WHY_LOST = sentence("Say why it was lost, so that the next one is not.")
_CLOSED = sentence("This page is closed. Please call the clinic instead.")
_UNREACHABLE = sentence("Give a telephone number or an e-mail address, so that somebody can answer.")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody said when they asked; sealed, because it can tell of an illness."""

    seeks: str = ""
    travel: str = ""
    roommate: str = ""
    diet: str = ""


def take_enquiry(
    *, organization: UUID, by: Actor, id: UUID, name: str, contact: Contact, said: Said, birth: str = "",
    language: str = "en", came_by: str = TELEPHONE, heard: str = "",
) -> bool:  # fmt: skip
    """Keep that somebody asked, once; say whether this call did it.

    Raises: Refused.
    """
    with acting(organization, by, "people.take_enquiry") as act:
        act.require(Permission.TAKE_ENQUIRIES)
        return _take(act, id, name, contact, said, _told(birth, language, came_by, heard))


def refer_oneself(
    *, organization: UUID, id: UUID, name: str, contact: Contact, said: Said, birth: str = "", language: str
) -> bool:
    """Keep what somebody wrote about themselves on the public page, while it is open.

    Raises: Refused.
    """
    with acting(organization, Actor.program("self-referral"), "people.refer_oneself") as act:
        if not is_self_referral_open(act):
            raise Refused(_CLOSED)
        if not (contact.phone or contact.email):
            raise Refused(_UNREACHABLE)
        return _take(act, id, name, contact, said, _told(birth, language, SELF_REFERRAL, ""))


def lose_enquiry(*, organization: UUID, by: Actor, id: UUID, because: str) -> None:
    """Say that an enquiry came to nothing, and why.

    Raises: Refused.
    """
    with acting(organization, by, "people.lose_enquiry") as act:
        row = _enquiry(act, id)
        if not because.strip():
            raise Refused(_WHY_LOST)
        _move(act, row, LOST, because.strip()[:240])


def take_up_again(*, organization: UUID, by: Actor, id: UUID) -> None:
    """Take up an enquiry that was lost.

    Raises: Refused.
    """
    with acting(organization, by, "people.take_up_again") as act:
        _move(act, _enquiry(act, id), ENQUIRY, "")


def chart_for(*, organization: UUID, by: Actor, id: UUID, person: UUID, site: UUID | None = None) -> None:
    """Go on with an enquiry in a chart: one that was there, or a new one under the id ``person``.

    Raises: Refused.
    """
    with acting(organization, by, "people.chart_for") as act:
        row = _enquiry(act, id, even_with=person)
        act.require(Permission.OPEN_CHARTS, site)
        if not Person.objects.filter(id=person, organization_id=act.organization).exists():
            open_chart(
                organization=organization, by=by, id=person, name=row.name, birth=row.birth, site=site,
                language=row.language, contact=contact_of(act, row),
            )  # fmt: skip
        act.about(person)
        row.person_id = person
        _move(act, row, REFERRAL, "")


def switch_self_referral(*, organization: UUID, by: Actor, is_open: bool) -> None:
    """Open or close the public page on which people refer themselves; a second time changes nothing.

    Raises: Refused.
    """
    with acting(organization, by, "people.switch_self_referral") as act:
        act.require(Permission.CHANGE_ORGANIZATION)
        if is_self_referral_open(act) != is_open:
            SelfReferralSwitch.objects.create(
                organization_id=act.organization, is_open=is_open, switched_at=timezone.now(),
                switched_by=by.id,
            )  # fmt: skip


def is_self_referral_open(act: Acting) -> bool:
    """Say whether people may refer themselves here now."""
    newest = SelfReferralSwitch.objects.filter(organization_id=act.organization)
    return bool(newest.order_by("-switched_at", "-id").values_list("is_open", flat=True).first())


def contact_of(act: Acting, row: Enquiry) -> Contact:
    """Open how the person of an enquiry is reached."""
    return open_contact(act, row.contact_sealed, "people_enquiry", row.id)


def said_in(act: Acting, row: Enquiry) -> Said:
    """Open what was said."""
    if not row.said_sealed:
        return Said()
    return Said(
        **json.loads(
            open_text(act, row.said_sealed, table="people_enquiry", column="said_sealed", row=row.id)
        )
    )


def _told(birth: str, language: str, came_by: str, heard: str) -> dict[str, str]:
    return {
        "birth": birth_said(birth), "language": language[:8], "came_by": came_by, "heard": heard.strip()[:120]
    }  # fmt: skip


def _take(act: Acting, id: UUID, name: str, contact: Contact, said: Said, told: dict[str, str]) -> bool:
    if not name.strip():
        raise Refused(_NAMELESS)
    act.about(id)
    at = timezone.now()
    heard = json.dumps(asdict(said))
    noted = {
        "stage": ENQUIRY, "asked_at": at, "asked_by": act.actor.id, "changed_at": at,
        "changed_by": act.actor.id, "contact_sealed": seal_contact(act, contact, "people_enquiry", id),
        "said_sealed": seal_text(act, heard, table="people_enquiry", column="said_sealed", row=id),
    }  # fmt: skip
    told = {**told, "name": name.strip()[:120], "sort_name": sort_name_of(name)}
    return once(Enquiry, id, told, noted).is_new


def _enquiry(act: Acting, id: UUID, even_with: UUID | None = None) -> Enquiry:
    act.require(Permission.TAKE_ENQUIRIES)
    row = Enquiry.objects.select_for_update().filter(id=id, organization_id=act.organization).first()
    if row is None:
        raise Refused(_NO_ENQUIRY)
    act.about(id)
    if row.person_id is not None and row.person_id != even_with:
        raise Refused(_HAS_CHART)
    return row


def _move(act: Acting, row: Enquiry, stage: str, because: str) -> None:
    row.stage, row.because = stage, because
    row.changed_at, row.changed_by = timezone.now(), act.actor.id
    row.save()
