"""The chain read back in its order: by the app through the door, or by the backup role on a restored copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from kap.histories.chain import Head, SealedRow

from .entries import COLUMNS, ID, sealed_text, with_columns
from .heads import HeadKind, SignedHead

Read = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]

BATCH = 5000
# LATERAL with a limit: each entry by its key, whatever the planner believes of a table that grew just now.
_IN_ORDER = with_columns("""
    SELECT s.number, s.previous, s.digest, ENTRY
    FROM audit_seal s LEFT JOIN LATERAL (
        SELECT * FROM audit_entry WHERE organization_id = s.organization_id AND id = s.entry_id LIMIT 1
    ) e ON true
    WHERE s.organization_id = %s AND s.number > %s ORDER BY s.number LIMIT %s
""")
_ONE = with_columns("""
    SELECT s.entry_id, s.sealed_at, ENTRY
    FROM audit_seal s
    LEFT JOIN audit_entry e ON e.organization_id = s.organization_id AND e.id = s.entry_id
    WHERE s.organization_id = %s AND s.number = %s
""")
_SEALS = """
    SELECT number, entry_id, previous, digest FROM audit_seal
    WHERE organization_id = %s AND number > %s ORDER BY number LIMIT %s
"""
_TAIL = """
    SELECT count(*), min(e.recorded_at) FROM audit_entry e
    WHERE e.organization_id = %s AND NOT EXISTS (
        SELECT 1 FROM audit_seal s WHERE s.organization_id = e.organization_id AND s.entry_id = e.id)
"""
_HEADS = """
    SELECT number, digest, at, key, signature FROM audit_sealhead
    WHERE organization_id = %s ORDER BY number DESC LIMIT %s
"""
_LAST = "SELECT number, digest FROM audit_seal WHERE organization_id = %s ORDER BY number DESC LIMIT 1"


def read(query: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Read through the door that is open."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


def organizations(reading: Read = read) -> list[UUID]:
    """Return the ids of all organizations."""
    return [row[0] for row in reading("SELECT id FROM organizations_tenant ORDER BY id", [])]


class SealedRows:
    """The chain of one organization, read in batches; it can be read again from the start."""

    def __init__(
        self, reading: Read, organization: UUID, told: Callable[[int], None] = lambda _: None
    ) -> None:
        """Hold how to read, and who is told how far the reading has come."""
        self._read, self._organization, self._told = reading, organization, told
        self.count = 0

    def __iter__(self) -> Iterator[SealedRow]:
        """Read from the first row; a seal without its entry comes with an empty text."""
        after, self.count = 0, 0
        while rows := self._read(_IN_ORDER, [self._organization, after, BATCH]):
            for number, previous, digest, *entry in rows:
                self.count += 1
                text = "" if entry[ID] is None else sealed_text(entry)
                yield SealedRow(number, previous, text, digest)
            after = rows[-1][0]
            self._told(self.count)


def seals(reading: Read, organization: UUID) -> Iterator[tuple[UUID, str, str]]:
    """Return entry, previous digest and digest of every seal, in order."""
    after = 0
    while rows := reading(_SEALS, [organization, after, BATCH]):
        for _, entry, previous, digest in rows:
            yield entry, previous, digest
        after = rows[-1][0]


def seal_at(reading: Read, organization: UUID, number: int) -> dict[str, Any] | None:
    """Return what is known of one row of the chain.

    Missing: None where no seal carries that number; ``entry`` is None where the entry itself is gone.
    """
    rows = reading(_ONE, [organization, number])
    if not rows:
        return None
    entry_id, sealed_at, *entry = rows[0]
    whole = None if entry[ID] is None else dict(zip(COLUMNS, entry, strict=True))
    return {"id": entry_id, "sealed_at": sealed_at, "entry": whole}


def head_of(reading: Read, organization: UUID) -> Head:
    """Return the last sealed row of an organization's chain."""
    rows = reading(_LAST, [organization])
    return Head(*rows[0]) if rows else Head()


def heads_in_database(reading: Read, organization: UUID, *, last: int | None = None) -> list[SignedHead]:
    """Return the signed heads the database holds, or the ``last`` few, in the order of their numbers."""
    return [
        SignedHead(
            kind=HeadKind.SEALED.value,
            organization=organization,
            number=number,
            digest=digest,
            at=at,
            key=key,
            signature=signature,
        )
        for number, digest, at, key, signature in reversed(reading(_HEADS, [organization, last]))
    ]


def unsealed_tail(reading: Read, organization: UUID) -> tuple[int, Any]:
    """Return how many entries have no seal, and when the oldest of them was recorded."""
    [(count, oldest)] = reading(_TAIL, [organization])
    return count, oldest
