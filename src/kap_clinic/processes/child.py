"""A running program: started in a process group of its own, and ended with everything it started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from kap_clinic.config.environment import environment_of_a_child
from kap_clinic.processes.lineage import MARK, mark_of
from kap_clinic.processes.logs import last_line, shorten
from kap_clinic.processes.program import Beats, Program

BOUND = str(Path(__file__).with_name("bound.py"))
UNWELL_AFTER = 3


class Child:
    """One program under the supervisor."""

    def __init__(self, program: Program, home: Path, run: str, probes: ThreadPoolExecutor) -> None:
        self.program = program
        self.name = program.name
        self.ready_within = program.ready_within
        self.grace = program.grace
        self.log = home / "logs" / f"{program.name}.log"
        self._mark = {MARK: mark_of(home, run)}
        self._probes = probes
        self._probe: Future[bool] | None = None
        self._asked_at = 0.0
        self._unwell = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Names its first process, if it was started and not yet collected."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Starts the program."""
        if isinstance(self.program.health, Beats):
            self.program.health.file.touch()
        shorten(self.log)
        self._unwell, self._probe = 0, None
        command = [sys.executable, "-I", "-S", BOUND, str(os.getpid()), *self.program.argv]
        with open(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=environment_of_a_child({**self.program.environment, **self._mark}),
            )

    def is_alive(self) -> bool:
        """Says whether its first process lives; one that ended is collected with all it left."""
        if self._process is None:
            return False
        # Looked at without collecting: until then its number, which names the group, is nobody else's.
        ended = os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended is None:
            return True
        self._collect()
        return False

    def is_ready(self) -> bool:
        """Says whether it began to do its work."""
        return self.program.health.is_ready()

    def is_well(self, now: float) -> bool:
        """Says whether it still answers; asked beside the supervisor's own work, never in its way."""
        if self._probe is not None and self._probe.done():
            self._unwell = 0 if self._probe.result() else self._unwell + 1
            self._probe = None
        if self._probe is None and now - self._asked_at >= self.program.asked_every:
            self._asked_at, self._probe = now, self._probes.submit(self.program.health.is_well)
        return self._unwell < UNWELL_AFTER

    def ask_to_end(self) -> None:
        """Asks the program to end."""
        if self._process is not None and self.is_alive():
            os.kill(self._process.pid, signal.SIGTERM)

    def end(self) -> None:
        """Ends it at once, with all it started."""
        if self._process is not None:
            self._collect()

    def shorten_log(self) -> None:
        """Keeps its log small."""
        shorten(self.log)

    def last_words(self) -> str:
        """Gives the last line it logged."""
        return last_line(self.log)

    def _collect(self) -> None:
        assert self._process is not None  # asked by those who saw it
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
