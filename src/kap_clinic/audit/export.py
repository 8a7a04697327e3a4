"""The trail as a file: CSV for a spreadsheet, JSON Lines for a program; both one line an entry."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from .queries import Line
from .words import words_of

HEADINGS = (
    "id",
    "recorded_at",
    "actor_id",
    "actor_kind",
    "actor",
    "action",
    "action_in_words",
    "outcome",
    "subjects",
    "why",
    "row_in_chain",
)
# What a spreadsheet would run as a formula; a person's name must not be able to.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def told(line: Line) -> dict[str, Any]:
    """Return an entry as the fields of a file."""
    return {
        "id": str(line.id),
        "recorded_at": line.recorded_at.isoformat(),
        "actor_id": str(line.actor),
        "actor_kind": line.actor_kind,
        "actor": line.actor_name,
        "action": line.action,
        "action_in_words": str(words_of(line.action)),
        "outcome": line.outcome,
        "subjects": [str(subject) for subject, _ in line.subjects],
        "why": line.why,
        "row_in_chain": line.number,
    }


def as_csv(lines: Iterable[Line]) -> Iterator[str]:
    """Write the entries as CSV, with headings."""
    held = io.StringIO()
    writer = csv.DictWriter(held, HEADINGS)
    writer.writeheader()
    for line in lines:
        fields = told(line)
        writer.writerow({name: _cell(value) for name, value in fields.items()})
        yield held.getvalue()
        held.seek(0)
        held.truncate()
    yield held.getvalue()


def as_json_lines(lines: Iterable[Line]) -> Iterator[str]:
    """Write the entries as JSON, one a line."""
    for line in lines:
        yield json.dumps(told(line), ensure_ascii=False) + "\n"


def _cell(value: Any) -> str:
    text = " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return "'" + text if text.startswith(_FORMULA) else text
