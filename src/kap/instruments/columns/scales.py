"""Scales of a block of rows: sums, means, the highest of a group, and what is missing by the scale's rule."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kap.instruments.columns.reading import Answered, Block
from kap.instruments.columns.result import UNKNOWN, Flags, Numbers, Small
from kap.instruments.definition import Formula, Instrument, Item, Scale
from kap.vocabulary.bands import Bands


def number_of(definition: Instrument, scale: Scale, block: Block) -> Numbers:
    """One scale of every row of a block."""
    parts = [_part([definition.item(name) for name in part], block) for part in scale.parts]
    total = np.zeros(len(parts[0].value), np.int16)
    for part in parts:
        total += part.value if part.blank is None else np.where(part.blank, np.int8(0), part.value)
    number: Numbers = total.astype(np.float64)
    if scale.times != 1:
        number *= scale.times
    if all(part.blank is None for part in parts):
        return number / len(parts) if scale.formula is Formula.MEAN else number
    given = np.full(len(total), len(parts), np.int16)
    for part in parts:
        if part.blank is not None:
            given -= part.blank.view(np.int8)
    return _on_fewer(scale, number, given)


def band_of(bands: Bands, number: Numbers) -> Small:
    """The position of the band each number lies in; one between two steps has not reached the upper."""
    lows = [float(band.lowest) for band in bands.bands if band.lowest is not None]
    step, highest = int(bands.step), float(bands.bands[-1].highest or 0)
    # A table of every step is one look-up a row, where a search would be several comparisons.
    steps = np.arange(lows[0], highest + step, step)
    table = np.append(np.searchsorted(lows, steps, side="right") - 1, UNKNOWN).astype(np.int8)
    place = (number - lows[0]) / step
    unknown = np.isnan(number)
    if unknown.any():
        place = np.where(unknown, len(steps), place)
    found: Small = table[place.astype(np.intp)]
    return found


def _part(items: list[Item], block: Block) -> Answered:
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
