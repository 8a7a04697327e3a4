"""The clinic's own devices: an administrator registers the one they sit at, and retires one that is gone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.utils import timezone

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once

from .models import ClinicDevice
from .queries import names_of

COOKIE = "kap_device"

_NAMELESS = sentence("Give the device a name people will know it by, like “tablet of room 2”.")
_NO_DEVICE = sentence("This organization has registered no such device.")


@dataclass(frozen=True, kw_only=True)
class DeviceLine:
    """A registered device; ``retired_at`` is None while PINs sign on it."""

    id: UUID
    name: str
    registered_at: datetime
    registered_by: str
    retired_at: datetime | None
    is_this: bool


def new_token() -> str:
    """Return what a device's browser will hold; it is stored nowhere else."""
    return secrets.token_urlsafe(32)


def register_device(*, organization: UUID, by: Actor, id: UUID, name: str, token: str) -> None:
    """Register the device whose browser holds this token.

    Raises: Refused.
    """
    with acting(organization, by, "accounts.register_device") as act:
        act.require(Permission.REGISTER_DEVICES)
        act.about(id)
        if not name.strip():
            raise Refused(_NAMELESS)
        noted = {"registered_at": timezone.now(), "registered_by": by.id}
        once(ClinicDevice, id, {"name": name.strip(), "digest": _digest(token)}, noted)


def retire_device(*, organization: UUID, by: Actor, device: UUID) -> None:
    """Let no PIN sign on this device any more.

    Raises: Refused.
    """
    with acting(organization, by, "accounts.retire_device") as act:
        act.require(Permission.REGISTER_DEVICES)
        act.about(device)
        rows = ClinicDevice.objects.filter(id=device, organization_id=act.organization)
        if not rows.exists():
            raise Refused(_NO_DEVICE)
        rows.filter(retired_at__isnull=True).update(retired_at=timezone.now(), retired_by=by.id)


def device_of(act: Acting, token: str) -> ClinicDevice | None:
    """Return the registered device whose browser holds this token; None for any other."""
    if not token:
        return None
    rows = ClinicDevice.objects.filter(organization_id=act.organization, retired_at__isnull=True)
    return rows.filter(digest=_digest(token)).first()


def devices(act: Acting, token: str) -> list[DeviceLine]:
    """Return every device, those in use first, by name."""
    rows = list(ClinicDevice.objects.filter(organization_id=act.organization))
    names = names_of(row.registered_by for row in rows)
    lines = [
        DeviceLine(
            id=row.id, name=row.name, registered_at=row.registered_at,
            registered_by=names.get(row.registered_by, ""), retired_at=row.retired_at,
            is_this=bool(token) and row.digest == _digest(token),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (line.retired_at is not None, line.name))


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
