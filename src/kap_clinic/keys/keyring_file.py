"""The keyring's file: made once, replaced whole, readable by its owner alone."""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from kap_clinic.database.locks import held

from .errors import KeyringError
from .keyring import FileKeyring, Key

SCHEMA = "openkap.keyring/1"


def keyring_path(home: Path) -> Path:
    """Name the file that holds the keyring of an installation."""
    return home / "keys" / "keyring.json"


def read_keyring(home: Path) -> FileKeyring | None:
    """Read the keyring; a file that has not changed is not read again.

    Missing: None where there is no file.
    Raises: KeyringError for a file that others can open or that cannot be understood.
    """
    file = keyring_path(home)
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    if found.st_mode & 0o077:
        raise KeyringError(
            f"The keyring {file} can be opened by other accounts of this machine. Close it with "
            f"chmod 600 {file}; if somebody may have read it, run ./kap keys rotate afterwards."
        )
    return _read(file, found.st_mtime_ns, found.st_ino, found.st_size)


def write_keyring(home: Path, ring: FileKeyring, *, is_first: bool = False) -> bool:
    """Write the keyring whole or not at all; say whether it was written.

    Missing: with ``is_first`` a keyring that is already there stays, and the answer is False.
    """
    file = keyring_path(home)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"keyring.{secrets.token_hex(8)}.draft")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(_told(ring), out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    try:
        if is_first:
            # A link, not a rename: whoever comes second must find the first one's keyring.
            os.link(draft, file)
        else:
            draft.replace(file)
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    _settle(file.parent)
    return True


@contextmanager
def changing(home: Path) -> Any:
    """Hold the keyring for a change, one at a time."""
    with held(home / "keys" / "keyring.lock"):
        yield


@lru_cache(maxsize=4)
def _read(file: Path, mtime: int, inode: int, size: int) -> FileKeyring:
    try:
        told = json.loads(file.read_text())
        if told["schema"] != SCHEMA:
            raise ValueError
        ring = FileKeyring(id=told["id"], roots=_keys(told["roots"]), signing=_keys(told["signing"]))
    except (ValueError, KeyError, TypeError):
        # The cause could quote a key, so it is not shown.
        raise KeyringError(
            f"The keyring {file} cannot be understood: expected {SCHEMA}. It was cut or overwritten; put "
            "back your copy of it. Without it sealed texts stay closed; charts and drug log do not need it."
        ) from None
    if not ring.roots or not ring.signing:
        raise KeyringError(f"The keyring {file} holds no keys: put back your copy of it.")
    return ring


def _told(ring: FileKeyring) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "id": ring.id,
        "warning": "Keep a copy apart from the backups: with both, anybody reads everything.",
        "roots": [_told_key(key) for key in ring.roots],
        "signing": [_told_key(key) for key in ring.signing],
    }


def _told_key(key: Key) -> dict[str, str]:
    return {"id": key.id, "made_at": key.made_at, "secret": b64encode(key.secret).decode()}


def _keys(told: list[dict[str, str]]) -> tuple[Key, ...]:
    return tuple(Key(one["id"], one["made_at"], b64decode(one["secret"], validate=True)) for one in told)


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
