"""The clock of the invented past: while it is loaded, what happened weeks ago is done weeks ago.

Every action asks Django what time it is and writes that down. So that a history reads as it would have been
written, the loader lets it ask in the past; only the trail knows when it was truly loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone


@contextmanager
def at_clock(moment: datetime) -> Iterator[None]:
    """Let whatever is done inside happen from this moment on, a millisecond later whenever it asks."""
    asked: Any = timezone
    known, ticks = asked.now, count()
    asked.now = lambda: moment + timedelta(milliseconds=next(ticks))
    try:
        yield
    finally:
        asked.now = known
