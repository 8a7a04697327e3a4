"""Which system account the built-in PostgreSQL runs as; PostgreSQL refuses root, and so do we.

A user runs it as himself. Root drops to `postgres` where that account exists and to `nobody` otherwise.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kap.vocabulary.errors import KapError


@dataclass(frozen=True, slots=True)
class Account:
    """A system account by name and numbers; `is_lower` when we are root and it is not."""

    name: str
    uid: int
    gid: int
    is_lower: bool

    def spawning(self) -> dict[str, Any]:
        """Gives the arguments that make subprocess start a program as this account."""
        # A lower account may not enter our own working folder.
        here: dict[str, Any] = {"cwd": "/"}
        return {**here, "user": self.uid, "group": self.gid, "extra_groups": []} if self.is_lower else here

    def run(self, *command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        """Runs a program as this account and gives what it said."""
        given = {"capture_output": True, "text": True, "check": False, **self.spawning(), **options}
        return subprocess.run([str(word) for word in command], **given)

    def may_enter(self, folder: Path) -> bool:
        """Says whether this account can go into a folder, by trying it."""
        return self.run("/bin/sh", "-c", 'cd "$1"', "sh", folder).returncode == 0

    def write(self, file: Path, text: str) -> None:
        """Writes a file as this account, readable by it alone.

        Raises: KapError when the account may not.
        """
        # Root must never write through a folder another account owns: a link planted there would be followed.
        done = self.run(
            "/bin/sh", "-c", 'umask 077; cat >"$1.making" && mv "$1.making" "$1"', "sh", file, input=text
        )
        if done.returncode != 0:
            raise KapError(f"The account {self.name} cannot write {file}: {done.stderr.strip()}")

    def own_folder(self, folder: Path) -> None:
        """Makes a folder for this account alone, in a folder that is ours."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.is_lower:
            os.chown(folder, self.uid, self.gid, follow_symlinks=False)


def database_account() -> Account:
    """Chooses the account for the database.

    Raises: KapError when we are root and the machine has neither account to drop to.
    """
    if os.geteuid() != 0:
        return Account(str(os.geteuid()), os.geteuid(), os.getegid(), is_lower=False)
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, found.pw_uid, found.pw_gid, is_lower=True)
    raise KapError(
        "PostgreSQL will not run as root and this machine has neither the account postgres nor nobody: "
        "add one (useradd --system postgres), or run ./kap as an ordinary user."
    )
