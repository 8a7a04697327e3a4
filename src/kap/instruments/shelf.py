"""The library of instruments that comes with OpenKAP: one file an instrument, each version kept for good.

The only files the room reads are its own; a site's wording or tables are handed in as values.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kap.instruments.definition import Instrument
from kap.instruments.loading import instrument_from
from kap.vocabulary.errors import InputError

_LIBRARY = files("kap.instruments") / "library"
_ENDING = ".yaml"


def instrument_ids() -> tuple[str, ...]:
    """The ids of every instrument in the library, in order."""
    return tuple(sorted(file.name.removesuffix(_ENDING) for file in _LIBRARY.iterdir()))


@cache
def instrument(instrument_id: str) -> Instrument:
    """One instrument of the library, by its id.

    Raises: InputError when there is none; DeclarationError when its file is written wrongly.
    """
    if instrument_id not in instrument_ids():
        raise InputError(
            f"There is no instrument {instrument_id[:40]!r}: give one of {', '.join(instrument_ids())}."
        )
    file = f"{instrument_id}{_ENDING}"
    return instrument_from(file, (_LIBRARY / file).read_text(encoding="utf-8"))


@cache
def library() -> MappingProxyType[str, Instrument]:
    """Every instrument of the library, by its id."""
    return MappingProxyType({name: instrument(name) for name in instrument_ids()})
