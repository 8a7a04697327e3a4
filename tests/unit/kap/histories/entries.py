"""Entries as tests need them: a weight, at an hour of one invented day."""

from datetime import UTC, datetime
from uuid import UUID

from kap.histories.chain import canonical_text
from kap.histories.entries import Entry
from kap.vocabulary.moments import Instant


def entry(
    number: int,
    *,
    hour: int = 9,
    recorded_hour: int = 12,
    weight: int = 70,
    kind: str = "weight@1",
    by: str = "nurse-1",
) -> Entry:
    """An entry with this number as its id."""
    return Entry(
        id=UUID(int=number),
        happened_at=Instant(datetime(2026, 11, 21, hour, tzinfo=UTC)),
        recorded_at=Instant(datetime(2026, 11, 21, recorded_hour, tzinfo=UTC)),
        by=by,
        kind=kind,
        content=canonical_text({"weight": weight}),
    )
