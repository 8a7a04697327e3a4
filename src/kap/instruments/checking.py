"""What must hold of an instrument as a whole, proven when it is loaded and never found out at the bedside."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kap.instruments.definition import Direction, Formula, Instrument, Scale
from kap.instruments.license import WordingFrom
from kap.vocabulary.bands import Bands
from kap.vocabulary.decimals import plain
from kap.vocabulary.errors import DeclarationError


def check(instrument: Instrument) -> None:
    """Proves that bands span their scales and that text is there exactly where the license lets it be.

    Raises: DeclarationError, in a sentence.
    """
    if not instrument.items:
        raise DeclarationError("an instrument needs at least one item.")
    for scale in instrument.scoring.scales:
        for bands in (scale.bands, *(bands for _, bands in scale.other_bands)):
            if bands:
                _check_span(instrument, scale, bands)
    if instrument.changes and instrument.about.direction is Direction.NEITHER:
        raise DeclarationError("a change needs a direction: nothing says which way is better.")
    _check_wording(instrument)


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
    if bands.step % 1:
        raise DeclarationError(
            f"the bands of {scale.name} are read in steps of {plain(bands.step)}, not whole."
        )
    if first is None or last is None or first != lowest or last != highest:
        ends = " to ".join("open" if end is None else plain(end) for end in (first, last))
        raise DeclarationError(
            f"the bands of {scale.name} run from {ends}, but its answers reach from {lowest} to {highest}."
        )


def _check_wording(instrument: Instrument) -> None:
    ships = instrument.license.wording is WordingFrom.LIBRARY
    if ships and not instrument.has_wording:
        silent = [item.id for item in instrument.items if not item.text]
        raise DeclarationError(f"the wording is ours to show, but items {', '.join(silent)} have no text.")
    if not ships and any(item.text for item in instrument.items):
        raise DeclarationError("there is text, but the license does not let the library carry it.")
