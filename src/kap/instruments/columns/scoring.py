"""Scores many sets of answers at once, block by block, so that a block stays in the processor's cache."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kap.instruments.columns.conclusions import band_names, conclude, find_safety, triaged
from kap.instruments.columns.reading import BLANK, AnswerRows, is_columnar, read_block
from kap.instruments.columns.result import ColumnScores, Flags, Named, joined
from kap.instruments.columns.rows import score_rows
from kap.instruments.columns.scales import ScaleColumn, band_of, number_of
from kap.instruments.definition import Instrument
from kap.instruments.scoring import TOTAL
from kap.vocabulary.errors import InputError

__all__ = ["BLANK", "score_columns"]

# Big enough that Python's own share is small, small enough that a block of bytes stays in the cache.
_BLOCK = 1 << 17


def score_columns(
    definition: Instrument, columns: Mapping[str, ArrayLike], *, derive: bool = True
) -> ColumnScores:
    """Scores one column an item, one row a person; `derive` also draws the conclusions beside the scales.

    Missing: NaN in a column of fractions, -1 in a column of whole numbers, a blank in a column of texts; a
    column that is left out is missing in every row.
    Raises: InputError, naming item and row, for an impossible answer; for columns of unlike length.
    """
    given = {name: np.asarray(column) for name, column in columns.items()}
    for name in given:
        definition.item(name)
    lengths = {len(column) for column in given.values()}
    if len(lengths) != 1:
        raise InputError("Give at least one column, and all columns of the same length.")
    (size,) = lengths
    is_numeric = all(column.dtype.kind in "biuf" for column in given.values())
    if not (size and is_numeric and is_columnar(definition)):
        return score_rows(definition, given, size)
    blocks = [
        _score_block(definition, given, slice(start, min(start + _BLOCK, size)), derive=derive)
        for start in range(0, size, _BLOCK)
    ]
    return joined(blocks)


def _score_block(
    definition: Instrument, columns: Mapping[str, NDArray[Any]], rows: slice, *, derive: bool
) -> ColumnScores:
    block = read_block(definition, columns, rows)
    scoring = definition.scoring
    numbers = {scale.name: number_of(scale, block) for scale in scoring.scales}
    columns_of = {name: summed.number for name, summed in numbers.items()}
    missing = _missing(definition, block)
    complete = np.ones(rows.stop - rows.start, np.bool_)
    for column in missing.values():
        complete &= ~column
    return ColumnScores(
        instrument=definition.key,
        total=columns_of.pop(TOTAL, None),
        complete=complete,
        band=_band(definition, block, numbers),
        subscales=columns_of,
        derived=conclude(definition, block, numbers) if derive else {},
        safety=find_safety(definition, block),
        missing=missing,
    )


def _band(definition: Instrument, block: AnswerRows, numbers: Mapping[str, ScaleColumn]) -> Named | None:
    if definition.scoring.triage:
        return triaged(definition.scoring.triage, block)
    total = definition.scoring.scale(TOTAL)
    if total is None or total.bands is None:
        return None
    return Named(band_names(total.bands), band_of(total.bands, numbers[TOTAL]))


def _missing(definition: Instrument, block: AnswerRows) -> dict[str, Flags]:
    missing: dict[str, Flags] = {}
    for item in definition.items:
        blank = block[item.id].blank
        if blank is not None and item.is_needed:
            missing[item.id] = blank
    for group in definition.scoring.either_or:
        answered = ~np.logical_and.reduce([_blank(block, name) for name in group])
        missing |= {name: missing[name] & ~answered for name in group if name in missing}
    return missing


def _blank(block: AnswerRows, name: str) -> Flags:
    answer = block[name]
    return np.zeros(len(answer.value), np.bool_) if answer.blank is None else answer.blank
