"""Answers of a block of rows: each column checked like a single answer, blanks kept apart from numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kap.instruments.answering import Choices, Kind, Range
from kap.instruments.columns.result import Flags
from kap.instruments.definition import Instrument, Item
from kap.instruments.rules import Count
from kap.vocabulary.errors import InputError

BLANK = -1
LARGEST = 127

# One byte an answer: no rating scale needs more, and eight times as many fit in the processor's cache.
Whole = NDArray[np.int8]


@dataclass(slots=True)
class Answered:
    """One item of a block; `blank` is None when everybody answered it."""

    value: Whole
    blank: Flags | None

    def reaches(self, threshold: Decimal) -> Flags:
        """Who gave at least this answer."""
        # Compared as whole numbers: against a fraction numpy would first widen every answer to eight bytes.
        reached: Flags = self.value >= math.ceil(threshold)
        return reached if self.blank is None else reached & ~self.blank


@dataclass(slots=True)
class AnswerRows:
    """The answers of some consecutive rows, by item."""

    definition: Instrument
    answered: dict[str, Answered]
    size: int
    # Two criteria that count the same answers count them once.
    counted: dict[tuple[tuple[str, Decimal], ...], tuple[Whole, Whole]] = field(default_factory=dict)

    def __getitem__(self, item: str) -> Answered:
        return self.answered[item]

    def counts(self, reaching: Mapping[str, Decimal]) -> tuple[Whole, Whole]:
        """How many items certainly reach their threshold in each row, and how many possibly do."""
        key = tuple(reaching.items())
        if key not in self.counted:
            self.counted[key] = self._counts(reaching)
        return self.counted[key]

    def _counts(self, reaching: Mapping[str, Decimal]) -> tuple[Whole, Whole]:
        sure: Whole = np.zeros(self.size, np.int8)
        for name, threshold in reaching.items():
            sure += self[name].reaches(threshold).view(np.int8)
        blanks = [blank for name in reaching if (blank := self[name].blank) is not None]
        if not blanks:
            return sure, sure
        possible = sure.copy()
        for blank in blanks:
            possible += blank.view(np.int8)
        return sure, possible


def read_block(definition: Instrument, columns: Mapping[str, NDArray[Any]], rows: slice) -> AnswerRows:
    """Reads a block of rows and passes over what the form passes over.

    Raises: InputError, naming the item and the row, for an impossible answer.
    """
    size = rows.stop - rows.start
    block = AnswerRows(definition, {}, size)
    for item in definition.items:
        column = columns.get(item.id)
        if column is None:
            block.answered[item.id] = Answered(np.zeros(size, np.int8), np.ones(size, np.bool_))
        else:
            block.answered[item.id] = _read(definition, item, column[rows], rows.start)
    for skip in definition.scoring.skips:
        met, _ = count_of(skip.when, block)
        for name in skip.items:
            _pass_over(definition.item(name), block[name], met, sets_aside=skip.sets_aside)
        block.counted.clear()
    return block


def count_of(count: Count, block: AnswerRows) -> tuple[Flags, Flags]:
    """Where a count certainly holds, and where it certainly does not."""
    sure, possible = block.counts(count.reaching)
    highest = len(count.reaching) if count.at_most is None else count.at_most
    holds = sure >= count.at_least
    if highest < len(count.reaching):
        holds &= possible <= highest
    # With every answer given, what does not hold certainly does not.
    return holds, ~holds if possible is sure else (possible < count.at_least) | (sure > highest)


def is_columnar(definition: Instrument) -> bool:
    """Whether every answer is one whole number, so that columns of numbers can hold them."""
    return definition.scoring.computed is None and all(_is_whole(item.kind) for item in definition.items)


def _is_whole(kind: Kind) -> bool:
    if not isinstance(kind, Choices | Range) or kind.highest > LARGEST:
        return False
    if isinstance(kind, Choices):
        return len(kind.values) == kind.highest - kind.lowest + 1
    return kind.step % 1 == 0


def _read(definition: Instrument, item: Item, column: NDArray[Any], first_row: int) -> Answered:
    if (quick := _all_within(item.kind, column)) is not None:
        return Answered(quick, None)
    value, empty = _as_bytes(column)
    wrong = (value != column) & ~empty
    if item.unrated is not None:
        empty = empty | (value == int(item.unrated))
    blank = empty if empty.any() else None
    _refuse_impossible(definition, item, column, first_row, wrong | _outside(item.kind, value, blank))
    return Answered(value, blank)


def _all_within(kind: Kind, column: NDArray[Any]) -> Whole | None:
    """The answers as bytes where all were given and lie on the scale; mostly so, and quickly settled."""
    if getattr(kind, "step", 1) != 1:
        return None
    if column.dtype.kind == "f":
        with np.errstate(invalid="ignore"):
            value = column.astype(np.int8)
        return value if (value == column).all() and _lies_within(kind, value) else None
    return column.astype(np.int8, copy=False) if _lies_within(kind, column) else None


def _lies_within(kind: Kind, column: NDArray[Any]) -> bool:
    if kind.lowest == 0 and column.dtype.kind == "i":
        # Read without its sign a number below zero is enormous: one look finds both ends.
        return int(column.view(f"u{column.dtype.itemsize}").max()) <= kind.highest
    return kind.lowest <= int(column.min()) and int(column.max()) <= kind.highest


def _as_bytes(column: NDArray[Any]) -> tuple[Whole, Flags]:
    if column.dtype.kind != "f":
        return column.astype(np.int8, copy=False), column == BLANK
    empty = np.isnan(column)
    # A number too large for a byte, or not whole, comes out as another one and is found by comparing.
    with np.errstate(invalid="ignore"):
        return np.where(empty, 0, column).astype(np.int8), empty


def _refuse_impossible(
    definition: Instrument, item: Item, column: NDArray[Any], first_row: int, impossible: Flags
) -> None:
    if not impossible.any():
        return
    at = int(np.flatnonzero(impossible)[0])
    raise InputError(
        f"{definition.key} item {item.id} was answered {column[at]!s} in row {first_row + at + 1}; "
        f"expected {item.kind.in_words()}. Correct it, or leave it blank if it was not answered."
    )


def _outside(kind: Kind, value: Whole, blank: Flags | None) -> Flags:
    lowest, highest = int(kind.lowest), int(kind.highest)
    step = int(getattr(kind, "step", 1))
    outside: Flags = (value < lowest) | (value > highest) | ((value - lowest) % step != 0)
    return outside if blank is None else outside & ~blank


def _pass_over(item: Item, answer: Answered, met: Flags, *, sets_aside: bool) -> None:
    lowest = int(item.kind.lowest)
    if sets_aside:
        answer.value = np.where(met, np.int8(lowest), answer.value)
    elif answer.blank is not None:
        answer.value = np.where(met & answer.blank, np.int8(lowest), answer.value)
    if answer.blank is not None:
        left = answer.blank & ~met
        answer.blank = left if left.any() else None
