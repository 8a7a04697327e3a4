"""Entries sealed one behind the other: one more added behind the last, and each read back from its text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone

from kap.histories.chain import Head, canonical_text, seal
from kap.histories.entries import Entry
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant

from .door import Acting
from .models import SealedEntry
from .once import OTHER_CONTENT

Row = TypeVar("Row", bound=SealedEntry)


def entry_in(row: SealedEntry) -> Entry:
    """Read an entry back from its text."""
    told = json.loads(row.text)
    return Entry(
        id=row.id,
        happened_at=Instant.parse(told["happened_at"]),
        recorded_at=Instant.parse(told["recorded_at"]),
        by=told["by"],
        kind=told["kind"],
        content=canonical_text(told["body"]),
    )


def entries_in(rows: Iterable[SealedEntry]) -> list[Entry]:
    """Read entries back, in the order of their rows."""
    return [entry_in(row) for row in rows]


def before(entries: list[Entry], id: UUID) -> list[Entry]:
    """Return the entries that stand before the one with this id; all of them where it is not there yet."""
    places = [place for place, entry in enumerate(entries) if entry.id == id]
    return entries[: places[0]] if places else entries


def is_sealed(rows: Iterable[SealedEntry], entry: Entry, *, is_timed: bool = False) -> bool:
    """Say whether this very entry is there already, as after a second tap or a cut connection.

    Shape: ``is_timed`` where somebody said when it happened, so that another time is other content.
    Raises: Refused when its id holds another entry.
    """
    known = next((entry_in(row) for row in rows if row.id == entry.id), None)
    if known is None:
        return False
    is_same = (known.kind, known.content) == (entry.kind, entry.content)
    if not is_same or (is_timed and known.happened_at != entry.happened_at):
        raise Refused(OTHER_CONTENT)
    return True


def head_of(rows: Sequence[SealedEntry]) -> Head:
    """Return the end of a chain, its rows given in the order of their numbers."""
    return Head(rows[-1].number, rows[-1].digest) if rows else Head()


def seal_behind(act: Acting, model: type[Row], head: Head, entry: Entry, **of: Any) -> Row:
    """Write one entry behind the last; whoever calls holds the lock of what it is about.

    Shape: ``of`` names what the entry is about, and what else its table shows of it.
    """
    sealed = seal(entry.text, head)
    act.sealed(sealed.digest)
    return model._default_manager.create(
        id=entry.id, organization_id=act.organization, number=sealed.number, previous=sealed.previous,
        digest=sealed.digest, text=sealed.text, recorded_at=timezone.now(), recorded_by=act.actor.id, **of,
    )  # fmt: skip
