"""Scores of many rows, one column a number; any one row can be read back as it would be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Small = NDArray[np.int8]

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Named:
    """A column of names, kept as positions in a list; -1 is none."""

    names: tuple[str, ...]
    at: Small

    def of(self, row: int) -> str | None:
        """The name in one row."""
        position = int(self.at[row])
        return None if position == UNKNOWN else self.names[position]


@dataclass(frozen=True, slots=True)
class Yes:
    """A column of yes (1), no (0) and not known (-1)."""

    at: Small

    def of(self, row: int) -> bool | None:
        """The answer in one row."""
        answer = int(self.at[row])
        return None if answer == UNKNOWN else bool(answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnScores:
    """What many sets of answers score under one version of an instrument.

    Shape: every column has one entry a row; `safety` holds for each item the level reached.
    Missing: a number that cannot be known is NaN; `missing` holds only items somebody left out.
    """

    instrument: str
    total: Numbers | None
    complete: Flags
    band: Named | None
    subscales: Mapping[str, Numbers]
    derived: Mapping[str, Numbers | Named | Yes]
    safety: Mapping[str, Named]
    missing: Mapping[str, Flags]

    def __len__(self) -> int:
        return len(self.complete)

    def row(self, at: int) -> dict[str, Any]:
        """One row as plain data, as a score of that row alone would be."""
        return {
            "instrument": self.instrument,
            "total": None if self.total is None else _number(self.total, at),
            "complete": bool(self.complete[at]),
            "band": self.band.of(at) if self.band else None,
            "subscales": {name: _number(column, at) for name, column in self.subscales.items()},
            "derived": {
                name: column.of(at) if isinstance(column, Named | Yes) else _number(column, at)
                for name, column in self.derived.items()
            },
            "safety": {item: level for item, column in self.safety.items() if (level := column.of(at))},
            "missing": [item for item, column in self.missing.items() if column[at]],
        }


Column = Numbers | Named | Yes


def joined(blocks: Sequence[ColumnScores]) -> ColumnScores:
    """The scores of consecutive blocks of rows as one."""
    first = blocks[0]
    if len(blocks) == 1:
        return first
    items = dict.fromkeys(item for block in blocks for item in block.missing)
    return ColumnScores(
        instrument=first.instrument,
        total=_numbers([block.total for block in blocks]),
        complete=np.concatenate([block.complete for block in blocks]),
        band=_names([block.band for block in blocks]),
        subscales={
            name: np.concatenate([block.subscales[name] for block in blocks]) for name in first.subscales
        },
        derived={name: _column([block.derived[name] for block in blocks]) for name in first.derived},
        safety={
            item: Named(column.names, np.concatenate([block.safety[item].at for block in blocks]))
            for item, column in first.safety.items()
        },
        missing={item: np.concatenate([_missed(block, item) for block in blocks]) for item in items},
    )


def _numbers(columns: Sequence[Numbers | None]) -> Numbers | None:
    known = [column for column in columns if column is not None]
    return np.concatenate(known) if known else None


def _names(columns: Sequence[Named | None]) -> Named | None:
    known = [column for column in columns if column is not None]
    return Named(known[0].names, np.concatenate([column.at for column in known])) if known else None


def _column(columns: Sequence[Column]) -> Column:
    first = columns[0]
    if isinstance(first, Named):
        return Named(first.names, np.concatenate([c.at for c in columns if isinstance(c, Named)]))
    if isinstance(first, Yes):
        return Yes(np.concatenate([c.at for c in columns if isinstance(c, Yes)]))
    return np.concatenate([c for c in columns if isinstance(c, np.ndarray)])


def _missed(block: ColumnScores, item: str) -> Flags:
    return block.missing.get(item, np.zeros(len(block), np.bool_))


def _number(column: Numbers, row: int) -> float | None:
    number = float(column[row])
    return None if np.isnan(number) else number
