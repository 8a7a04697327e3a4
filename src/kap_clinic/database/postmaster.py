"""The process of a running PostgreSQL: which one it is, and how it is asked to end."""

from __future__ import annotations

import os
import signal
from pathlib import Path

SIGNALS = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}


def postmaster_of(data: Path) -> int | None:
    """Gives the process number of the server that runs on a data folder.

    Missing: nothing when none does, whatever process now carries the number a server once had.
    """
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except PermissionError:
        return None
    except (FileNotFoundError, IndexError, ValueError, ProcessLookupError):
        return None
    return pid if _works_in(pid, data) else None


def ask_to_end(pid: int, mode: str) -> None:
    """Sends PostgreSQL's signal for a smart, fast or immediate end; one already gone is left alone."""
    try:
        os.kill(pid, SIGNALS[mode])
    except ProcessLookupError:
        return


def _works_in(pid: int, data: Path) -> bool:
    if not Path("/proc/self").exists():
        return True
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd")) == data.resolve()
    except OSError:
        return False
