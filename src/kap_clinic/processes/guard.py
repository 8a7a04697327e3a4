"""The guard outlives a killed supervisor by a few seconds, and ends what did not end by itself.

A web server may be killed between making a worker and knowing it; such a worker would keep the port.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from kap_clinic.processes.lineage import end_leftovers
from kap_clinic.processes.program import Announces, Program

PATIENCE = 5.0
QUIET = 2.0
GLANCE = 0.1
SETTLING = 0.5


def guard_of(home: Path, run: str) -> Program:
    """Describes the guard of one run of the supervisor."""
    # It is told whom it guards: by the time it can look, that process may have been killed.
    argv = (sys.executable, "-m", __name__, str(home), run, str(os.getpid()))
    return Program(name="guard", argv=argv, health=Announces(_post(home), run))


def _post(home: Path) -> Path:
    return home / "run" / "guard.standing"


def _stand_guard(home: Path, run: str, supervisor: int) -> None:
    asked: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: asked.append(number))
    # Until here the death of the supervisor would have ended us too, so nothing is started before this word.
    _post(home).write_text(run)
    while os.getppid() == supervisor:
        time.sleep(GLANCE)
        if asked:
            # The death of a supervisor with threads is told to us a moment before it is over.
            time.sleep(SETTLING)
            if os.getppid() == supervisor:
                return
    end_leftovers(home, run, patience=PATIENCE, quiet=QUIET)


if __name__ == "__main__":
    _stand_guard(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
