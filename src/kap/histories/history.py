"""Entries in the order they were recorded, read in the order things happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

from kap.histories.chain import Head, SealedRow, seal
from kap.histories.entries import Entry
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.sentences import sentence

State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class History:
    """Everything recorded about one thing; it only grows.

    Shape: `entries` in recording order, each id once.
    """

    entries: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> History:
        """Takes entries as they arrived; one that arrives twice is kept once.

        Raises: Refused when an id comes back with other content.
        """
        known: dict[object, Entry] = {}
        for entry in entries:
            _same_or_refused(known.setdefault(entry.id, entry), entry)
        return cls(tuple(known.values()))

    def with_entry(self, entry: Entry) -> History:
        """The history with one more entry; the same history when it is already there.

        Raises: Refused when the id is already there with other content.
        """
        for known in self.entries:
            if known.id == entry.id:
                _same_or_refused(known, entry)
                return self
        return History((*self.entries, entry))

    def as_it_happened(self) -> tuple[Entry, ...]:
        """The entries in reading order."""
        return reading_order(self.entries)

    def sealed(self, after: Head | None = None) -> tuple[SealedRow, ...]:
        """The entries chained in recording order."""
        head, rows = after or Head(), []
        for entry in self.entries:
            rows.append(seal(entry.text, head))
            head = rows[-1].head
        return tuple(rows)


def reading_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Orders entries by when they happened; the id decides between equals, so that every reader agrees."""
    return tuple(sorted(entries, key=lambda entry: (entry.happened_at, entry.id)))


def replay(entries: Iterable[Entry], state_after: Callable[[State, Entry], State], initial: State) -> State:
    """The present, told from everything that happened; a late entry simply takes its place.

    Entries of old versions go through `Upcasters.brought_up` first.
    """
    return reduce(state_after, reading_order(entries), initial)


def told_from(
    entries: Iterable[Entry], state_after: Callable[[State | None, Entry], State], unbegun: str
) -> State:
    """The present of a history that its first entry begins, told in the order given.

    Raises: InputError, in the words given, when nothing begins it.
    """
    state: State | None = None
    for entry in entries:
        state = state_after(state, entry)
    if state is None:
        raise InputError(unbegun)
    return state


def _same_or_refused(known: Entry, again: Entry) -> None:
    # The first writing counts: a repeated sending may carry a later recorded_at and is still the same entry.
    if (known.happened_at, known.by, known.kind, known.content) != (
        again.happened_at,
        again.by,
        again.kind,
        again.content,
    ):
        raise Refused(
            sentence("This entry is already recorded with other content: add a correction under a new id.")
        )
