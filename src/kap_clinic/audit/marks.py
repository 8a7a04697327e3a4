"""Marks in the file of heads: a chain goes on from an earlier row, and everybody who verifies reads why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from kap.histories.chain import Head
from kap_clinic.keys.keyring import Keyring

from .entries import instant_text
from .heads import HeadKind, append_heads, signed


def mark(home: Path, keyring: Keyring, kind: HeadKind, heads: Mapping[UUID, Head]) -> None:
    """Say at which row each organization's chain goes on, after a restore or under a keyring begun anew."""
    at = instant_text(datetime.now(UTC))
    marks = [signed(keyring, kind=kind, organization=one, head=head, at=at) for one, head in heads.items()]
    append_heads(home, marks)
