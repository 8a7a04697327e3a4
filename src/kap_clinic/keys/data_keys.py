"""Data keys: made on first use, one in use an owner, wrapped by the keyring, unreadable once destroyed."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from kap_clinic.database.identity import new_id

from . import envelope
from .errors import ErasedError, SealError
from .models import DataKey
from .ring import ring, ring_file

_ERASED = "This was erased on {day}, and its key with it. Nobody can read it any more; that was asked for."
_NO_KEY = (
    "A sealed text names a data key this organization does not have: it was carried here from another "
    "organization, or the table keys_datakey was cut. Run ./kap verify, and restore from a backup."
)


def key_in_use(organization: UUID, owner: UUID) -> tuple[str, bytes]:
    """Return the id and the key that new texts of an owner are sealed with.

    Raises: KeyringError.
    """
    found = _in_use(organization, owner).first()
    if found is None:
        # Two writers may come here together; the constraint lets one key in, and both use that one.
        DataKey.objects.bulk_create([_fresh(organization, owner)], ignore_conflicts=True)
        found = _in_use(organization, owner).get()
    return found.id.hex, _opened(found)


def key_named(organization: UUID, key_id: str) -> bytes:
    """Return the key a sealed text names.

    Raises: ErasedError, SealError, KeyringError.
    """
    try:
        found = DataKey.objects.filter(organization_id=organization, id=UUID(hex=key_id)).first()
    except ValueError:
        found = None
    if found is None:
        raise SealError(_NO_KEY)
    return _opened(found)


def retire(organization: UUID, owner: UUID) -> None:
    """Let new texts of an owner use a new key; what the old one sealed still opens."""
    _in_use(organization, owner).update(retired_at=timezone.now())
    key_in_use(organization, owner)


def destroy(organization: UUID, owner: UUID) -> int:
    """Erase every key of an owner: whatever they sealed is unreadable. Return how many keys there were."""
    left = DataKey.objects.filter(organization_id=organization, owner_id=owner, destroyed_at__isnull=True)
    return left.update(wrapped="", destroyed_at=timezone.now())


def rewrap(organization: UUID) -> int:
    """Wrap every key of an organization anew with the active root key. Return how many were changed."""
    keyring, changed = ring(), 0
    keys = DataKey.objects.filter(organization_id=organization, destroyed_at__isnull=True)
    for key in keys.exclude(root_key=keyring.active_root).select_for_update():
        where = _place(key)
        key.wrapped = keyring.wrap(keyring.unwrap(key.wrapped, where), where)
        key.root_key = envelope.key_id_of(key.wrapped)
        key.save(update_fields=["wrapped", "root_key"])
        changed += 1
    return changed


def give_up(organization: UUID) -> int:
    """Mark every key that no root key of the keyring opens as destroyed; return how many there were."""
    roots = {key.id for key in ring_file().roots}
    lost = DataKey.objects.filter(organization_id=organization, destroyed_at__isnull=True)
    return lost.exclude(root_key__in=roots).update(wrapped="", destroyed_at=timezone.now())


def _in_use(organization: UUID, owner: UUID) -> QuerySet[DataKey]:
    return DataKey.objects.filter(
        organization_id=organization, owner_id=owner, retired_at__isnull=True, destroyed_at__isnull=True
    )


def _fresh(organization: UUID, owner: UUID) -> DataKey:
    key = DataKey(id=new_id(), organization_id=organization, owner_id=owner, made_at=timezone.now())
    key.wrapped = ring().wrap(envelope.new_key(), _place(key))
    key.root_key = envelope.key_id_of(key.wrapped)
    return key


def _opened(key: DataKey) -> bytes:
    if key.destroyed_at is not None:
        raise ErasedError(_ERASED.format(day=key.destroyed_at.date().isoformat()))
    return ring().unwrap(key.wrapped, _place(key))


def _place(key: DataKey) -> list[str]:
    return envelope.place("keys_datakey", f"wrapped {key.owner_id}", key.id, key.organization_id)
