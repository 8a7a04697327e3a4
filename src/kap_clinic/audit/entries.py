"""One entry of the trail as the text that is sealed: every column of it, in one canonical form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from kap.histories.chain import canonical_text

KIND = "audit@1"
COLUMNS = (
    "id",
    "organization_id",
    "action",
    "outcome",
    "actor_id",
    "actor_kind",
    "actor_program",
    "subjects",
    "why",
    "recorded_at",
)


def with_columns(query: str) -> str:
    """Write the entry's columns into a query at the place named ``ENTRY``."""
    return query.replace("ENTRY", ", ".join("e." + column for column in COLUMNS))


def sealed_text(row: Sequence[Any]) -> str:
    """Write an entry so that one changed character in any column gives another text.

    Shape: the values of COLUMNS, in that order.
    """
    return canonical_text({"kind": KIND, **dict(zip(COLUMNS, map(_plain, row), strict=True))})


def instant_text(at: datetime) -> str:
    """Write an instant in UTC to the microsecond, the precision the database keeps."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: Any) -> str | list[str]:
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, list):
        return [str(one) for one in value]
    return str(value)
