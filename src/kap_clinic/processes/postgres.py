"""The built-in database as one of the services under watch.

It is no child of the supervisor: it outlives it, and the next one adopts it.
"""

from __future__ import annotations

from collections.abc import Callable

from kap_clinic.database.cluster import Cluster


class Database:
    """The built-in PostgreSQL under the supervisor."""

    name = "database"
    # Putting data in order after a power cut takes as long as it takes; only a dead server is given up.
    ready_within = float("inf")
    grace = 0.0

    def __init__(self, cluster: Cluster, tell: Callable[[str], None]) -> None:
        self._cluster = cluster
        self._tell = tell

    @property
    def pid(self) -> int | None:
        """Names the server's first process."""
        return self._cluster.postmaster()

    def start(self) -> None:
        """Starts the server, or adopts the one that runs."""
        self._cluster.ensure_started(self._tell)

    def is_alive(self) -> bool:
        """Says whether the server lives."""
        return self._cluster.postmaster() is not None

    def is_ready(self) -> bool:
        """Says whether it takes connections."""
        return self._cluster.answers()

    def is_well(self, now: float) -> bool:
        """Says yes: a busy server must never be ended because it answered late."""
        return True

    def ask_to_end(self) -> None:
        """Waits: the last user of the server stops it."""

    def end(self) -> None:
        """Waits: the last user of the server stops it."""

    def shorten_log(self) -> None:
        """Leaves it to PostgreSQL, which keeps a week."""

    def last_words(self) -> str:
        """Says nothing: its log is its own."""
        return ""
