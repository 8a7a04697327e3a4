"""A program the supervisor runs, as data: its command and how one sees that it is well."""

from __future__ import annotations

import http.client
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


class Health(Protocol):
    """A way to see whether a program is ready and stays well."""

    def is_ready(self) -> bool:
        """Says whether it began to do its work."""

    def is_well(self) -> bool:
        """Says whether it still answers; one that does not is started again."""


@dataclass(frozen=True, slots=True)
class Lives:
    """A program that is well as long as it lives."""

    def is_ready(self) -> bool:
        """Says yes: living is all we ask."""
        return True

    def is_well(self) -> bool:
        """Says yes: living is all we ask."""
        return True


@dataclass(frozen=True, slots=True)
class Answers:
    """A program that answers HTTP.

    `asked_as` is the host name it is asked under, because the web refuses names that are not its own.
    """

    host: str
    port: int
    path: str
    asked_as: str = "localhost"
    has_tls: bool = False

    def is_ready(self) -> bool:
        """Says whether it answers without an error."""
        status = self._status()
        return status is not None and status < 400

    def is_well(self) -> bool:
        """Says whether it answers at all: starting it again would not mend an ill database behind it."""
        return self._status() is not None

    def _status(self) -> int | None:
        connection = self._connection()
        try:
            connection.request("GET", self.path, headers={"Host": self.asked_as, "User-Agent": "supervisor"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        if not self.has_tls:
            return http.client.HTTPConnection(self.host, self.port, timeout=3)
        # Our own certificate names the clinic and not this machine's loopback address.
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE
        return http.client.HTTPSConnection(self.host, self.port, timeout=3, context=trusting)


@dataclass(frozen=True, slots=True)
class Beats:
    """A program that touches a file while it works.

    Units: `within` in seconds, from its start to its first beat too.
    """

    file: Path
    within: float = 60.0

    def is_ready(self) -> bool:
        """Says yes: nothing waits for its first beat."""
        return True

    def is_well(self) -> bool:
        """Says whether the last beat is recent."""
        return self.file.exists() and time.time() - self.file.stat().st_mtime <= self.within


@dataclass(frozen=True, slots=True)
class Announces:
    """A program that writes a word into a file once it works, and is then well as long as it lives."""

    file: Path
    word: str

    def is_ready(self) -> bool:
        """Says whether it wrote the word of this run."""
        try:
            return self.file.read_text() == self.word
        except FileNotFoundError:
            return False

    def is_well(self) -> bool:
        """Says yes: living is all we ask."""
        return True


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """One program: what is run, how one sees that it is well, and how long one waits for it.

    Units: `ready_within`, `grace` (between asking it to end and killing it) and `asked_every` in seconds.
    """

    name: str
    argv: tuple[str, ...]
    health: Health = Lives()
    environment: Mapping[str, str] = field(default_factory=dict)
    ready_within: float = 30.0
    grace: float = 10.0
    asked_every: float = 5.0
