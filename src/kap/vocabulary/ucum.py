"""Reads quantities from their UCUM text; decides which unit belongs to which kind of quantity."""

from __future__ import annotations

from kap.vocabulary.errors import InputError
from kap.vocabulary.lengths import Length
from kap.vocabulary.quantities import Concentration, DosePerWeight, Mass, MassRate, Volume, VolumeRate
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.spans import Span

KINDS: tuple[type[Quantity], ...] = (
    Mass,
    Volume,
    Concentration,
    DosePerWeight,
    MassRate,
    VolumeRate,
    Span,
    Length,
)
KIND_OF_UNIT = {unit: kind for kind in KINDS for unit in kind.UNITS}


def quantity_from(text: str) -> Quantity:
    """Reads a number and its unit, kept in that unit.

    Units: UCUM codes of the kinds in this room.
    Raises: InputError when there is no unit, an unknown one, or a number that is not plain.

    >>> quantity_from("0.5 mg/kg").ucum
    '0.5 mg/kg'
    """
    number, _, unit = text.partition(" ")
    if unit not in KIND_OF_UNIT:
        raise InputError(
            f"{text!r} is not a number, a space and a unit; the units are {', '.join(KIND_OF_UNIT)}."
        )
    return KIND_OF_UNIT[unit].of(number, unit)
