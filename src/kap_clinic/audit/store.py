"""The sealer's SQL: what is not sealed yet, the right to seal it, and the seals of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from kap.histories.chain import SealedRow
from kap_clinic.database.identity import new_id

from .entries import with_columns
from .heads import SignedHead
from .reading import read

_LOCK_SPACE = 0x4B4150
# now() and not the wall clock: a stable value lets the index find the last seconds.
_UNSEALED = with_columns("""
    SELECT ENTRY FROM audit_entry e
    WHERE e.organization_id = %(organization)s
      AND (%(back)s::interval IS NULL OR e.recorded_at > now() - %(back)s::interval)
      AND NOT EXISTS (
        SELECT 1 FROM audit_seal s WHERE s.organization_id = e.organization_id AND s.entry_id = e.id)
    ORDER BY e.recorded_at, e.id LIMIT %(limit)s
""")
_SEAL = """
    INSERT INTO audit_seal (id, organization_id, entry_id, number, previous, digest, sealed_at)
    SELECT i, %s, e, n, p, d, clock_timestamp()
    FROM unnest(%s::uuid[], %s::uuid[], %s::bigint[], %s::text[], %s::text[]) AS t(i, e, n, p, d)
"""
_HEAD = """
    INSERT INTO audit_sealhead (id, organization_id, number, digest, at, key, signature)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


def may_seal(organization: UUID) -> bool:
    """Take the organization's chain for this transaction; False when another sealer has it."""
    query = "SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))"
    [(taken,)] = read(query, [_LOCK_SPACE, str(organization)])
    return bool(taken)


def unsealed(organization: UUID, back: timedelta | None, limit: int) -> list[tuple[Any, ...]]:
    """Return entries without a seal in recording order.

    Missing: without ``back`` however old they are.
    """
    asked: dict[str, Any] = {"organization": organization, "back": back, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(_UNSEALED, asked)
        return cursor.fetchall()


def add_seals(organization: UUID, entries: Sequence[str], rows: Sequence[SealedRow]) -> None:
    """Write the seals of a batch."""
    parameters: list[Any] = [
        organization,
        [new_id() for _ in rows],
        list(entries),
        [row.number for row in rows],
        [row.previous for row in rows],
        [row.digest for row in rows],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_SEAL, parameters)


def add_head(head: SignedHead) -> None:
    """Write a signed head beside the seals it speaks of."""
    row: list[Any] = [
        new_id(),
        head.organization,
        head.number,
        head.digest,
        head.at,
        head.key,
        head.signature,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_HEAD, row)
