"""Scales of a block of rows: sums, means, the highest of a group, and what is missing by the scale's rule."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kap.instruments.columns.reading import LARGEST, Answered, AnswerRows
from kap.instruments.columns.result import UNKNOWN, Flags, Numbers, Small
from kap.instruments.definition import Formula, Item, Scale
from kap.vocabulary.bands import Bands


@dataclass(frozen=True, slots=True)
class ScaleColumn:
    """One scale of every row; `whole` holds it in one or two bytes where every number is known and whole."""

    number: Numbers
    whole: NDArray[np.signedinteger[Any]] | None = None

    def at_least(self, limit: Decimal) -> Flags:
        """Who reaches a number; nobody whose number is not known does."""
        if self.whole is not None and limit % 1 == 0:
            reached: Flags = self.whole >= int(limit)
            return reached
        return self.number >= float(limit)

    @property
    def known(self) -> Flags | None:
        """Whose number is known; None when everybody's is."""
        return None if self.whole is not None else ~np.isnan(self.number)


def number_of(scale: Scale, block: AnswerRows) -> ScaleColumn:
    """One scale of every row of a block."""
    known = {item.id: item for item in block.definition.items}
    parts = [_part([known[name] for name in part], block) for part in scale.parts]
    most = sum(max(int(known[name].kind.highest) for name in part) for part in scale.parts) * scale.times
    total: NDArray[np.signedinteger[Any]] = np.zeros(block.size, np.int8 if most <= LARGEST else np.int16)
    for part in parts:
        total += part.value if part.blank is None else np.where(part.blank, np.int8(0), part.value)
    if scale.times != 1:
        total *= scale.times
    number: Numbers = total.astype(np.float64)
    if all(part.blank is None for part in parts):
        return (
            ScaleColumn(number / len(parts)) if scale.formula is Formula.MEAN else ScaleColumn(number, total)
        )
    given = np.full(block.size, len(parts), np.int16)
    for part in parts:
        if part.blank is not None:
            given -= part.blank.view(np.int8)
    return ScaleColumn(_on_fewer(scale, number, given))


def band_of(bands: Bands, summed: ScaleColumn) -> Small:
    """The position of the band each number lies in; one between two steps has not reached the upper."""
    at: Small = np.zeros(len(summed.number), np.int8)
    for band in bands.bands[1:]:
        assert band.lowest is not None
        at += summed.at_least(band.lowest).view(np.int8)
    if summed.known is not None:
        at[~summed.known] = UNKNOWN
    return at


def _part(items: list[Item], block: AnswerRows) -> Answered:
    if len(items) == 1:
        return _counted(items[0], block[items[0].id])
    members = [_counted(item, block[item.id]) for item in items]
    lowest = np.int8(min(int(item.kind.lowest) for item in items))
    highest = np.full(len(members[0].value), lowest, np.int8)
    nobody: Flags = np.ones(len(highest), np.bool_)
    for member in members:
        if member.blank is None:
            np.maximum(highest, member.value, out=highest)
            nobody[:] = False
        else:
            np.maximum(highest, np.where(member.blank, lowest, member.value), out=highest)
            nobody &= member.blank
    return Answered(highest, nobody if nobody.any() else None)


def _counted(item: Item, answer: Answered) -> Answered:
    if not item.is_reversed:
        return answer
    ends = np.int8(int(item.kind.lowest + item.kind.highest))
    return Answered(ends - answer.value, answer.blank)


def _on_fewer(scale: Scale, number: Numbers, given: NDArray[np.int16]) -> Numbers:
    allowed = scale.missing.at_most if scale.missing else 0
    asked = len(scale.parts)
    known = (given > 0) & (asked - given <= allowed)
    over = np.where(known, given, 1)
    if scale.formula is Formula.MEAN:
        made = number / over
    else:
        made = number * asked / over
        if scale.missing and scale.missing.is_rounded:
            made = np.where(given == asked, made, np.floor((2 * number * asked + over) / (2 * over)))
    return np.where(known, made, np.nan)
