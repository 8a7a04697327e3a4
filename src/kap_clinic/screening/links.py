"""Links to the health history: given to a client, answered without an account, finished or taken back.

A link opens the form of one client until it is finished, withdrawn, replaced or two weeks old. An answer is
kept the moment it is given, so that nothing is lost when a phone is put away.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid5

from django.db.models import QuerySet
from django.utils import timezone

from kap.people.permissions import Permission
from kap.screening.questions import ToldBy, packaged_history
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.client_links import links as client_links
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import acting
from kap_clinic.people.access import person_in

from .jobs import email_of, send_link
from .models import HistoryLink
from .telling import let_stand_again, write_answers
from .tokens import TOKENS

VALID_FOR = timedelta(days=14)
NEXT_LETTER = timedelta(minutes=10)
CLIENT = Actor.program("health history")
HISTORY = client_links.LinkKind(
    model=HistoryLink, tokens=TOKENS, needs=Permission.SEND_HISTORY, client=CLIENT
)  # fmt: skip

_NOT_OPEN = sentence("This link opens nothing any more. Make a new one.")
_JUST_MAILED = sentence("It was handed to e-mail a moment ago. Wait ten minutes before you send it again.")
_NO_ADDRESS = sentence("The chart has no e-mail address. Hand the link to the client yourself.")
_NOT_YOURS = sentence("The clinic's staff answers this question.")


def give_link(*, organization: UUID, by: Actor, id: UUID, person: UUID, language: str) -> bool:
    """Make a link for one client; links given before stop working.

    Raises: Refused.
    """
    with acting(organization, by, "screening.give_link") as act:
        client_links.require_giving(act, HISTORY, id, person, language)
        now = timezone.now()
        written = client_links.give(
            act, HISTORY, id, person=person, language=language, made_at=now, expires_at=now + VALID_FOR
        )
        if written.is_new:
            _open_links(person).exclude(id=id).update(withdrawn_at=now, withdrawn_by=by.id)
        return written.is_new


def mail_link(*, organization: UUID, by: Actor, id: UUID) -> None:
    """Have a link sent to the e-mail address on the chart; the letter holds the link and says nothing else.

    Raises: Refused without an address, for a link that opens nothing, or a moment after the last letter.
    """
    with acting(organization, by, "screening.mail_link") as act:
        found, now = client_links.given(act, HISTORY, id), timezone.now()
        if not found.is_open_at(now):
            raise Refused(_NOT_OPEN)
        if found.mailed_at and now - found.mailed_at < NEXT_LETTER:
            raise Refused(_JUST_MAILED)
        if not email_of(act, person_in(act, found.person_id)):
            raise Refused(_NO_ADDRESS)
        found.mailed_at = now
        found.save()
        send_link.defer(organization=str(organization), link=str(id))


def withdraw_link(*, organization: UUID, by: Actor, id: UUID) -> None:
    """Take a link back; it stops working at once.

    Raises: Refused.
    """
    with acting(organization, by, "screening.withdraw_link") as act:
        client_links.withdraw(act, HISTORY, id)


def choose_language(*, organization: UUID, link: UUID, token: str, language: str) -> None:
    """Let the client read the form in another language.

    Raises: Refused.
    """
    with acting(organization, CLIENT, "screening.choose_language") as act:
        client_links.read_in(client_links.opened(act, HISTORY, link, token), language)


def answer(
    *, organization: UUID, link: UUID, token: str, id: UUID, question: str, value: str
) -> None:  # fmt: skip
    """Keep one answer, the moment it is given; another answer to the same question stands beside it.

    Raises: Refused.
    """
    with acting(organization, CLIENT, "screening.answer") as act:
        found = client_links.opened(act, HISTORY, link, token)
        asked = packaged_history().questions.get(question)
        if asked is not None and asked.told_by is not ToldBy.CLIENT:
            raise Refused(_NOT_YOURS)
        write_answers(
            act, uuid5(id, str(link)), found.person_id, {question: value}, is_confirmed=False, link=link,
            language=found.language,
        )  # fmt: skip


def repeat(
    *, organization: UUID, link: UUID, token: str, id: UUID, group: str, seen: str
) -> None:  # fmt: skip
    """Keep that nothing has changed in one group: what was told before stands again, as told today.

    Raises: Refused where the questions must be asked one by one.
    """
    with acting(organization, CLIENT, "screening.repeat_answers") as act:
        found = client_links.opened(act, HISTORY, link, token)
        let_stand_again(
            act, uuid5(id, str(link)), found.person_id, group, seen, asked_of=ToldBy.CLIENT, link=link,
            language=found.language,
        )  # fmt: skip


def finish(*, organization: UUID, link: UUID, token: str) -> None:
    """End the form: the link opens nothing any more, and the clinic sees that it is done.

    Raises: Refused.
    """
    with acting(organization, CLIENT, "screening.finish_history") as act:
        found = client_links.opened(act, HISTORY, link, token)
        found.finished_at = timezone.now()
        found.save()
        announce(act, "screening", found.person_id)


def _open_links(person: UUID) -> QuerySet[HistoryLink]:
    return HistoryLink.objects.filter(person_id=person, finished_at=None, withdrawn_at=None)
