"""Sealing for the few secrets that belong to no organization: second factors of accounts.

Their key is derived from a root key of the keyring, which the sealed text names; nothing of it is stored.
"""

from __future__ import annotations

from . import envelope
from .ring import ring

PURPOSE = "openkap/1 secrets of the installation"


def seal_text(text: str, *, table: str, column: str) -> str:
    """Seal a secret for a column, with the active root key.

    Raises: KeyringError.
    """
    keyring = ring()
    root = keyring.active_root
    where = envelope.place(table, column)
    return envelope.seal(text, key_id=root, key=keyring.derive(root, PURPOSE), where=where)


def open_text(sealed: str, *, table: str, column: str) -> str:
    """Open a secret in the column it was sealed for.

    Raises: KeyringError, SealError.
    """
    keyring = ring()
    return envelope.unseal(
        sealed, key_of=lambda root: keyring.derive(root, PURPOSE), where=envelope.place(table, column)
    )


def resealed(sealed: str, *, table: str, column: str) -> str:
    """Return the same secret under the active root key; one that is there already stays as it is."""
    if envelope.key_id_of(sealed) == ring().active_root:
        return sealed
    return seal_text(open_text(sealed, table=table, column=column), table=table, column=column)
