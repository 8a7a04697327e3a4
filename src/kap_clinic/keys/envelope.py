"""One sealed text: ``v1:key:nonce:bytes``, readable only with its key and only in its place."""

from __future__ import annotations

import binascii
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .errors import SealError

VERSION = "v1"
KEY_BYTES = 32
_NONCE_BYTES = 12
_UNREADABLE = (
    "A sealed text cannot be read as {what}: expected v1:key:nonce:bytes. It was cut or overwritten; "
    "restore the row from a backup."
)
_MISPLACED = (
    "A sealed text does not open in {table}.{column}: it was changed, or carried here from another row or "
    "organization. Run ./kap verify, and restore the row from a backup."
)


def new_key() -> bytes:
    """Return a fresh 256-bit key."""
    return secrets.token_bytes(KEY_BYTES)


def place(table: str, column: str, row: UUID | None = None, organization: UUID | None = None) -> list[str]:
    """Name the one place a text is sealed for; the name is bound into the seal.

    Missing: a secret of the whole installation has neither organization nor row.
    """
    return [str(organization or ""), table, column, str(row or "")]


def seal(text: str, *, key_id: str, key: bytes, where: list[str]) -> str:
    """Seal a text for one place under one key."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), _bound(where))
    return ":".join((VERSION, key_id, _text(nonce), _text(sealed)))


def unseal(sealed: str, *, key_of: Callable[[str], bytes], where: list[str]) -> str:
    """Open a sealed text in the place it was sealed for; ``key_of`` finds the key by its id.

    Raises: SealError.
    """
    key_id, nonce, ciphertext = _parts(sealed)
    try:
        return AESGCM(key_of(key_id)).decrypt(nonce, ciphertext, _bound(where)).decode()
    except InvalidTag as wrong:
        raise SealError(_MISPLACED.format(table=where[1], column=where[2])) from wrong


def key_id_of(sealed: str) -> str:
    """Say which key a sealed text needs.

    Raises: SealError.
    """
    return _parts(sealed)[0]


def _parts(sealed: str) -> tuple[str, bytes, bytes]:
    parts = sealed.split(":")
    if len(parts) != 4 or parts[0] != VERSION:
        raise SealError(_UNREADABLE.format(what="a seal of ours"))
    try:
        nonce, ciphertext = _bytes(parts[2]), _bytes(parts[3])
    except (binascii.Error, ValueError) as wrong:
        raise SealError(_UNREADABLE.format(what="base64")) from wrong
    if len(nonce) != _NONCE_BYTES:
        raise SealError(_UNREADABLE.format(what="a nonce of 12 bytes"))
    return parts[1], nonce, ciphertext


def _bound(where: list[str]) -> bytes:
    # A list in JSON: no two different places give the same bytes.
    return json.dumps(where, separators=(",", ":")).encode()


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
