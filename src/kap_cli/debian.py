"""Programs the tests need that no wheel brings: asked of Debian as root, named to everybody else."""

from __future__ import annotations

import os
import shutil
import subprocess

from rich.console import Console

from kap_clinic.config.environment import environment_of_a_child


def install(package: str, progress: Console) -> bool:
    """Installs a package of Debian; says whether it did. Somebody who is not root is never asked to wait."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    with progress.status(f"Installing {package} from Debian ..."):
        # A fresh machine has no lists yet; one that has them is spared the update.
        done = _apt("install", "-y", "--no-install-recommends", package) or (
            _apt("update") and _apt("install", "-y", "--no-install-recommends", package)
        )
    progress.print(f"{package} {'is installed' if done else 'could not be installed'}.")
    return done


def _apt(*arguments: str) -> bool:
    ran = subprocess.run(
        ["apt-get", "-q", *arguments],
        env=environment_of_a_child({"DEBIAN_FRONTEND": "noninteractive"}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return ran.returncode == 0
