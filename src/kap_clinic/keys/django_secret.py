"""Django's own signing secret: made once, kept beside the keyring, never in the database."""

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """Return the secret of this installation, making it on the first call.

    Raises: OSError when the folder cannot be written.
    """
    folder = home / "keys"
    file = folder / "django-secret"
    try:
        return file.read_text()
    except FileNotFoundError:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"django-secret.{os.getpid()}"
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(64))
    try:
        # A link, not a rename: whoever comes second must find the first one's secret.
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return file.read_text()
