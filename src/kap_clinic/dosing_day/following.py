"""Following a room whose opening stands in the trail: the screen holds a proof of it and fetches what is new.

Every opening of a room leaves a row; what the same screen fetches while it stays open leaves none, or a day
of live numbers would bury the trail. Without the proof nothing is shown.
"""

from __future__ import annotations

from uuid import UUID

from django.core import signing

from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import Acting

_SALT = "kap.dosing_day.follow"
_LASTS_SECONDS = 12 * 3600
_NOT_OPENED = sentence("This screen has not opened the room, or too long ago. Open the room again.")


def proof_of(act: Acting, session: UUID) -> str:
    """Give the screen that opened a room its proof, for this member and this session."""
    return signing.dumps(_said(act, session), salt=_SALT)


def require_proof(act: Acting, session: UUID, proof: str) -> None:
    """Go on only for a screen that opened this room.

    Raises: Refused.
    """
    try:
        said = signing.loads(proof, salt=_SALT, max_age=_LASTS_SECONDS)
    except signing.BadSignature as wrong:
        raise Refused(_NOT_OPENED) from wrong
    if said != _said(act, session):
        raise Refused(_NOT_OPENED)


def _said(act: Acting, session: UUID) -> list[str]:
    return [str(act.organization), str(act.actor.id), str(session)]
