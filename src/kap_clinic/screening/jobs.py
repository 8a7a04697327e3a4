"""The letter with a link to the health history: the job holds ids only, the letter the link and no more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.people.access import person_in
from kap_clinic.people.contacts import open_contact

from .models import HistoryLink
from .tokens import address_of

POSTMAN = Actor.program("mail")


@app.task(name="screening.send_link", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def send_link(organization: str, link: str) -> None:
    """Send the letter of one link, unless it was finished, withdrawn or replaced meanwhile."""
    message = _letter(UUID(organization), UUID(link))
    if message is not None:
        message.send()


def _letter(organization: UUID, link: UUID) -> EmailMessage | None:
    with acting(organization, POSTMAN, "screening.send_link") as act:
        act.about(link)
        found = HistoryLink.objects.filter(id=link).first()
        email = email_of(act, person_in(act, found.person_id)) if found else ""
        if found is None or not email or not found.is_open_at(timezone.now()):
            # The trail must not say that a letter went out which nobody could use any more.
            act.action = "screening.keep_back_link"
            return None
        # No name, no house, nothing clinical: a letter may be read over a shoulder.
        said = {"link": address_of(organization, link), "until": found.expires_at}
        with override(found.language):
            subject = render_to_string("screening/mail/history_subject.txt", said).strip()
            text = render_to_string("screening/mail/history.txt", said)
        return EmailMessage(subject, text, to=[email])


def email_of(act: Acting, person: Any) -> str:
    """Return the e-mail address on a chart; nothing where there is none."""
    return open_contact(act, person.contact_sealed, person._meta.db_table, person.id).email
