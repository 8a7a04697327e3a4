"""The second person at the screen: proves who they are for one act, and is not signed in by it.

By PIN on a device the clinic registered, or by passkey. A wrong PIN is a refusal in the trail, and the trail
is what is counted: after five within a quarter of an hour the PIN rests, whoever asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.utils import timezone

from kap.people.permissions import Permission
from kap.people.roles import permits
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.audit.queries import refusals_about
from kap_clinic.database.door import Acting
from kap_clinic.database.once import once
from kap_clinic.keys.sealing import open_text

from . import store
from .devices import device_of
from .models import Member, SecondSignature, SigningPin
from .passkeys import member_by_passkey

PIN, PASSKEY = "pin", "passkey"
TRIES, REST = 5, timedelta(minutes=15)

_NOBODY = sentence("A second person must sign: choose who stands beside you.")
_NOT_HERE = sentence("This person does not work here now. Choose somebody who does.")
_SAME = sentence("The second person is another person than the first.")
_MAY_NOT = sentence("This person may not sign this as the second; their role or their sites do not allow it.")
_NO_DEVICE = sentence(
    "A PIN signs only on a device of the clinic, and this one is not registered. "
    "Sign with a passkey, or ask an administrator to register it."
)
_NO_PIN = sentence("This person has set no PIN yet: under Your account, Second signature.")
WRONG_PIN = sentence("That PIN did not match.")
_RESTS = sentence("Too many wrong PINs: this PIN rests for a quarter of an hour. Sign with a passkey.")
_WRONG_PASSKEY = sentence("That passkey belongs to nobody who works here, or did not match. Try it again.")


@dataclass(frozen=True, kw_only=True)
class SecondPerson:
    """What the second person gave at the screen: a name and a PIN, or a passkey's answer.

    Shape: ``device`` is the token the browser holds, empty on a device nobody registered.
    """

    member: UUID | None = None
    pin: str = ""
    device: str = ""
    passkey: Mapping[str, Any] | None = None


def signed_by_second(
    act: Acting, *, id: UUID, second: SecondPerson, needs: Permission, site: UUID | None
) -> UUID:
    """Prove the second person for the act with this id, keep that they stood by it, and return who it was.

    Call it inside the action's ``acting()``, with the act's own id: what was signed once is not asked again.
    Both ``SIGN_SECOND`` and ``needs`` must be theirs at the site.

    Raises: Refused.
    """
    known = SecondSignature.objects.filter(id=id, organization_id=act.organization).first()
    if known is not None and known.action == act.action:
        # The same act sent again, as after a cut connection: it was proven then.
        return known.member_id
    signer, way, device = _proven(act, second)
    act.about(signer.id)
    for needed in (Permission.SIGN_SECOND, needs):
        _need(_may(signer, needed, site), _MAY_NOT)
    said = {"member_id": signer.id, "beside": act.actor.id, "action": act.action}
    noted = {"way": way, "device_id": device, "signed_at": timezone.now()}
    once(SecondSignature, id, said, noted)
    return signer.id


def _proven(act: Acting, second: SecondPerson) -> tuple[Member, str, UUID | None]:
    if second.passkey is not None:
        signer = _member(act, member_by_passkey(act, second.passkey) or _refuse(_WRONG_PASSKEY))
        return signer, PASSKEY, None
    signer = _member(act, second.member or _refuse(_NOBODY))
    return signer, PIN, _prove_pin(act, signer, second)


def _member(act: Acting, id: UUID) -> Member:
    _need(id != act.actor.id, _SAME)
    found = Member.objects.filter(id=id, organization_id=act.organization, left_at__isnull=True).first()
    return found or _refuse(_NOT_HERE)


def _prove_pin(act: Acting, signer: Member, second: SecondPerson) -> UUID:
    device = device_of(act, second.device) or _refuse(_NO_DEVICE)
    # Names whose PIN was tried in the trail, whatever comes of it.
    act.about(signer.id)
    store.hold_pin(signer.id)
    since = timezone.now() - REST
    _need(refusals_about(act, signer.id, WRONG_PIN.template, since) < TRIES, _RESTS)
    pin = SigningPin.objects.filter(member_id=signer.id, organization_id=act.organization).first()
    if pin is None:
        raise Refused(_NO_PIN)
    known = open_text(act, pin.hash_sealed, table="accounts_signingpin", column="hash_sealed", row=pin.id)
    _need(check_password(second.pin, known), WRONG_PIN)
    return device.id


def _may(signer: Member, permission: Permission, site: UUID | None) -> bool:
    is_at_site = site is None or signer.sites is None or site in signer.sites
    return is_at_site and permits(frozenset(signer.roles), permission)


def _refuse(why: Sentence) -> Any:
    raise Refused(why)


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
