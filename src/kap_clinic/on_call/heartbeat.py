"""A sign of life to the outside: while the ladder climbs, an address out there is asked once a minute.

A service outside calls somebody when it has not been asked for five minutes. It is asked only after the
ladder has looked at every organization: a worker that lives while its ladder hangs must fall silent too.
"""

from __future__ import annotations

import time

from kap.vocabulary.errors import KapError

from .letters import NotSentError
from .outside import ask

ALIVE_WITHIN = 90.0


class Pulse:
    """When the ladder was last climbed to its end, told to the outside as long as that is not long ago."""

    def __init__(self, url: str) -> None:
        """Hold the address outside; without one nobody there is told."""
        self._url = url
        self._climbed_at: float | None = None

    def climbed(self) -> None:
        """Note that the ladder was climbed to its end."""
        self._climbed_at = time.monotonic()

    @property
    def is_alive(self) -> bool:
        """Say whether the ladder was climbed within the last minute and a half."""
        return self._climbed_at is not None and time.monotonic() - self._climbed_at < ALIVE_WITHIN

    def beat(self) -> bool:
        """Tell the outside that we live, if the ladder does; say whether it was told.

        Raises: KapError when the outside could not be told.
        """
        if not self._url or not self.is_alive:
            return False
        try:
            status, _ = ask("GET", self._url, headers={"User-Agent": "OpenKAP"})
        except NotSentError as failed:
            raise KapError(f"The outside heartbeat was not told: {failed.because}.") from failed
        if status >= 400:
            raise KapError(f"The outside heartbeat answered {status}: check KAP_HEARTBEAT_URL.")
        return True
