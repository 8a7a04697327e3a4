"""The room's one way to its packaged library: nothing else in monitoring reads a file."""

from __future__ import annotations

from importlib.resources import files


def text_of(*path: str) -> str:
    """The text of one file of the library."""
    return files("kap.monitoring").joinpath("library", *path).read_text(encoding="utf-8")
