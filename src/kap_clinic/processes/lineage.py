"""Which processes are ours, told by a mark they inherit and never by a bare number.

Process numbers are used again; the environment a process was started with is not. On a system without /proc
only processes this supervisor started itself are known.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

MARK = "KAP_SUPERVISED_BY"
PR_SET_CHILD_SUBREAPER = 36
PROCESSES = Path("/proc")


def adopt_orphans() -> None:
    """Makes orphans of our children our own, so that none is lost and none stays a zombie."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def collect_orphans(own: frozenset[int]) -> None:
    """Collects ended processes that became ours; those in `own` are collected by who started them."""
    while True:
        try:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if ended is None or ended.si_pid in own:
            return
        os.waitpid(ended.si_pid, 0)


def started_at(pid: int) -> int | None:
    """Reads when a process was started, in clock ticks since the machine was.

    Missing: nothing when no such process lives, or it has ended and waits to be collected.
    """
    try:
        # The name is in parentheses and may itself hold spaces and parentheses.
        fields = (PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def marked(home: Path) -> list[int]:
    """Lists the living processes that a supervisor of this state folder started, and their descendants."""
    mark = f"{MARK}={home.resolve()}".encode()
    found = []
    for entry in PROCESSES.glob("[0-9]*/environ"):
        with suppress(OSError):
            if mark in entry.read_bytes().split(b"\0"):
                found.append(int(entry.parent.name))
    return [pid for pid in found if pid != os.getpid() and started_at(pid) is not None]


def end_leftovers(home: Path, patience: float = 5.0) -> int:
    """Ends what a killed supervisor left behind, politely first; says how many there were."""
    leftovers = marked(home)
    _signal_all(leftovers, signal.SIGTERM)
    giving_up = time.monotonic() + patience
    while marked(home) and time.monotonic() < giving_up:
        time.sleep(0.05)
    while remaining := marked(home):
        _signal_all(remaining, signal.SIGKILL)
        time.sleep(0.05)
    return len(leftovers)


def _signal_all(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)
