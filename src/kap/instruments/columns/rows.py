"""The way for answers no column of whole numbers can hold, such as clock times and words: row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kap.instruments.columns.conclusions import band_names
from kap.instruments.columns.result import UNKNOWN, Column, ColumnScores, Named, Numbers, Small, Yes
from kap.instruments.definition import Instrument
from kap.instruments.rules import Criterion
from kap.instruments.scoring import TOTAL, Derived, Score, score
from kap.vocabulary.errors import InputError


def score_rows(definition: Instrument, columns: Mapping[str, NDArray[Any]], size: int) -> ColumnScores:
    """Scores every row by itself and lays the scores out in columns.

    Raises: InputError, naming item and row, for an impossible answer.
    """
    scores = [_score_row(definition, columns, row) for row in range(size)]
    scoring = definition.scoring
    return ColumnScores(
        instrument=definition.key,
        total=_numbers([one.total for one in scores]) if scoring.scale(TOTAL) else None,
        complete=np.array([one.complete for one in scores], np.bool_),
        band=_named(_band_names(definition), [one.band for one in scores]),
        subscales={
            scale.name: _numbers([one.subscales[scale.name] for one in scores])
            for scale in scoring.scales
            if scale.name != TOTAL
        },
        derived=_derived(definition, scores),
        safety={rule.item: _safety(definition, rule.item, scores) for rule in scoring.safety},
        missing={
            item.id: flags
            for item in definition.items
            if (flags := np.array([item.id in one.missing for one in scores], np.bool_)).any()
        },
    )


def _score_row(definition: Instrument, columns: Mapping[str, NDArray[Any]], row: int) -> Score:
    try:
        return score(definition, {name: _given(column[row]) for name, column in columns.items()})
    except InputError as wrong:
        raise InputError(f"Row {row + 1}: {wrong}") from wrong


def _given(cell: object) -> object:
    given = cell.item() if isinstance(cell, np.generic) else cell
    is_nan = isinstance(given, float) and given != given
    return None if is_nan or (given == UNKNOWN and not isinstance(given, str)) else given


def _band_names(definition: Instrument) -> tuple[str, ...] | None:
    if definition.scoring.triage:
        return (
            *(level.name for level in definition.scoring.triage.levels),
            definition.scoring.triage.otherwise,
        )
    total = definition.scoring.scale(TOTAL)
    return band_names(total.bands) if total and total.bands else None


def _derived(definition: Instrument, scores: Sequence[Score]) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for scale in definition.scoring.scales:
        named = [(f"{scale.name}_band", scale.bands)] if scale.name != TOTAL and scale.bands else []
        for name, bands in (*named, *scale.other_bands):
            names = [one.derived[name] for one in scores]
            found[name] = Named(band_names(bands), _places(band_names(bands), names))
    for rule in definition.scoring.derived:
        answers = [one.derived[rule.name] for one in scores]
        found[rule.name] = _yes(answers) if isinstance(rule, Criterion) else _numbers(answers)
    return found


def _safety(definition: Instrument, item: str, scores: Sequence[Score]) -> Named:
    rule = next(rule for rule in definition.scoring.safety if rule.item == item)
    names = tuple(level.value for _, level in rule.levels)
    reached = [{answer.item: answer.level.value for answer in one.safety}.get(item) for one in scores]
    return Named(names, _places(names, reached))


def _named(names: tuple[str, ...] | None, found: Sequence[str | None]) -> Named | None:
    return None if names is None else Named(names, _places(names, found))


def _places(names: tuple[str, ...], found: Sequence[Derived]) -> Small:
    return np.array([names.index(str(name)) if name is not None else UNKNOWN for name in found], np.int8)


def _yes(answers: Sequence[Derived]) -> Yes:
    return Yes(np.array([UNKNOWN if answer is None else int(bool(answer)) for answer in answers], np.int8))


def _numbers(found: Sequence[Derived]) -> Numbers:
    return np.array(
        [float(number) if isinstance(number, Decimal) else np.nan for number in found], np.float64
    )
