"""Mail that follows an action: the job is written in the action's own transaction and holds ids only."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.organizations import queries as organizations

from .models import Invitation
from .tokens import digest_of, token_of

POSTMAN = Actor.program("mail")


@app.task(name="accounts.send_invitation", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def send_invitation(organization: str, invitation: str, sending: str) -> None:
    """Send the mail of one invitation, unless it was withdrawn, accepted or sent anew meanwhile."""
    message = _message(UUID(organization), UUID(invitation), UUID(sending))
    if message is not None:
        message.send()


def link_to(organization: UUID, invitation: UUID, token: str) -> str:
    """Return the address the mail carries."""
    path = reverse("accounts:invitation", args=[organization, invitation, token])
    return f"{settings.ENVIRONMENT.origin}{path}"


def _message(organization: UUID, invitation: UUID, sending: UUID) -> EmailMessage | None:
    token = token_of(invitation, sending)
    with acting(organization, POSTMAN, "accounts.mail_invitation") as act:
        act.about(invitation)
        found = Invitation.objects.filter(id=invitation, accepted_at=None, withdrawn_at=None).first()
        if found is None or found.digest != digest_of(token):
            # The trail must not say that a letter went out which nobody needed any more.
            act.action = "accounts.keep_back_invitation"
            return None
        house = organizations.organization()
        said = {
            "organization": house.name,
            "name": found.name,
            "link": link_to(organization, invitation, token),
            "until": found.expires_at,
        }
        with override(house.language):
            subject = render_to_string("accounts/mail/invitation_subject.txt", said).strip()
            text = render_to_string("accounts/mail/invitation.txt", said)
        return EmailMessage(subject, text, to=[found.email])
