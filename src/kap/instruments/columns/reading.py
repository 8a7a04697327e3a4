"""Answers of a block of rows: each column checked like a single answer, blanks kept apart from numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
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


Block = dict[str, Answered]


def read_block(definition: Instrument, columns: Mapping[str, NDArray[Any]], rows: slice) -> Block:
    """Reads a block of rows and passes over what the form passes over.

    Raises: InputError, naming the item and the row, for an impossible answer.
    """
    size = rows.stop - rows.start
    block: Block = {}
    for item in definition.items:
        column = columns.get(item.id)
        if column is None:
            block[item.id] = Answered(np.zeros(size, np.int8), np.ones(size, np.bool_))
        else:
            block[item.id] = _read(definition, item, column[rows], rows.start)
    for skip in definition.scoring.skips:
        met, _ = count_of(skip.when, block)
        for name in skip.items:
            _pass_over(definition.item(name), block[name], met, sets_aside=skip.sets_aside)
    return block


def count_of(count: Count, block: Block) -> tuple[Flags, Flags]:
    """Where a count certainly holds, and where it certainly does not."""
    answered = [(block[name], threshold) for name, threshold in count.reaching.items()]
    sure = np.zeros(len(answered[0][0].value), np.int8)
    for answer, threshold in answered:
        sure += answer.reaches(threshold).view(np.int8)
    possible = sure
    if any(answer.blank is not None for answer, _ in answered):
        possible = sure.copy()
        for answer, _ in answered:
            if answer.blank is not None:
                possible += answer.blank.view(np.int8)
    highest = len(answered) if count.at_most is None else count.at_most
    holds = (sure >= count.at_least) & (possible <= highest)
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
    value, empty = _as_bytes(column)
    wrong = np.zeros(1, np.bool_) if column.dtype == np.int8 else (value != column) & ~empty
    if item.unrated is not None:
        empty = empty | (value == int(item.unrated))
    blank = empty if empty.any() else None
    _refuse_impossible(definition, item, column, first_row, wrong | _outside(item.kind, value, blank))
    return Answered(value, blank)


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
    # Everybody inside the ends is the rule: two passes settle it without a mask.
    if blank is None and step == 1 and value.min() >= lowest and value.max() <= highest:
        return np.zeros(1, np.bool_)
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
