"""What is done to keys: rotated, destroyed, begun again; each leaves its row in the trail."""

from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator

from kap.people.permissions import Permission
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Reason, acting, outside

from . import data_keys
from .installation import resealed
from .models import KeyringMark
from .ring import found_new_ring, rotate_ring


def rotate_root(*, by: Actor, organizations: list[UUID]) -> int:
    """Put a new root key into use, wrap every data key with it and seal every second factor anew.

    Return how many keys and secrets were changed. The old root key stays in the keyring, since older backups
    need it. A rotation that was interrupted is finished by the next one.

    Raises: KeyringError.
    """
    rotate_ring()
    return finish_rotation(by=by, organizations=organizations)


def finish_rotation(*, by: Actor, organizations: list[UUID]) -> int:
    """Bring under the active root key whatever still stands under an older one; return how much that was."""
    changed = 0
    for organization in organizations:
        with acting(organization, by, "keys.rotate_root") as act:
            act.require(Permission.CHANGE_ORGANIZATION)
            act.about(organization)
            changed += data_keys.rewrap(organization)
    return changed + _reseal_second_factors()


def rotate_data_key(*, organization: UUID, owner: UUID, by: Actor) -> None:
    """Let new texts of an owner use a new key; what the old key sealed still opens.

    Raises: Refused, KeyringError.
    """
    with acting(organization, by, "keys.rotate_data_key") as act:
        act.require(Permission.CHANGE_ORGANIZATION)
        act.about(owner)
        data_keys.retire(organization, owner)


def destroy(*, organization: UUID, owner: UUID, by: Actor) -> int:
    """Erase an owner's keys, so that nobody can read what they sealed; return how many keys there were.

    The page of the table that held the wrapped key is cleared by the database's next vacuum; backups made
    before keep it until they are deleted.

    Raises: Refused.
    """
    with acting(organization, by, "keys.destroy") as act:
        act.require(Permission.CHANGE_ORGANIZATION)
        act.about(owner)
        return data_keys.destroy(organization, owner)


def begin_again(*, by: Actor, organizations: list[UUID]) -> int:
    """Go on after a lost keyring: a new one is made, and what nobody can read any more is marked so.

    Return how many data keys were lost. Authenticator apps and recovery codes are removed: their owners set
    them up anew; passwords and passkeys stay.

    Raises: KeyringError when the keyring is not lost at all.
    """
    ring = found_new_ring()
    lost = 0
    for organization in organizations:
        with acting(organization, by, "keys.begin_again") as act:
            act.require(Permission.CHANGE_ORGANIZATION)
            act.about(organization)
            lost += data_keys.give_up(organization)
    with outside(Reason.SETUP):
        Authenticator.objects.filter(type__in=["totp", "recovery_codes"]).delete()
        KeyringMark.objects.update(keyring=ring.id)
    return lost


def _reseal_second_factors() -> int:
    changed = 0
    with outside(Reason.SETUP):
        for factor in Authenticator.objects.filter(type__in=["totp", "recovery_codes"]).select_for_update():
            before = dict(factor.data)
            factor.data = {name: _resealed(value) for name, value in before.items()}
            if factor.data != before:
                factor.save(update_fields=["data"])
                changed += 1
    return changed


def _resealed(value: object) -> object:
    if isinstance(value, str) and value.startswith("v1:"):
        return resealed(value, table="mfa_authenticator", column="data")
    return [_resealed(one) for one in value] if isinstance(value, list) else value
