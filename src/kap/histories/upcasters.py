"""How entries of an old version are read today; what was written stays as it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from kap.histories.chain import canonical_text
from kap.histories.entries import Entry
from kap.vocabulary.errors import DeclarationError, InputError

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcasters:
    """The present version of every kind of entry, and the step from each older version to the next.

    Shape: `steps` maps `name@version` to the step that reads it as the next version.
    Raises: DeclarationError when a step is missing, or leads from a version that is not there.
    """

    current: Mapping[str, int]
    steps: Mapping[str, Upcaster]

    def __post_init__(self) -> None:
        needed = {f"{name}@{v}" for name, newest in self.current.items() for v in range(1, newest)}
        if missing := sorted(needed - self.steps.keys()):
            raise DeclarationError(
                f"No upcaster reads {', '.join(missing)}: declare each step to the newest."
            )
        if extra := sorted(self.steps.keys() - needed):
            raise DeclarationError(
                f"Upcasters for {', '.join(extra)} lead nowhere: raise the current version."
            )
        object.__setattr__(self, "current", MappingProxyType(dict(self.current)))
        object.__setattr__(self, "steps", MappingProxyType(dict(self.steps)))

    def brought_up(self, entry: Entry) -> Entry:
        """The entry as its newest version says it; the original is untouched.

        Raises: InputError for a kind or version newer than this program.
        """
        newest = self.current.get(entry.name, 0)
        if entry.version > newest:
            raise InputError(
                f"This program cannot read {entry.kind}: it is newer. Upgrade before opening it."
            )
        if entry.version == newest:
            return entry
        body = entry.body
        for version in range(entry.version, newest):
            body = self.steps[f"{entry.name}@{version}"](body)
        return replace(entry, kind=f"{entry.name}@{newest}", content=canonical_text(body))

    def all_brought_up(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Every entry as its newest version says it."""
        return tuple(self.brought_up(entry) for entry in entries)
