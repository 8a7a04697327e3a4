"""Links to forms: given to a client, answered without an account, kept answer by answer, taken back.

A link opens what was asked of one client on one occasion until all of it has ended, it is withdrawn, or its
time is over. An answer is kept the moment it is given, so that nothing is lost when a phone is put away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from kap.instruments.definition import Instrument
from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.client_links import links as client_links
from kap_clinic.client_links.links import NOT_VALID
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting

from . import store
from .actions import Kept, end, keep, refuse_closed
from .asking import LINK, may_be_sent, refuse_unfit
from .models import Asked, FormLink
from .shelf import definition_of
from .tokens import TOKENS
from .words import in_words

CLIENT = Actor.program("forms by link")
FORMS = client_links.LinkKind(
    model=FormLink, tokens=TOKENS, needs=Permission.ASK_MEASURES, client=CLIENT
)  # fmt: skip

_NOTHING_ASKED = sentence("Nothing waits for this client by link. Ask a form first.")
_NO_FORM = sentence("This link does not open that form.")


def give_link(*, organization: UUID, by: Actor, id: UUID, person: UUID, language: str) -> bool:
    """Make one link to everything that is asked of a client by link; links given before stop working.

    A form that may not be sent at this moment stays behind, to be answered with staff present.
    Raises: Refused when nothing is asked, or nothing of it may be sent now.
    """
    with acting(organization, by, "measures.give_link") as act:
        client_links.require_giving(act, FORMS, id, person, language)
        now = timezone.now()
        waiting = list(_waiting(act, person).select_for_update().order_by("id"))
        ends = max((row.expires_at for row in waiting), default=now)
        written = client_links.give(
            act, FORMS, id, person=person, language=language, made_at=now, expires_at=ends
        )
        if written.is_new:
            _bind(act, waiting, id, now)
            announce(act, "measures", person)
        return written.is_new


def withdraw_link(*, organization: UUID, by: Actor, id: UUID) -> None:
    """Take a link back; it stops working at once, and what it asked still waits.

    Raises: Refused.
    """
    with acting(organization, by, "measures.withdraw_link") as act:
        client_links.withdraw(act, FORMS, id)


def opened(act: Acting, link: UUID, token: str) -> tuple[FormLink, tuple[Asked, ...]]:
    """Return the link a client opened, locked until this transaction ends, and the forms open behind it.

    Raises: Refused with one sentence, whatever is wrong with the link.
    """
    found, now = client_links.opened(act, FORMS, link, token), timezone.now()
    rows = Asked.objects.filter(
        link_id=link, ended="", opens_at__lte=now, expires_at__gt=now, organization_id=act.organization
    )
    forms = tuple(rows.select_related("followed").order_by("due_at", "asked_at", "id"))
    if not forms:
        raise Refused(NOT_VALID)
    return found, forms


def choose_language(*, organization: UUID, link: UUID, token: str, language: str) -> None:
    """Let the client read the page around the questions in another language.

    Raises: Refused.
    """
    with acting(organization, CLIENT, "measures.choose_language") as act:
        found, _forms = opened(act, link, token)
        client_links.read_in(found, language)


def answer(
    *, organization: UUID, link: UUID, token: str, id: UUID, asked: UUID, item: str, value: str
) -> Kept:  # fmt: skip
    """Keep one answer, the moment it is given; a safety answer acts before this returns.

    Shape: an empty ``value`` says that the client would rather not answer.
    Raises: Refused.
    """
    with acting(organization, CLIENT, "measures.answer_by_link") as act:
        found, forms = opened(act, link, token)
        row = store.locked(act, _of(forms, asked).id)
        refuse_closed(row, timezone.now())
        language = in_words(act, _definition(row), found.language).language
        answer_id = uuid5(id, f"{link} {asked} {item}")
        return keep(act, row, answer_id, item, value, came_by=LINK, language=language)


def finish(*, organization: UUID, link: UUID, token: str) -> None:
    """End every form behind the link; the link opens nothing any more, and the clinic sees the scores.

    Raises: Refused.
    """
    with acting(organization, CLIENT, "measures.finish_by_link") as act:
        _found, forms = opened(act, link, token)
        for row in forms:
            end(act, store.locked(act, row.id))


def page_language(language: str) -> str:
    """Return the language of the page around the questions for somebody who speaks this one."""
    return language if language in dict(settings.LANGUAGES) else "en"


def _bind(act: Acting, waiting: list[Asked], link: UUID, now: datetime) -> None:
    """Put what may be sent behind the new link, and close the links before it."""
    fit = [row for row in waiting if may_be_sent(act, _definition(row), row.language, row.person.site_id)]
    if waiting and not fit:
        first = waiting[0]
        refuse_unfit(act, _definition(first), LINK, first.language, first.person.site_id)
    if not fit:
        raise Refused(_NOTHING_ASKED)
    before = {row.link_id for row in waiting if row.link_id}
    FormLink.objects.filter(id__in=before).update(withdrawn_at=now, withdrawn_by=act.actor.id)
    for row in waiting:
        row.link_id = link if row in fit else None
        row.save()


def _definition(row: Asked) -> Instrument:
    return definition_of(row.instrument, row.version)


def _of(forms: Iterable[Asked], asked: UUID) -> Asked:
    found = next((row for row in forms if row.id == asked), None)
    if found is None:
        raise Refused(_NO_FORM)
    return found


def _waiting(act: Acting, person: UUID) -> QuerySet[Asked]:
    return Asked.objects.filter(
        person_id=person, filled_by=LINK, ended="", expires_at__gt=timezone.now(),
        organization_id=act.organization,
    )  # fmt: skip
