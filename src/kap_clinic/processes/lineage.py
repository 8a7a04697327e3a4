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


def mark_of(home: Path, run: str) -> str:
    """Writes the mark that the processes of one run of a state folder's supervisor carry."""
    return f"{home.resolve()}\t{run}"


def marked(home: Path, run: str = "") -> list[int]:
    """Lists the living processes, but for this one, that a run of the supervisor started, or all its runs."""
    wanted = f"{MARK}={mark_of(home, run)}".encode()
    found = []
    for entry in PROCESSES.glob("[0-9]*/environ"):
        with suppress(OSError):
            if any(each == wanted or (not run and each.startswith(wanted)) for each in _variables(entry)):
                found.append(int(entry.parent.name))
    return [pid for pid in found if pid != os.getpid() and started_at(pid) is not None]


def end_leftovers(home: Path, run: str = "", *, patience: float = 5.0, quiet: float = 0.1) -> int:
    """Ends what a killed supervisor left behind, politely first; says how many there were.

    Units: `patience` before it kills and `quiet`, how long none must be seen, in seconds.
    """
    asked: set[int] = set()
    killing_at = time.monotonic() + patience
    last_seen = time.monotonic()
    # A process is not seen while it becomes another program, so one look that finds none proves nothing.
    while time.monotonic() - last_seen < quiet:
        living = set(marked(home, run))
        if living:
            last_seen = time.monotonic()
        is_late = last_seen > killing_at
        _signal_all(living if is_late else living - asked, signal.SIGKILL if is_late else signal.SIGTERM)
        asked |= living
        time.sleep(0.03)
    return len(asked)


def _variables(entry: Path) -> list[bytes]:
    return entry.read_bytes().split(b"\0")


def _signal_all(pids: set[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)
