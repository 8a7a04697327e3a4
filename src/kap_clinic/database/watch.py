"""A global table written without a door is a mistake, and is stopped before it reaches the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .door import DoorError, is_open

_WRITES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|TRUNCATE|MERGE|WITH\b.*\b(INSERT|UPDATE|DELETE)\b)", re.I | re.S
)


def refuse_writes_without_a_door(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Let a statement through if a door is open or it only reads.

    Raises: DoorError.
    """
    if not is_open() and _WRITES.match(str(sql)):
        raise DoorError(
            "A table was written outside acting() and outside(). Open one of them around the write."
        )
    return execute(sql, params, many, context)


def watch(sender: Any, connection: Any, **_: Any) -> None:
    """Put the watch on every new connection of the application role."""
    if connection.alias == "default" and refuse_writes_without_a_door not in connection.execute_wrappers:
        connection.execute_wrappers.append(refuse_writes_without_a_door)
