"""Marks in the file of heads: a chain goes on from an earlier row, and everybody who verifies reads why."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from kap.histories.chain import Head
from kap_clinic.database.door import acting
from kap_clinic.keys.keyring import Keyring
from kap_clinic.keys.ring import home, ring

from .entries import instant_text
from .heads import HeadKind, append_heads, signed
from .reading import head_of, read
from .sealer import ACTION, SEALER


def mark_new_keyring(organizations: list[UUID]) -> None:
    """Say that heads signed until now cannot be proven, because their keyring was lost."""
    heads = {}
    for organization in organizations:
        with acting(organization, SEALER, ACTION):
            heads[organization] = head_of(read, organization)
    _append(home(), ring(), HeadKind.KEYRING_BEGUN, heads)


def mark_restored(folder: Path, keyring: Keyring, heads: Mapping[UUID, Head]) -> None:
    """Say that a backup was restored, and at which row each organization's chain goes on."""
    _append(folder, keyring, HeadKind.RESTORED, heads)


def _append(folder: Path, keyring: Keyring, kind: HeadKind, heads: Mapping[UUID, Head]) -> None:
    at = instant_text(timezone.now())
    append_heads(
        folder,
        [signed(keyring, kind=kind, organization=one, head=head, at=at) for one, head in heads.items()],
    )
