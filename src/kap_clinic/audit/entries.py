"""One entry of the trail as the text that is sealed: every column of it, in one canonical form.

The database hands every column over as text: nothing is parsed only to be written again, and a million rows
are checked in seconds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

KIND = "audit@1"
# Each column of audit_entry as text, in the order of their names; a test fails when one is not here.
_UTC = """to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')"""
_AS_TEXT = {
    "action": "e.action",
    "actor_id": "e.actor_id::text",
    "actor_kind": "e.actor_kind",
    "actor_program": "e.actor_program",
    # A copy made before there were any has no such column: the name then means the empty one around it.
    "digests": "(SELECT (SELECT digests FROM (SELECT e.*) own) FROM (SELECT '{}'::text[] AS digests) none)",
    "id": "e.id::text",
    "organization_id": "e.organization_id::text",
    "outcome": "e.outcome",
    "recorded_at": _UTC,
    "subjects": "e.subjects::text[]",
    "why": "e.why",
}
COLUMNS = tuple(_AS_TEXT)
ID = COLUMNS.index("id")

Texts = Sequence[str | list[str]]
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def with_columns(query: str) -> str:
    """Write the entry's columns, as texts, into a query at ``ENTRY``, its digests alone at ``DIGESTS``."""
    return query.replace("ENTRY", ", ".join(_AS_TEXT.values())).replace("DIGESTS", _AS_TEXT["digests"])


def sealed_text(row: Texts) -> str:
    """Write an entry so that one changed character in any column gives another text.

    Shape: the texts of COLUMNS, in that order.
    Missing: an entry that sealed nothing beside the trail says nothing of it.
    """
    record = {"kind": KIND, **dict(zip(COLUMNS, row, strict=True))}
    if not record["digests"]:
        del record["digests"]
    return fast_canonical_text(record)


def fast_canonical_text(record: Mapping[str, str | list[str]]) -> str:
    """Write a record of texts as ``kap.histories.chain.canonical_text`` does, ten times faster.

    Source: RFC 8785; with texts alone and names in ASCII, sorted JSON without spaces is its canonical form.
    """
    return _ENCODER.encode(record)


def instant_text(at: datetime) -> str:
    """Write an instant in UTC to the microsecond, the precision the database keeps."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
