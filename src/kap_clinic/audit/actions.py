"""What is done to the trail: it is proven, and copies of it are taken; both leave a row in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from kap.people.permissions import Permission
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.keys.ring import home, ring

from .heads import HeadKind
from .kept import KeptFile
from .marks import mark
from .queries import Asked, Line, trail
from .reading import head_of, read
from .sealer import ACTION, SEALER
from .verification import Proof, verify_organization

BATCH = 1000


def verify(
    *,
    organization: UUID,
    by: Actor,
    file: KeptFile | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> Proof:
    """Prove one organization's trail.

    Raises: Refused, KeyringError.
    """
    with acting(organization, by, "audit.verify") as act:
        act.require(Permission.VERIFY_AUDIT)
        return verify_organization(read, organization, file or kept_file(), told)


def kept_file() -> KeptFile:
    """Read the file of heads of this installation."""
    return KeptFile(home(), ring().public_keys)


def mark_new_keyring(organizations: list[UUID]) -> None:
    """Say that heads signed until now cannot be proven, because their keyring was lost."""
    heads = {}
    for organization in organizations:
        with acting(organization, SEALER, ACTION):
            heads[organization] = head_of(read, organization)
    mark(home(), ring(), HeadKind.KEYRING_BEGUN, heads)


def begin_export(*, organization: UUID, by: Actor) -> None:
    """Record that a copy of the trail is being taken, before its first line leaves.

    Raises: Refused.
    """
    with acting(organization, by, "audit.export") as act:
        act.require(Permission.EXPORT_AUDIT)


def exported(*, organization: UUID, by: Actor, asked: Asked) -> Iterator[Line]:
    """Return the entries one after the other, newest first; each batch is a short transaction of its own.

    Raises: Refused, also midway when the permission ends.
    """
    before: UUID | None = None
    while True:
        with acting(organization, by, "audit.export_batch") as act:
            act.require(Permission.EXPORT_AUDIT)
            page = trail(act, asked, before=before, limit=BATCH)
        yield from page.lines
        before = page.older
        if before is None:
            return
