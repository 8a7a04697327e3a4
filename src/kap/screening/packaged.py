"""The room's one way to its packaged library: nothing else in the core's screening reads a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from importlib.resources import files


def text_of(*path: str) -> str:
    """The text of one file of the library."""
    return files("kap.screening").joinpath("library", *path).read_text(encoding="utf-8")


def rows_of(name: str) -> Iterator[Mapping[str, str]]:
    """The rows of one table of the library, each by the names of its columns."""
    return csv.DictReader(text_of(name).splitlines())


def names_in(folder: str) -> tuple[str, ...]:
    """The YAML files in one folder of the library, by name."""
    entries = files("kap.screening").joinpath("library", folder).iterdir()
    return tuple(sorted(entry.name for entry in entries if entry.name.endswith(".yaml")))
