"""Time zones, read from the pinned tzdata so that every machine tells the same time."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from kap.vocabulary.errors import InputError


@cache
def zone_names() -> frozenset[str]:
    """Every IANA zone there is."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="ascii").split())


@cache
def zone(name: str) -> ZoneInfo:
    """The rules of one IANA zone.

    Raises: InputError when there is no such zone.
    Source: IANA Time Zone Database, as released in the pinned tzdata.
    """
    if name not in zone_names():
        raise InputError(f"{name!r} is not an IANA time zone: write one like America/Denver.")
    # Not ZoneInfo(name): that would prefer whatever release the machine happens to have.
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules, key=name)
