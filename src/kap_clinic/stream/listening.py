"""One connection that listens to the database, and the open screens it tells; ids travel, never values."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

CHANNEL = "kap_changes"
# A screen that falls this far behind is cut off; it reconnects and loads its page again.
LONGEST_QUEUE = 256
LONGEST_WAIT_SECONDS = 3.0
# A page is drawn a moment before its line is open; what changed in between is told once it is.
KEPT = timedelta(seconds=30)
ANYTHING: dict[str, Any] = {"what": "anything", "ids": []}

log = logging.getLogger("kap.stream")


class Listening:
    """The screens of every organization, and whether the database is being heard."""

    def __init__(self, conninfo: dict[str, Any]) -> None:
        """Hold where to listen."""
        self.conninfo = conninfo
        self.hearing_since: datetime | None = None
        self.kept: deque[tuple[datetime, dict[str, Any]]] = deque()
        self.screens: dict[UUID, set[asyncio.Queue[dict[str, Any] | None]]] = defaultdict(set)

    @property
    def is_hearing(self) -> bool:
        """Whether the database is being heard."""
        return self.hearing_since is not None

    @asynccontextmanager
    async def screen(
        self, organization: UUID, since: datetime | None = None
    ) -> AsyncIterator[asyncio.Queue[dict[str, Any] | None]]:
        """Give a screen its queue for as long as it is open; None in it means: reconnect.

        What changed since its page was drawn is in the queue already.
        """
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue(LONGEST_QUEUE)
        self.screens[organization].add(queue)
        if since is not None and self._may_have_missed(organization, since):
            queue.put_nowait(ANYTHING)
        try:
            yield queue
        finally:
            self.screens[organization].discard(queue)

    async def run(self) -> None:
        """Listen for ever; when the database goes, try again, and have every screen load its page anew."""
        wait = 0.2
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    **self.conninfo, autocommit=True
                ) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self.hearing_since, wait = datetime.now(UTC), 0.2
                    async for notice in connection.notifies():
                        self.tell(notice.payload)
            except psycopg.Error as lost:
                log.warning("the database is not heard (%s); trying again", type(lost).__name__)
            if self.is_hearing:
                self.hearing_since = None
                self._cut_off_everybody()
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)

    def tell(self, payload: str) -> None:
        """Pass one notice on to the screens of its organization."""
        notice, now = json.loads(payload), datetime.now(UTC)
        self.kept.append((now, notice))
        while self.kept[0][0] < now - KEPT:
            self.kept.popleft()
        for queue in tuple(self.screens.get(UUID(notice["organization"]), ())):
            if queue.qsize() >= LONGEST_QUEUE - 1:
                self._cut_off(queue)
            else:
                queue.put_nowait({"what": notice["what"], "ids": notice["ids"]})

    def _may_have_missed(self, organization: UUID, since: datetime) -> bool:
        """Whether anything changed since then, or nobody here could have heard it."""
        if self.hearing_since is None or since < max(self.hearing_since, datetime.now(UTC) - KEPT):
            return True
        return any(at >= since and UUID(told["organization"]) == organization for at, told in self.kept)

    def _cut_off_everybody(self) -> None:
        for queues in tuple(self.screens.values()):
            for queue in tuple(queues):
                self._cut_off(queue)

    def _cut_off(self, queue: asyncio.Queue[dict[str, Any] | None]) -> None:
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)
