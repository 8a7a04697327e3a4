"""The programs' log files, kept small: each is copied aside and emptied when it grows past a limit."""

from __future__ import annotations

import shutil
from pathlib import Path

LARGEST_BYTES = 10 * 1024 * 1024
KEPT = 3


def shorten(log: Path, largest: int = LARGEST_BYTES) -> None:
    """Turns a log over when it is too large; a program that writes into it goes on undisturbed."""
    if not log.exists() or log.stat().st_size <= largest:
        return
    for number in range(KEPT, 1, -1):
        older = log.with_name(f"{log.name}.{number - 1}")
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{number}"))
    # The program holds this very file open for appending, so it is emptied and not replaced.
    shutil.copy2(log, log.with_name(f"{log.name}.1"))
    with log.open("r+") as emptied:
        emptied.truncate(0)


def last_line(log: Path) -> str:
    """Gives the last line a program wrote.

    Missing: an empty text when it wrote none.
    """
    try:
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    except FileNotFoundError:
        return ""
    return lines[-1].strip() if lines else ""
