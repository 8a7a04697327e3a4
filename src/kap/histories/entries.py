"""One thing that happened, written down once and never edited."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kap.histories.chain import canonical_text
from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant

_KIND = re.compile(r"(?P<name>[a-z][a-z_]*)@(?P<version>[1-9]\d*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What happened, when, when it was written down, by whom, and in which version of its kind.

    Shape: `kind` is `name@version`; `content` is canonical JSON text, so that it is hashed as it is stored.
    Raises: InputError when the kind has no version or the content is not a canonical record.
    """

    id: UUID
    happened_at: Instant
    recorded_at: Instant
    by: str
    kind: str
    content: str

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise InputError(
                f"{self.kind!r} is not a kind of entry: write its name and version, like weight@1."
            )
        if not _is_canonical_record(self.content):
            raise InputError(
                "An entry's content is a record in canonical text: write it with canonical_text."
            )

    @property
    def name(self) -> str:
        """What kind of thing happened."""
        return self.kind.partition("@")[0]

    @property
    def version(self) -> int:
        """Which version of that kind it was written in."""
        return int(self.kind.partition("@")[2])

    @property
    def body(self) -> dict[str, Any]:
        """The facts, as a fresh copy: changing it changes no history."""
        record: dict[str, Any] = json.loads(self.content)
        return record

    @property
    def text(self) -> str:
        """The exact text that is stored and sealed."""
        return canonical_text(
            {
                "id": str(self.id),
                "happened_at": str(self.happened_at),
                "recorded_at": str(self.recorded_at),
                "by": self.by,
                "kind": self.kind,
                "body": self.body,
            }
        )


def _is_canonical_record(content: str) -> bool:
    try:
        record = json.loads(content)
    except ValueError:
        return False
    return isinstance(record, dict) and canonical_text(record) == content
