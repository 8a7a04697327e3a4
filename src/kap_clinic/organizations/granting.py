"""Access one organization gives another to one named thing: to read it, until a time or until it is ended.

The row policies read these grants (``database.guards``); whoever grants asks for the permission first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import Acting
from kap_clinic.database.once import once

from .models import Organization, Sharing, Tenant

SITE, PERSON = "site", "person"

_NO_RECEIVER = sentence(
    "There is no organization with this id in this installation. Ask its administrator for the id shown on "
    "their organization page."
)
_OURSELVES = sentence("This is your own organization. Enter the id of another one.")
_PAST = sentence("Access must end in the future. Choose a later day, or leave the day empty.")
_WHY = sentence("Say for what purpose they may see it.")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """To whom something is opened, what we call them, for what purpose, and until when."""

    receiver: UUID
    receiver_name: str
    because: str
    until: datetime | None = None


def grant(act: Acting, *, id: UUID, kind: str, subject: UUID, terms: Terms) -> bool:
    """Open one thing of ours to another organization, once; say whether this call did it.

    Raises: Refused.
    """
    if terms.receiver == act.organization:
        raise Refused(_OURSELVES)
    if not Tenant.objects.filter(id=terms.receiver).exists():
        raise Refused(_NO_RECEIVER)
    if not terms.because.strip():
        raise Refused(_WHY)
    if terms.until is not None and terms.until <= timezone.now():
        raise Refused(_PAST)
    said = {
        "receiver_id": terms.receiver, "receiver_name": terms.receiver_name, "kind": kind,
        "subject_id": subject, "because": terms.because, "until": terms.until,
    }  # fmt: skip
    noted = {
        "giver_name": Organization.objects.get(id=act.organization).name,
        "granted_at": timezone.now(),
        "granted_by": act.actor.id,
    }
    act.about(id, subject, terms.receiver)
    return once(Sharing, id, said, noted).is_new


def given(act: Acting, id: UUID, kind: str) -> Sharing | None:
    """Return a grant of ours; None for any other id."""
    return Sharing.objects.filter(id=id, kind=kind, organization_id=act.organization).first()


def end(act: Acting, found: Sharing) -> bool:
    """End a grant of ours; ending it twice ends it once. Say whether this call did it."""
    act.about(found.id, found.subject_id, found.receiver_id)
    if found.ended_at is not None:
        return False
    found.ended_at, found.ended_by = timezone.now(), act.actor.id
    found.save()
    return True
