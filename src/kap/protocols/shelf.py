"""The protocols that come with OpenKAP: one file a protocol, each version kept for good.

The only files the room reads are its own; a site's protocol is handed in as a value.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kap.protocols.definition import Protocol
from kap.protocols.loading import protocol_from
from kap.vocabulary.errors import InputError

_LIBRARY = files("kap.protocols") / "library"
_ENDING = ".yaml"


def protocol_ids() -> tuple[str, ...]:
    """The ids of every protocol in the library, in order."""
    return tuple(sorted(file.name.removesuffix(_ENDING) for file in _LIBRARY.iterdir()))


@cache
def protocol(protocol_id: str, version: int | None = None) -> Protocol:
    """One protocol of the library, by its id; without a version, the one this program came with.

    Raises: InputError when there is none; DeclarationError when its file is written wrongly.
    """
    if protocol_id not in protocol_ids():
        raise InputError(
            f"There is no protocol {protocol_id[:40]!r}: give one of {', '.join(protocol_ids())}."
        )
    file = f"{protocol_id}{_ENDING}"
    found = protocol_from(file, (_LIBRARY / file).read_text(encoding="utf-8"))
    if version not in (None, found.version):
        raise InputError(f"This program has {found.key}, and no version {version} of it.")
    return found


@cache
def library() -> tuple[Protocol, ...]:
    """Every protocol of the library, by id."""
    return tuple(protocol(name) for name in protocol_ids())
