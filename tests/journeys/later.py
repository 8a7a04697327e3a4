"""A web server whose clock can be put forward, so that hours and days pass between two steps."""

from __future__ import annotations

import datetime as real
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


class Clock:
    """How far ahead of the true time everybody in this journey is."""

    ahead = real.timedelta()

    def now(self, zone: real.tzinfo | None = real.UTC) -> real.datetime:
        """What everybody's clock shows."""
        return real.datetime.now(zone) + self.ahead

    def wait_for(self, hour: int, zone: real.tzinfo) -> None:
        """Wait until the clocks of a place show an hour next."""
        there = self.now().astimezone(zone)
        then = there.replace(hour=hour, minute=0, second=0, microsecond=0)
        self.ahead += (then if then > there else then + real.timedelta(days=1)) - there

    def pass_by(self, **span: float) -> None:
        """Let time go by."""
        self.ahead += real.timedelta(**span)


@contextmanager
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Clock]]:
    """Serve the pages from this process, by a clock of ours; give the address and the clock."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.db import connections
    from django.urls import get_resolver

    from kap_clinic.config.wsgi import application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_said: Any) -> None:
            """Say nothing of each request."""

    clock = Clock()
    # Every page is loaded before its clock is changed.
    assert get_resolver().url_patterns
    _put_up(clock, monkeypatch)
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_address[1]}", clock
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        connections.close_all()


def _put_up(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let our pages ask this clock, whichever way they ask the time."""
    monkeypatch.setattr("django.utils.timezone.now", clock.now)

    class Kind(type):
        def __instancecheck__(cls, told: object) -> bool:
            return isinstance(told, real.datetime)

    class Later(real.datetime, metaclass=Kind):
        @classmethod
        def now(cls, tz: real.tzinfo | None = None) -> Any:
            return clock.now(tz)

    for name, module in list(sys.modules.items()):
        if name.startswith("kap_clinic.") and getattr(module, "datetime", None) is real.datetime:
            monkeypatch.setattr(module, "datetime", Later)
