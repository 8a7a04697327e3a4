"""Spec tables: literal cases a clinician can read, run by pytest and printed in the manual.

The first column is a short human story and names the case. A blank cell is None: not recorded, or nothing.
Cells become what the test function's annotations say; a table that cannot be read fails with its line.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import pytest

from kap.vocabulary.codes import Code
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.ucum import quantity_from

Test = TypeVar("Test", bound=Callable[..., Any])


class TableError(Exception):
    """A spec table that cannot be read; the message holds its line."""


@dataclass(frozen=True)
class CaseTable:
    """A table as it was written: the names of its columns and its rows of text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, text: str) -> CaseTable:
        """Reads a header, a ruled line and at least one row."""
        lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
        if len(lines) < 3:
            raise TableError(f"A table needs a header, a ruled line and a row: {text!r}")
        if not re.fullmatch(r"-+(\+-+)*", lines[1]):
            raise TableError(f"The second line must be ruled with - and +: {lines[1]!r}")
        columns = _cells(lines[0])
        rows = tuple(_cells(line) for line in lines[2:])
        for cells, line in [(lines[1].split("+"), lines[1]), *zip(rows, lines[2:], strict=True)]:
            if len(cells) != len(columns):
                raise TableError(f"{len(columns)} columns were announced, {len(cells)} found: {line!r}")
        _refuse_twins(columns, "column")
        _refuse_twins([row[0] for row in rows], "story")
        return cls(columns, rows)


def cases(table: str) -> Callable[[Test], Test]:
    """Runs a test once for every row of a table."""
    read = CaseTable.read(table)

    def decorate(test: Test) -> Test:
        kinds = get_type_hints(test)
        names = [column.replace(" ", "_") for column in read.columns[1:]]
        for name in names:
            if name not in kinds:
                raise TableError(f"{test.__name__} has no annotated parameter for the column {name!r}.")
        params = [_param(row, names, kinds) for row in read.rows]
        return pytest.mark.parametrize(names, params)(test)

    return decorate


def value_of(cell: str, kind: Any) -> Any:
    """Reads a cell as what the test expects.

    Raises: TableError when it is not that, or blank where the test expects something.
    """
    options = [kind]
    if get_origin(kind) in (Union, types.UnionType):
        options = list(get_args(kind))
    if not cell:
        if type(None) in options:
            return None
        raise TableError(f"The cell is blank, but the test expects {kind}.")
    try:
        return _converted(cell, next(option for option in options if option is not type(None)))
    except TableError:
        raise
    except Exception as wrong:
        raise TableError(f"{cell!r} is not {kind}: {wrong}") from wrong


def _converted(cell: str, kind: Any) -> Any:
    if get_origin(kind) in (frozenset, tuple):
        item = get_args(kind)[0]
        return get_origin(kind)(_converted(part.strip(), item) for part in cell.split(","))
    if kind is bool:
        return {"yes": True, "no": False}[cell]
    if kind in (date, time):
        return kind.fromisoformat(cell)
    if issubclass(kind, Instant):
        return Instant.parse(cell)
    if issubclass(kind, Quantity):
        return _quantity(cell, kind)
    if issubclass(kind, Enum | Code | int | Decimal | str):
        return kind(cell)
    raise TableError(f"tests/cases.py cannot read a cell as {kind}.")


def _quantity(cell: str, kind: type[Quantity]) -> Quantity:
    quantity = quantity_from(cell)
    if not isinstance(quantity, kind):
        raise TableError(f"{cell!r} is a {type(quantity).__name__}, not a {kind.__name__}.")
    return quantity


def _param(row: tuple[str, ...], names: list[str], kinds: dict[str, Any]) -> Any:
    try:
        values = [value_of(cell, kinds[name]) for cell, name in zip(row[1:], names, strict=True)]
    except TableError as wrong:
        raise TableError(f"{wrong} In the line: {' | '.join(row)}") from wrong
    return pytest.param(*values, id=row[0])


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.split("|"))


def _refuse_twins(names: Sequence[str], what: str) -> None:
    for name in names:
        if not name or names.count(name) > 1:
            raise TableError(f"Every {what} needs its own name; look at {name!r}.")
