"""A member's own PIN for second signatures: set by themselves, known to nobody else, used for no sign-in."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.identity import new_id
from kap_clinic.keys.sealing import seal_text

from .models import SigningPin

LENGTH = 6
_FORM = sentence("A PIN has six digits.")
_EASY = sentence("Anybody would try this PIN first. Choose six digits that do not repeat or count.")


def set_pin(*, organization: UUID, by: Actor, pin: str) -> None:
    """Set one's own PIN, or another in its place.

    Raises: Refused.
    """
    with acting(organization, by, "accounts.set_pin") as act:
        act.require(Permission.SIGN_SECOND)
        act.about(by.id)
        _refuse_weak(pin)
        known = SigningPin.objects.select_for_update().filter(member_id=by.id).first()
        row = known or SigningPin(id=new_id(), organization_id=act.organization, member_id=by.id)
        row.hash_sealed = seal_text(
            act, make_password(pin), table="accounts_signingpin", column="hash_sealed", row=row.id
        )
        row.set_at = timezone.now()
        row.save()


def has_pin(act: Acting) -> bool:
    """Say whether the one who asks has set a PIN."""
    return SigningPin.objects.filter(member_id=act.actor.id, organization_id=act.organization).exists()


def _refuse_weak(pin: str) -> None:
    if len(pin) != LENGTH or not (pin.isascii() and pin.isdecimal()):
        raise Refused(_FORM)
    steps = {int(later) - int(earlier) for earlier, later in pairwise(pin)}
    is_pattern = pin[: LENGTH // 2] == pin[LENGTH // 2 :] or pin == pin[:2] * (LENGTH // 2)
    if steps in ({0}, {1}, {-1}) or is_pattern:
        raise Refused(_EASY)
