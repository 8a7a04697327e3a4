"""What a keyring does, and the file that does it: root keys that wrap data keys, keys that sign heads.

``Keyring`` is the seam: a key management service can stand behind it, keeping its root keys to itself.
``FileKeyring`` is the keyring every installation starts with: one file, readable by its owner alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .envelope import KEY_BYTES, new_key, seal, unseal
from .errors import KeyringError


class Keyring(Protocol):
    """What the clinic asks of whoever holds its root keys."""

    @property
    def id(self) -> str:
        """Name this keyring; a database remembers the one it was sealed under."""

    @property
    def active_root(self) -> str:
        """Name the root key that wraps from now on."""

    @property
    def public_keys(self) -> Mapping[str, bytes]:
        """Return every signing key's public half, by its id: enough to check a head, never to make one."""

    def wrap(self, key: bytes, where: list[str]) -> str:
        """Wrap a data key with the active root key."""

    def unwrap(self, wrapped: str, where: list[str]) -> bytes:
        """Open a wrapped data key with the root key it names."""

    def derive(self, root: str, purpose: str) -> bytes:
        """Return the key a root key gives for one purpose."""

    def sign(self, message: bytes) -> tuple[str, bytes]:
        """Sign with the active signing key; return its id and the signature."""


@dataclass(frozen=True, slots=True)
class Key:
    """One secret of the keyring and when it was made."""

    id: str
    made_at: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileKeyring:
    """The keyring in the file: of each kind the last key is the active one, the older ones still open."""

    id: str
    roots: tuple[Key, ...]
    signing: tuple[Key, ...]

    @property
    def active_root(self) -> str:
        """Name the root key that wraps from now on."""
        return self.roots[-1].id

    @property
    def public_keys(self) -> Mapping[str, bytes]:
        """Return every signing key's public half, by its id."""
        return {
            key.id: Ed25519PrivateKey.from_private_bytes(key.secret).public_key().public_bytes_raw()
            for key in self.signing
        }

    def wrap(self, key: bytes, where: list[str]) -> str:
        """Wrap a data key with the active root key."""
        return seal(key.hex(), key_id=self.active_root, key=self._root(self.active_root), where=where)

    def unwrap(self, wrapped: str, where: list[str]) -> bytes:
        """Open a wrapped data key with the root key it names.

        Raises: KeyringError, SealError.
        """
        return bytes.fromhex(unseal(wrapped, key_of=self._root, where=where))

    def derive(self, root: str, purpose: str) -> bytes:
        """Return the key a root key gives for one purpose.

        Source: RFC 5869, HKDF with SHA-256.
        """
        derivation = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode())
        return derivation.derive(self._root(root))

    def sign(self, message: bytes) -> tuple[str, bytes]:
        """Sign with the active signing key; return its id and the signature.

        Source: RFC 8032, Ed25519.
        """
        key = self.signing[-1]
        return key.id, Ed25519PrivateKey.from_private_bytes(key.secret).sign(message)

    def rotated(self, at: str) -> FileKeyring:
        """Return the keyring with a new root key and a new signing key; the old ones still open and prove."""
        grown = _new_keys(at)
        return replace(self, roots=(*self.roots, grown[0]), signing=(*self.signing, grown[1]))

    def _root(self, root: str) -> bytes:
        for key in self.roots:
            if key.id == root:
                return key.secret
        raise KeyringError(
            f"The root key {root} is not in the keyring: an older or another keyring lies here. Put the "
            "keyring.json back that was in use when this was sealed; nothing else opens it."
        )


def new_keyring(at: str) -> FileKeyring:
    """Return a keyring with one key of each kind."""
    root, signing = _new_keys(at)
    return FileKeyring(id="ring-" + new_key()[:8].hex(), roots=(root,), signing=(signing,))


def is_signed(message: bytes, signature: bytes, public: bytes) -> bool:
    """Say whether a signature over a message was made by the private half of a public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _new_keys(at: str) -> tuple[Key, Key]:
    root = Key("root-" + new_key()[:8].hex(), at, new_key())
    return root, Key("sign-" + new_key()[:8].hex(), at, Ed25519PrivateKey.generate().private_bytes_raw())
