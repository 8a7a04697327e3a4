"""What must hold of an instrument as a whole, proven when it is loaded and never found out at the bedside."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction

from kap.instruments.definition import Direction, Formula, Instrument, Scale
from kap.instruments.license import WordingFrom
from kap.vocabulary.bands import Bands
from kap.vocabulary.decimals import plain
from kap.vocabulary.errors import DeclarationError


def check_changes(instrument: Instrument) -> None:
    """Proves that a change has a direction.

    Raises: DeclarationError, in a sentence.
    """
    if instrument.changes and instrument.about.direction is Direction.NEITHER:
        raise DeclarationError(
            "a change needs a direction, and nothing says which way is better: give one, or take changes out."
        )


def check_bands(instrument: Instrument, name: str) -> None:
    """Proves that every way to cut a scale spans what its answers can reach.

    Raises: DeclarationError, in a sentence.
    """
    scale = next(scale for scale in instrument.scoring.scales if scale.name == name)
    for bands in (scale.bands, *(bands for _, bands in scale.other_bands)):
        if bands:
            _check_span(instrument, scale, bands)


def check_wording(instrument: Instrument, ids: Collection[str]) -> None:
    """Proves that these items have text exactly where the license lets the library carry it.

    Raises: DeclarationError, in a sentence.
    """
    ships = instrument.license.wording is WordingFrom.LIBRARY
    worded = [item.id for item in instrument.items if item.id in ids and item.text]
    silent = [name for name in ids if name not in worded]
    if ships and silent:
        raise DeclarationError(
            f"the wording is ours to show, but there is no text for {', '.join(silent)}: write it, or "
            "wording: site."
        )
    if not ships and worded:
        raise DeclarationError(
            "there is text, but the license does not let the library carry it: take it out."
        )


def reach_of(instrument: Instrument, scale: Scale) -> tuple[Fraction, Fraction]:
    """The lowest and highest number a scale can have; items that our own rule computes run from 0 to 3."""
    ends = {item.id: (item.kind.lowest, item.kind.highest) for item in instrument.items}
    computed = (Decimal(0), Decimal(3))
    lows = [max(ends.get(name, computed)[0] for name in part) for part in scale.parts]
    highs = [max(ends.get(name, computed)[1] for name in part) for part in scale.parts]
    over = len(scale.parts) if scale.formula is Formula.MEAN else 1
    return Fraction(sum(lows)) * scale.times / over, Fraction(sum(highs)) * scale.times / over


def _check_span(instrument: Instrument, scale: Scale, bands: Bands) -> None:
    lowest, highest = reach_of(instrument, scale)
    first, last = bands.bands[0].lowest, bands.bands[-1].highest
    if first is None or last is None or first != lowest or last != highest:
        ends = " to ".join("open" if end is None else plain(end) for end in (first, last))
        raise DeclarationError(
            f"the bands of {scale.name} run from {ends}, but its answers reach from {lowest} to {highest}: "
            "begin the first band and end the last where the answers do."
        )
