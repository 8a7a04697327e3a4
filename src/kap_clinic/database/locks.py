"""Locks on files: they end with the last process that holds them, so nothing killed leaves one behind.

A lock is handed down to a started program by passing its file descriptor; then it says "this program or one
of its children still lives", across containers and restarts, where a process number would not.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def take(file: Path, *, shared: bool = False, wait: bool = False) -> int | None:
    """Takes a lock and gives its file descriptor.

    Missing: nothing when somebody else holds it and we do not wait.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


@contextmanager
def held(file: Path, *, shared: bool = False) -> Iterator[int]:
    """Waits for a lock and holds it."""
    descriptor = take(file, shared=shared, wait=True)
    assert descriptor is not None  # waiting never comes back without it
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def is_held(file: Path) -> bool:
    """Says whether any living process holds a lock exclusively."""
    if not file.exists():
        return False
    descriptor = take(file, shared=True)
    if descriptor is None:
        return True
    os.close(descriptor)
    return False
