"""The state folder of an installation: what lies where, and who may look into it.

`keys` lies outside `database`, so that a copy of the data is no copy of the keys.
"""

from __future__ import annotations

import os
from pathlib import Path

from kap.vocabulary.errors import KapError

PRIVATE = ("keys", "backups", "run", "logs")


def open_home(home: Path) -> None:
    """Makes the state folder and its private parts; running it again mends their permissions.

    Raises: KapError when the folder cannot be written.
    """
    is_root = os.geteuid() == 0
    try:
        home.mkdir(parents=True, exist_ok=True)
        # Root's database runs as a lower account, which must pass through without being able to look around.
        home.chmod(0o711 if is_root else 0o700)
        for name in PRIVATE:
            part = home / name
            part.mkdir(exist_ok=True, mode=0o700)
            if part.stat().st_mode & 0o077:
                part.chmod(0o700)
    except OSError as failed:
        raise KapError(
            f"The state folder {home} cannot be written ({failed.strerror}): give us another with KAP_HOME, "
            "or mend its owner and permissions."
        ) from failed
