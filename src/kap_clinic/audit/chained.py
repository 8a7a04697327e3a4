"""Chains beside the trail: an app says where its sealed rows lie, and each proof of the trail checks them.

The rows themselves are proven by arithmetic. What they are shown by (a column, another row) must say what
was sealed; and what the trail says was done must still be there, so that no chain loses its end unseen.
Whoever seals a row has the trail name its digest: a chain written anew from some row on, its arithmetic
mended, is not the one the trail speaks of.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from kap.histories.chain import SealedRow, first_break
from kap.vocabulary.sentences import Sentence, sentence

from .kept import Problem
from .reading import Read
from .vouched import Vouched

BATCH = 500
_FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chained:
    """One kind of chain.

    Shape: ``rows`` selects chain, number, previous, digest, text, id, recorded_at and what ``shown`` needs,
    for an organization, behind a chain and a number, by chain and number, up to a count. ``shown`` gives
    what the text must say. ``lost`` selects, for an organization, the ids of what should be there and is not.
    """

    kind: str
    words: Sentence
    table: str
    rows: str
    shown: Callable[[Sequence[Any]], Mapping[str, Any]]
    lost: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How many rows of one kind of chain were checked."""

    kind: str
    words: Sentence
    rows: int


def every_kind() -> list[Chained]:
    """Return the chains this installation's apps keep."""
    return [import_string(path) for path in settings.CHAINS]


def check_chains(read: Read, organization: UUID) -> tuple[tuple[Checked, ...], list[Problem]]:
    """Check every chain of an organization; name the first broken row of each.

    Missing: a copy made before a table was there has no such chains.
    """
    checked: list[Checked] = []
    problems: list[Problem] = []
    vouched = Vouched(read, organization)
    for chained in every_kind():
        if not read("SELECT to_regclass(%s)::text", [chained.table])[0][0]:
            continue
        count = 0
        for chain, rows in groupby(_rows(read, chained, organization), key=lambda row: row[0]):
            kept = list(rows)
            count += len(kept)
            problems += _broken(chained, chain, kept)
            vouched.look(chained, kept)
        for (lost,) in read(chained.lost, [organization]):
            reason = sentence(
                "Something is missing from {chains}: what was done under {id} has left no row.",
                chains=chained.words, id=str(lost),
            )  # fmt: skip
            problems.append(Problem(kind=f"{chained.kind} lost", reason=reason, entry=lost))
        checked.append(Checked(kind=chained.kind, words=chained.words, rows=count))
    return tuple(checked), [*problems, *vouched.problems()]


def _rows(read: Read, chained: Chained, organization: UUID) -> Iterator[tuple[Any, ...]]:
    chain, number = _FIRST, 0
    while rows := read(chained.rows, [organization, chain, number, BATCH]):
        yield from rows
        chain, number = rows[-1][:2]


def _broken(chained: Chained, chain: UUID, rows: Sequence[Sequence[Any]]) -> Iterable[Problem]:
    broken = first_break(
        [SealedRow(number=row[1], previous=row[2], text=row[4], digest=row[3]) for row in rows]
    )
    if broken is not None:
        row = rows[min(broken.number, len(rows)) - 1]
        reason = sentence(
            "A row of {chains} of {chain}: {what}",
            chains=chained.words, chain=str(chain), what=broken.reason,
        )  # fmt: skip
        kind = f"{chained.kind} {broken.kind.value}"
        return [Problem(kind=kind, number=broken.number, entry=row[5], at=row[6], reason=reason)]
    untrue = next((row for row in rows if not _says(_told(row[4]), chained.shown(row))), None)
    if untrue is None:
        return []
    reason = sentence(
        "Row {number} of {chains} of {chain} is shown otherwise than it was sealed.",
        number=untrue[1], chains=chained.words, chain=str(chain),
    )  # fmt: skip
    kind = f"{chained.kind} shown otherwise"
    return [Problem(kind=kind, number=untrue[1], entry=untrue[5], at=untrue[6], reason=reason)]


def _told(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _says(told: Any, shown: Any) -> bool:
    """Say whether a sealed text says at least this."""
    if isinstance(shown, Mapping):
        return isinstance(told, dict) and all(
            name in told and _says(told[name], value) for name, value in shown.items()
        )
    return bool(told == shown)
