"""One service under watch: whether it starts, runs or waits to be started again, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from kap.vocabulary.errors import KapError
from kap_clinic.processes.patience import FORGIVEN_AFTER, pause_before_start

Tell = Callable[[str], None]


class Service(Protocol):
    """Something the supervisor keeps running: the database or a program.

    Units: `ready_within` and `grace` in seconds; with no grace it is not the supervisor's to end.
    """

    name: str
    ready_within: float
    grace: float

    @property
    def pid(self) -> int | None:
        """Names its first process."""

    def start(self) -> None:
        """Starts it."""

    def is_alive(self) -> bool:
        """Says whether it lives."""

    def is_ready(self) -> bool:
        """Says whether it began to do its work."""

    def is_well(self, now: float) -> bool:
        """Says whether it still does its work."""

    def ask_to_end(self) -> None:
        """Asks it to end."""

    def end(self) -> None:
        """Ends it at once."""

    def shorten_log(self) -> None:
        """Keeps its log small."""

    def last_words(self) -> str:
        """Gives the last line it logged."""


class Standing(StrEnum):
    """Where a service stands."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    WAITING = "waiting"


class Watched:
    """A service and what has happened to it.

    Units: `now` in seconds of a clock that only goes forward.
    """

    def __init__(self, service: Service, tell: Tell) -> None:
        self.service = service
        self.standing = Standing.STOPPED
        self.ends_in_a_row = 0
        self.restarts = 0
        self.is_too_slow = False
        self.sentence = ""
        self._since = self._next_start = 0.0
        self._tell = tell

    def begin(self, now: float) -> None:
        """Starts the service."""
        self.standing, self._since = Standing.STARTING, now
        try:
            self.service.start()
        except KapError as failed:
            self._ended(now, f"could not be started ({failed})")

    def look(self, now: float) -> None:
        """Sees how the service is and does what follows."""
        if self.standing is Standing.WAITING and now >= self._next_start:
            self.restarts += 1
            self.begin(now)
        elif self.standing is Standing.STARTING:
            self._look_while_starting(now)
        elif self.standing is Standing.RUNNING:
            self._look_while_running(now)

    def _look_while_starting(self, now: float) -> None:
        if not self.service.is_alive():
            self._ended(now, "ended before it was ready")
        elif self.service.is_ready():
            self.standing, self._since, self.sentence = Standing.RUNNING, now, ""
            if self.restarts:
                self._tell(f"The {self.service.name} runs again.")
        elif now - self._since > self.service.ready_within:
            self.is_too_slow = True
            self.service.end()
            self._ended(now, f"was not ready after {self.service.ready_within:.0f} s")

    def _look_while_running(self, now: float) -> None:
        if not self.service.is_alive():
            self._ended(now, "ended")
        elif not self.service.is_well(now):
            self.service.end()
            self._ended(now, "no longer answered")
        elif now - self._since > FORGIVEN_AFTER:
            self.ends_in_a_row = 0

    def _ended(self, now: float, how: str) -> None:
        self.ends_in_a_row += 1
        pause = pause_before_start(self.ends_in_a_row)
        self.standing, self._next_start = Standing.WAITING, now + pause
        when = f"in {pause:.0f} s" if pause else "now"
        self.sentence = f"The {self.service.name} {how}; it is started again {when}."
        if self.ends_in_a_row > 3:
            self.sentence += (
                f" It ended {self.ends_in_a_row} times in a row: read logs/{self.service.name}.log."
            )
        self._tell(self.sentence)
