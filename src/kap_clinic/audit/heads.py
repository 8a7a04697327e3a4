"""Heads: how far a chain had grown, signed; each in the database and in a file beside the keyring.

The database's administrator can rewrite a table and its chain, but has no key to sign a head with. The file
is only ever added to. Besides heads it holds marks: a restored backup, or a keyring begun anew, after which a
chain goes on from an earlier row.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from kap.histories.chain import Head, canonical_text
from kap.vocabulary.errors import InputError
from kap_clinic.database.locks import held
from kap_clinic.keys.keyring import Keyring, is_signed

SCHEMA = "openkap.head/1"


class HeadKind(StrEnum):
    """What a line of the heads file says."""

    SEALED = "sealed"
    RESTORED = "restored"
    KEYRING_BEGUN = "keyring begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHead:
    """One head of one organization's chain, and who signed it.

    Shape: ``at`` is UTC text as it was signed; ``line`` counts from one in the file, zero in the database.
    """

    kind: str
    organization: UUID
    number: int
    digest: str
    at: str
    key: str = ""
    signature: str = ""
    line: int = 0

    @property
    def head(self) -> Head:
        """Return the head alone."""
        return Head(self.number, self.digest)

    def told(self) -> dict[str, Any]:
        """Return what is signed."""
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            "organization": str(self.organization),
            "number": self.number,
            "digest": self.digest,
            "at": self.at,
        }

    def is_ours(self, public_keys: Mapping[str, bytes]) -> bool:
        """Say whether a key of this keyring signed it."""
        public = public_keys.get(self.key)
        try:
            signature, told = b64decode(self.signature, validate=True), canonical_text(self.told()).encode()
        except (ValueError, TypeError, InputError):
            return False
        return public is not None and is_signed(told, signature, public)


def signed(keyring: Keyring, *, kind: HeadKind, organization: UUID, head: Head, at: str) -> SignedHead:
    """Sign a head with the keyring's active signing key."""
    bare = SignedHead(
        kind=kind.value, organization=organization, number=head.number, digest=head.digest, at=at
    )
    key, signature = keyring.sign(canonical_text(bare.told()).encode())
    told = {**bare.told(), "organization": organization}
    told.pop("schema")
    return SignedHead(**told, key=key, signature=b64encode(signature).decode())


def heads_path(home: Path) -> Path:
    """Name the file of heads; it lies beside the keyring, outside the database and its backups."""
    return home / "keys" / "heads.jsonl"


def append_heads(home: Path, heads: Iterable[SignedHead]) -> None:
    """Add heads to the file and wait until the disk holds them."""
    lines = [
        canonical_text({**head.told(), "key": head.key, "signature": head.signature}) + "\n" for head in heads
    ]
    if not lines:
        return
    file = heads_path(home)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with held(file.with_suffix(".lock")), open(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as out:
        # A line that a power cut left unfinished says nothing; the next one must not be glued to it.
        out.truncate(_end_of_whole_lines(out))
        out.seek(0, os.SEEK_END)
        out.write("".join(lines).encode())
        out.flush()
        os.fsync(out.fileno())


def read_heads(home: Path) -> Iterator[SignedHead | int]:
    """Read the file line by line; a line that is no head comes as its number.

    Missing: nothing where there is no file.
    """
    try:
        opened = heads_path(home).open(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    with opened:
        for number, line in enumerate(opened, 1):
            if not line.endswith("\n"):
                return
            yield _head_of(line, number) or number


def _head_of(line: str, number: int) -> SignedHead | None:
    try:
        told = json.loads(line)
        if told.pop("schema") != SCHEMA:
            return None
        told["organization"] = UUID(told["organization"])
        return SignedHead(**told, line=number)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _end_of_whole_lines(file: Any) -> int:
    end = file.seek(0, os.SEEK_END)
    while end:
        step = min(end, 4096)
        file.seek(end - step)
        at = file.read(step).rfind(b"\n")
        if at >= 0:
            return end - step + at + 1
        end -= step
    return 0
