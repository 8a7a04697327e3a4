"""The keyring of this installation: made once, remembered by the database, missed when it is lost."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kap_clinic.database.door import Reason, outside

from .errors import KeyringError
from .keyring import FileKeyring, Keyring, new_keyring
from .keyring_file import changing, keyring_path, read_keyring, write_keyring
from .models import KeyringMark


def home() -> Path:
    """Name the state folder of this installation."""
    return Path(settings.ENVIRONMENT.home)


def ring() -> Keyring:
    """Return the keyring, making it when this database has never known one.

    Raises: KeyringError when it was lost or cannot be used.
    """
    return read_keyring(home()) or establish()


def establish() -> FileKeyring:
    """Make the keyring if there is none, and let the database remember which one it belongs to.

    Raises: KeyringError when the database belongs to a keyring that is not here.
    """
    known, found = _known(), read_keyring(home())
    if found is None and known is not None:
        raise KeyringError(lost_sentence())
    if found is not None and known not in (None, found.id):
        raise KeyringError(
            f"The keyring {keyring_path(home())} is {found.id}, and this database was sealed under {known}. "
            "Put that one back; if it is lost for good, ./kap keys begin-again says what that means."
        )
    if found is None:
        write_keyring(home(), new_keyring(timezone.now().isoformat()), is_first=True)
        found = read_keyring(home())
        assert found is not None  # written above, by us or by whoever came first
    if known is None:
        with outside(Reason.SETUP):
            KeyringMark.objects.bulk_create(
                [KeyringMark(keyring=found.id, since=timezone.now())], ignore_conflicts=True
            )
    return found


def found_new_ring() -> FileKeyring:
    """Make a new keyring where the one the database belongs to is lost.

    Missing: one that an interrupted call made is taken up again.
    Raises: KeyringError when the right keyring is there.
    """
    write_keyring(home(), new_keyring(timezone.now().isoformat()), is_first=True)
    found = ring_file()
    if found.id == _known():
        raise KeyringError(
            f"The keyring {keyring_path(home())} is the one this database belongs to: nothing is lost, and "
            "nothing was changed."
        )
    return found


def rotate_ring() -> FileKeyring:
    """Put a new root key and a new signing key into use; the old ones stay to open and to prove."""
    establish()
    with changing(home()):
        found = read_keyring(home())
        assert found is not None  # established above
        write_keyring(home(), found.rotated(timezone.now().isoformat()))
    return ring_file()


def ring_file() -> FileKeyring:
    """Return the keyring as it lies in its file.

    Raises: KeyringError when there is none.
    """
    found = read_keyring(home())
    if found is None:
        raise KeyringError(lost_sentence())
    return found


def _known() -> str | None:
    return KeyringMark.objects.values_list("keyring", flat=True).first()


def lost_sentence() -> str:
    """Say what a lost keyring means, and what to do."""
    return (
        f"The keyring {keyring_path(home())} is missing. Put back your copy of it. Without it these are lost "
        "for good: sealed texts (private notes, telephone numbers), authenticator apps and recovery codes, "
        "and the proof that the audit's heads so far were signed here. These are not lost: charts, the drug "
        "log, the audit itself and its chain, passwords and passkeys. If there is no copy: ./kap keys "
        "begin-again."
    )
