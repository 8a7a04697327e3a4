"""The sealer: numbers and chains committed entries of each organization, outside the clinic's own writing.

Entries commit in any order, so "not sealed yet" is asked of the tables and never of a clock: each second the
last seconds are looked at, each minute the last day, and at the start and hourly everything.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from kap.histories.chain import SealedRow, seal
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.database.locks import held, take
from kap_clinic.keys.ring import establish, ring

from . import reading, store
from .entries import ID, Texts, instant_text, sealed_text
from .heads import HeadKind, SignedHead, append_heads, heads_path, read_heads, signed

SEALER = Actor.program("sealer")
ACTION = "audit.seal"
BATCH = 5000
SECONDS, MINUTES = timedelta(seconds=30), timedelta(days=1)


class Sealer:
    """Visits every organization in turn, and keeps the file of heads in step with the database."""

    def __init__(self, home: Path) -> None:
        """Hold where the file of heads lies."""
        self._home = home
        self._ticks = 0
        self._not_kept: list[SignedHead] = []

    def tick(self, goes_on: Callable[[], bool] = lambda: True) -> int:
        """Seal what has come; called about once a second. Return how many entries were sealed.

        Between two batches ``goes_on`` is asked whether there is time for another.

        Raises: KeyringError, OperationalError; the next call goes on where this one stopped.
        """
        if self._ticks == 0:
            establish()
            catch_up_heads(self._home)
        back = self._how_far_back()
        sealed = sum(self.seal_all(one, back, goes_on) for one in reading.organizations())
        self._ticks += 1
        return sealed

    def seal_all(
        self, organization: UUID, back: timedelta | None = None, goes_on: Callable[[], bool] = lambda: True
    ) -> int:
        """Seal one organization's entries, batch by batch, until none is left."""
        total, count = 0, BATCH
        while count == BATCH and (goes_on() or not total):
            count = self._seal_and_keep(organization, back)
            total += count
        return total

    def _seal_and_keep(self, organization: UUID, back: timedelta | None) -> int:
        # Batch and file in one hand: a kill leaves at most one head of an organization out of the file.
        lock = take(_lock_of(self._home))
        if lock is None:
            return 0
        try:
            # A head that a full disk refused goes into the file before anything more is sealed.
            self._keep_heads()
            count, head = seal_batch(organization, back)
            if head is not None:
                self._not_kept.append(head)
            self._keep_heads()
        finally:
            os.close(lock)
        return count

    def _keep_heads(self) -> None:
        append_heads(self._home, self._not_kept)
        self._not_kept.clear()

    def _how_far_back(self) -> timedelta | None:
        if self._ticks % 3600 == 0:
            return None
        return MINUTES if self._ticks % 60 == 0 else SECONDS


def seal_batch(
    organization: UUID, back: timedelta | None = None, limit: int = BATCH
) -> tuple[int, SignedHead | None]:
    """Seal the next entries in one transaction; return how many, and the head that was signed over them."""
    with acting(organization, SEALER, ACTION):
        # The chain is taken before looking: what another sealer committed is then seen.
        entries = store.unsealed(organization, back, limit) if store.may_seal(organization) else []
        if not entries:
            return 0, None
        rows = _chained(organization, entries)
        store.add_seals(organization, [entry[ID] for entry in entries], rows)
        at = instant_text(timezone.now())
        head = signed(ring(), kind=HeadKind.SEALED, organization=organization, head=rows[-1].head, at=at)
        store.add_head(head)
        return len(rows), head


def _chained(organization: UUID, entries: Sequence[Texts]) -> list[SealedRow]:
    head, rows = reading.head_of(reading.read, organization), []
    for entry in entries:
        rows.append(seal(sealed_text(entry), head))
        head = rows[-1].head
    return rows


def catch_up_heads(home: Path) -> int:
    """Add to the file the one head an organization may lack after a sealer was killed; return how many.

    More than the last one missing is no accident of ours: it stays missing, and the verification says so.
    """
    with held(_lock_of(home)):
        kept = {line.organization: line.number for line in read_heads(home) if isinstance(line, SignedHead)}
        missing = [head for one in reading.organizations() for head in _newest_if_missing(one, kept.get(one))]
        append_heads(home, missing)
    return len(missing)


def _newest_if_missing(organization: UUID, kept: int | None) -> list[SignedHead]:
    with acting(organization, SEALER, ACTION):
        last = reading.heads_in_database(reading.read, organization, last=2)
    before = last[-2].number if len(last) == 2 else None
    return last[-1:] if kept == before else []


def _lock_of(home: Path) -> Path:
    file = heads_path(home).with_name("sealer.lock")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return file
