"""What a backup says of the chains it holds, and what a restored copy of it must prove."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from kap.histories.chain import Head, canonical_text
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.addresses import Address
from kap_clinic.keys.keyring import is_signed
from kap_clinic.keys.keyring_file import read_keyring

from .kept import KeptFile
from .reading import Read, head_of, organizations, unsealed_tail
from .verification import Proof, verify_organization

_FORGED = sentence(
    "The manifest of this backup was changed after it was signed. Nothing was restored. Take an older "
    "backup, and find out who could write to its folder."
)


def described(read: Read) -> dict[str, Any]:
    """Say in a manifest where each organization's chain ends, and which keyring the sealed texts need."""
    marks = read("SELECT keyring FROM keys_keyringmark", [])
    return {
        "keyring": marks[0][0] if marks else "",
        "organizations": {str(one): _chain(read, one) for one in organizations(read)},
    }


def heads_of(manifest: Mapping[str, Any]) -> dict[UUID, Head]:
    """Read from a manifest where each organization's chain ends."""
    said = manifest["organizations"]
    return {UUID(one): Head(chain["sealed"], chain["digest"]) for one, chain in said.items()}


def signed_by(home: Path) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what signs a manifest; without a keyring it stays unsigned and says so."""

    def sign(manifest: dict[str, Any]) -> dict[str, Any]:
        ring = read_keyring(home)
        if ring is None:
            return {**manifest, "signed_by": "", "signature": ""}
        key, signature = ring.sign(canonical_text(manifest).encode())
        return {**manifest, "signed_by": key, "signature": b64encode(signature).decode()}

    return sign


def refuse_forged(manifest: Mapping[str, Any], home: Path) -> bool:
    """Refuse a manifest that was changed; say whether our keyring could check it at all.

    Raises: Refused.
    """
    ring = read_keyring(home)
    public = ring.public_keys.get(str(manifest.get("signed_by"))) if ring else None
    if public is None:
        return False
    bare = {name: value for name, value in manifest.items() if name not in ("signed_by", "signature")}
    try:
        signature = b64decode(str(manifest.get("signature")), validate=True)
    except ValueError:
        signature = b""
    if not is_signed(canonical_text(bare).encode(), signature, public):
        raise Refused(_FORGED)
    return True


def proven(
    copy: Address, manifest: Mapping[str, Any], home: Path, told: Callable[[int], None]
) -> list[Proof]:
    """Verify every chain of a restored copy against the keyring and the file of heads that live here."""
    ring = read_keyring(home)
    until = {organization: head.number for organization, head in heads_of(manifest).items()}
    file = KeptFile(home, ring.public_keys if ring else {}, until)
    with reading_copy(copy) as read:
        return [verify_organization(_within(read, one), one, file, told) for one in organizations(read)]


@contextmanager
def reading_copy(copy: Address) -> Any:
    """Read a restored copy, as whatever role its address names."""
    with psycopg.connect(**copy.conninfo()) as connection:

        def read(query: Any, parameters: Any) -> list[tuple[Any, ...]]:
            return connection.execute(query, parameters).fetchall()

        yield read


def rows_told(tell: Callable[[str], None]) -> Callable[[int], None]:
    """Return what tells a person how many rows were checked."""
    return lambda rows: tell(f"{rows} audit rows checked ...")


def _within(read: Read, organization: UUID) -> Read:
    # The owner reads under row-level security like everybody.
    read("SELECT set_config('kap.organization', %s, false)", [str(organization)])
    return read


def _chain(read: Read, organization: UUID) -> dict[str, Any]:
    head, (tail, _) = head_of(read, organization), unsealed_tail(read, organization)
    return {"sealed": head.number, "digest": head.digest, "unsealed": tail}
