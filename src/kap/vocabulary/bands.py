"""A scale cut into named bands, written once: the word, the chart line and the footnote all come from here.

Bands are declared with both ends and proven to neither overlap nor leave a gap when they are loaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import pairwise

from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.decimals import exact, exact_sum, plain
from kap.vocabulary.errors import DeclarationError, InputError
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.sources import AnySource


class Missing(Enum):
    """The answer where there was nothing to read: no band, and not the lowest one."""

    MISSING = "missing"


MISSING = Missing.MISSING


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of a scale; both ends belong to it, and an end left open reaches on forever."""

    name: str
    lowest: Decimal | None
    highest: Decimal | None

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies in it."""
        return (self.lowest is None or value >= self.lowest) and (
            self.highest is None or value <= self.highest
        )

    def in_words(self) -> Sentence:
        """Says which values it holds."""
        lowest = None if self.lowest is None else plain(self.lowest)
        highest = None if self.highest is None else plain(self.highest)
        if lowest is None and highest is None:
            return sentence("{name}: any value", name=self.name)
        if lowest is None:
            return sentence("{name}: {highest} or less", name=self.name, highest=highest)
        if highest is None:
            return sentence("{name}: {lowest} or more", name=self.name, lowest=lowest)
        return sentence("{name}: {lowest} to {highest}", name=self.name, lowest=lowest, highest=highest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """A whole scale in bands, lowest first; `step` is the finest difference the scale can show.

    Units: every end is in `unit`.
    Missing: nothing read is MISSING, never the lowest band.
    Raises: DeclarationError when bands overlap, leave a gap, share a name or have an end off the step.
    """

    bands: tuple[Band, ...]
    step: Decimal
    unit: UcumUnit
    source: AnySource

    def __post_init__(self) -> None:
        if not self.bands or self.step <= 0:
            raise DeclarationError("Bands need at least one band and a step above zero.")
        if len({band.name for band in self.bands}) < len(self.bands):
            raise DeclarationError("Two bands share a name: a reader could not tell them apart.")
        for band in self.bands:
            self._check_ends(band)
        for lower, upper in pairwise(self.bands):
            self._check_border(lower, upper)

    @classmethod
    def starting_at(
        cls,
        starts: Mapping[str, int | str | Decimal | None],
        *,
        highest: int | str | Decimal | None,
        step: int | str | Decimal,
        unit: UcumUnit,
        source: AnySource,
    ) -> Bands:
        """Bands that each reach to just below the next; None leaves an end open.

        Raises: DeclarationError when the starts do not rise.
        """
        finest = exact(step)
        lows = [None if low is None else exact(low) for low in starts.values()]
        ends = [None if low is None else exact_sum(low, finest.copy_negate()) for low in lows[1:]]
        last = None if highest is None else exact(highest)
        _check_starts(tuple(zip(starts, lows, strict=True)), last, finest)
        bands = tuple(
            Band(name, low, high) for name, low, high in zip(starts, lows, [*ends, last], strict=True)
        )
        return cls(bands=bands, step=finest, unit=unit, source=source)

    def band_of(self, value: Decimal | int | str | None) -> Band | Missing:
        """The one band a value lies in.

        Raises: InputError when the scale cannot show such a value.
        """
        if value is None:
            return MISSING
        number = exact(value)
        if number % self.step:
            raise InputError(
                f"This scale is read in steps of {plain(self.step)}: round by a named rule first."
            )
        for band in self.bands:
            if band.holds(number):
                return band
        raise InputError(f"{plain(number)} is off this scale: check the value and its unit.")

    def in_words(self) -> tuple[Sentence, ...]:
        """Says every band, lowest first."""
        return tuple(band.in_words() for band in self.bands)

    def chart_lines(self) -> tuple[tuple[Decimal, str], ...]:
        """Where a chart draws a line, and the name of the band that begins there."""
        return tuple((band.lowest, band.name) for band in self.bands[1:] if band.lowest is not None)

    def _check_ends(self, band: Band) -> None:
        ends = [end for end in (band.lowest, band.highest) if end is not None]
        if uneven := [plain(end) for end in ends if end % self.step]:
            raise DeclarationError(
                f"{band.name}: its end {uneven[0]} is not a whole number of steps of {plain(self.step)}; "
                "give the end in such steps, or the bands a finer step."
            )
        if len(ends) == 2 and ends[0] > ends[1]:
            raise DeclarationError(f"{band.name}: its lowest value is above its highest.")

    def _check_border(self, lower: Band, upper: Band) -> None:
        if lower.highest is None or upper.lowest is None:
            raise DeclarationError(f"{lower.name} and {upper.name}: the border between them is left open.")
        begins = exact_sum(lower.highest, self.step)
        if upper.lowest < begins:
            raise DeclarationError(f"{lower.name} and {upper.name} overlap: say where one ends.")
        if upper.lowest > begins:
            raise DeclarationError(f"{lower.name} and {upper.name} leave a gap: say who owns it.")


def _check_starts(starts: Sequence[tuple[str, Decimal | None]], last: Decimal | None, step: Decimal) -> None:
    closed = [(name, low) for name, low in starts if low is not None]
    for name, low in closed:
        if step > 0 and low % step:
            raise DeclarationError(
                f"{name} begins at {plain(low)}, which is not a whole number of steps of {plain(step)}: "
                f"begin it on one, or give the bands a finer step, such as {plain(_finest_of(low))}."
            )
    for (lower, begins), (upper, next_begins) in pairwise(closed):
        if next_begins <= begins:
            raise DeclarationError(
                f"{lower} begins at {plain(begins)}, but the band after it, {upper}, "
                f"at {plain(next_begins)}: starts must rise."
            )
    for name, low in closed[-1:]:
        if last is not None and low > last:
            raise DeclarationError(
                f"{name} begins at {plain(low)}, above the end of the scale at {plain(last)}: "
                "begin it lower, or end the scale higher."
            )


def _finest_of(number: Decimal) -> Decimal:
    """One in the last place of a number: 0.01 of 4.31."""
    return Decimal(1).scaleb(int(number.as_tuple().exponent))
