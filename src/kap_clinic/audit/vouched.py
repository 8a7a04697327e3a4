"""What the trail says was sealed beside it, held against the chains that are there.

Whoever seals a row in a chain has the trail name its digest. The trail's own heads are signed and kept
outside the database: a chain written anew from some row on, its arithmetic mended, is not the one the trail
speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kap.vocabulary.sentences import sentence

from .entries import with_columns
from .kept import Problem
from .reading import Read

if TYPE_CHECKING:
    from .chained import Chained

_NAMED = with_columns("""
    SELECT told.digest, e.id, e.recorded_at FROM audit_entry e, unnest(DIGESTS) AS told (digest)
    WHERE e.organization_id = %s ORDER BY e.recorded_at, e.id
""")
CHAIN, NUMBER, DIGEST, ROW, AT = 0, 1, 3, 5, 6


class Vouched:
    """The digests one organization's trail names, before and after its chains are read.

    Writers go on meanwhile: a row is asked for an entry read after it, and an entry for a row read after it.
    """

    def __init__(self, read: Read, organization: UUID) -> None:
        """Read what the trail names by now."""
        self._read, self._organization = read, organization
        self._before = {digest: entry for digest, entry, _ in self._named()}
        self._seen: set[str] = set()
        self._not_yet: list[tuple[Chained, Sequence[Any], bool]] = []

    def look(self, chained: Chained, rows: Sequence[Sequence[Any]]) -> None:
        """Take the rows of one chain."""
        self._seen.update(row[DIGEST] for row in rows)
        is_behind = False
        for row in rows:
            if row[DIGEST] in self._before:
                is_behind = True
            else:
                self._not_yet.append((chained, row, is_behind))

    def problems(self) -> list[Problem]:
        """Name the first row of each chain no entry speaks of, and the first entry whose row is gone.

        Missing: a row older than any entry that names a digest was sealed before entries did; behind a row
        that is named there is no such row.
        """
        named = self._named()
        known, since = {digest for digest, _, _ in named}, min((at for _, _, at in named), default=None)
        first: dict[tuple[str, UUID], Problem] = {}
        for chained, row, is_behind in self._not_yet:
            if row[DIGEST] not in known and (is_behind or _is_since(row[AT], since)):
                first.setdefault((chained.kind, row[CHAIN]), _unknown(chained, row))
        gone = next((entry for digest, entry in self._before.items() if digest not in self._seen), None)
        return [*first.values(), *([_gone(gone)] if gone else [])]

    def _named(self) -> list[tuple[Any, ...]]:
        return self._read(_NAMED, [self._organization])


def _is_since(at: datetime, since: datetime | None) -> bool:
    return since is not None and at >= since


def _unknown(chained: Chained, row: Sequence[Any]) -> Problem:
    reason = sentence(
        "Row {number} of {chains} of {chain} is not the one the trail speaks of.",
        number=row[NUMBER], chains=chained.words, chain=str(row[CHAIN]),
    )  # fmt: skip
    return Problem(
        kind=f"{chained.kind} written anew", number=row[NUMBER], entry=row[ROW], at=row[AT], reason=reason
    )


def _gone(entry: UUID) -> Problem:
    reason = sentence("What entry {id} of the trail sealed beside it is in no chain any more.", id=str(entry))
    return Problem(kind="sealed row gone", entry=entry, reason=reason)
