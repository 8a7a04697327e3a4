"""The library of instruments that comes with OpenKAP: one file an instrument, each version kept for good.

The newest version lies in `library/`, those before it in `kept/`, each in a file named after its version
(`phq9@1.yaml`): an old answer is read with the definition it was given under.
The only files the room reads are its own; a site's wording or tables are handed in as values.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kap.instruments.definition import Instrument
from kap.instruments.loading import instrument_from
from kap.vocabulary.errors import DeclarationError, InputError

_ROOM = files("kap.instruments")
_LIBRARY, _KEPT = _ROOM / "library", _ROOM / "kept"
_ENDING = ".yaml"


def instrument_ids() -> tuple[str, ...]:
    """The ids of every instrument in the library, in order."""
    return tuple(sorted(file.name.removesuffix(_ENDING) for file in _LIBRARY.iterdir()))


@cache
def instrument(instrument_id: str) -> Instrument:
    """One instrument of the library in its newest version, by its id.

    Raises: InputError when there is none; DeclarationError when its file is written wrongly.
    """
    if instrument_id not in instrument_ids():
        raise InputError(
            f"There is no instrument {instrument_id[:40]!r}: give one of {', '.join(instrument_ids())}."
        )
    file = f"{instrument_id}{_ENDING}"
    return instrument_from(file, (_LIBRARY / file).read_text(encoding="utf-8"))


@cache
def instrument_at(instrument_id: str, version: int) -> Instrument:
    """One instrument in the version an answer was given under.

    Raises: InputError when that version was never in the library; DeclarationError when its file is wrong.
    """
    newest = instrument(instrument_id)
    if newest.version == version:
        return newest
    file = f"{instrument_id}@{version}{_ENDING}"
    if file not in _kept_files():
        there = ", ".join(f"@{known}" for known in versions_of(instrument_id))
        raise InputError(f"There is no {instrument_id}@{version}: there is {there}.")
    kept = instrument_from(file, (_KEPT / file).read_text(encoding="utf-8"))
    if kept.key != f"{instrument_id}@{version}":
        raise DeclarationError(f"{file}: it holds {kept.key}; name the file after its id and version.")
    return kept


def versions_of(instrument_id: str) -> tuple[int, ...]:
    """Every version of an instrument that answers may be read with, the oldest first."""
    start = f"{instrument_id}@"
    kept = [
        name.removesuffix(_ENDING).removeprefix(start) for name in _kept_files() if name.startswith(start)
    ]
    return (*sorted(int(version) for version in kept), instrument(instrument_id).version)


@cache
def library() -> MappingProxyType[str, Instrument]:
    """Every instrument of the library in its newest version, by its id."""
    return MappingProxyType({name: instrument(name) for name in instrument_ids()})


def _kept_files() -> frozenset[str]:
    return frozenset(file.name for file in _KEPT.iterdir() if file.name.endswith(_ENDING))
