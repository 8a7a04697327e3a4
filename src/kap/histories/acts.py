"""Who did something and when it happened and was written down, before it becomes an entry of a history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from kap.histories.chain import canonical_text
from kap.histories.entries import Entry
from kap.vocabulary.moments import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act by one person; its id, made by whoever first writes it, becomes the entry's."""

    id: UUID
    happened_at: Instant
    recorded_at: Instant
    by: str

    def entry(self, kind: str, body: Mapping[str, object]) -> Entry:
        """The entry this act leaves.

        Raises: InputError when the kind has no version, or the body holds what JSON cannot write exactly.
        """
        return Entry(
            id=self.id,
            happened_at=self.happened_at,
            recorded_at=self.recorded_at,
            by=self.by,
            kind=kind,
            content=canonical_text(dict(body)),
        )
