"""The proof: whether an organization's trail still is what was sealed, and the first place where it is not.

It trusts three things only: the keyring's public keys, the file of heads beside it, and arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kap.histories.chain import Break, BreakKind, first_break, link
from kap.vocabulary.sentences import Sentence, sentence

from . import reading
from .chained import Checked, check_chains
from .entries import sealed_text
from .heads import HeadKind, SignedHead
from .kept import KeptFile, KeptHeads, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the verification of one organization found.

    Shape: ``last_head_at`` is UTC text, empty before the first head.
    """

    organization: UUID
    sealed: int
    unsealed: int
    oldest_unsealed_at: datetime | None
    heads: int
    last_head_at: str
    chains: tuple[Checked, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Sentence, ...] = ()

    @property
    def is_intact(self) -> bool:
        """Say whether nothing was changed, removed, reordered or added."""
        return not self.problems


def verify_organization(
    read: reading.Read, organization: UUID, file: KeptFile, told: Callable[[int], None] = lambda _: None
) -> Proof:
    """Check every sealed row, every head and the file of heads of one organization, and the chains beside.

    The sealer may go on meanwhile: what it writes after we have looked is never held against the trail.
    """
    heads = reading.heads_in_database(read, organization)
    if _not_in_file(heads, file.of(organization)):
        file.read_again()
    kept, rows = file.of(organization), reading.SealedRows(read, organization, told)
    ours = {head.number: head for head in heads if head.is_ours(file.public_keys)}
    proven = {number: head.head for number, head in {**ours, **kept.heads}.items()}
    broken = first_break(rows, heads=proven.values())
    first = [_named(read, organization, broken)] if broken else _behind_heads(read, organization, file)
    problems = [*first, *kept.problems, *_forged(heads, ours, kept), *_wrong_between(heads, kept)]
    chains, in_chains = check_chains(read, organization)
    unsealed, oldest = reading.unsealed_tail(read, organization)
    return Proof(
        organization=organization,
        sealed=rows.count,
        unsealed=unsealed,
        oldest_unsealed_at=oldest,
        heads=len(proven),
        last_head_at=heads[-1].at if heads else "",
        chains=chains,
        problems=(*problems, *in_chains),
        notes=tuple(kept.notes),
    )


def _named(read: reading.Read, organization: UUID, broken: Break) -> Problem:
    kind, reason, number = broken.kind, broken.reason, broken.number
    found = reading.seal_at(read, organization, number)
    if kind is BreakKind.CHANGED and found is not None:
        if found["entry"] is None:
            kind, reason = (
                BreakKind.REMOVED,
                sentence("The entry of row {number} was removed.", number=number),
            )
        elif _belongs_elsewhere(found["entry"], read, organization):
            kind = BreakKind.REORDERED
            reason = sentence("Row {number} holds what was sealed as another row.", number=number)
    if found is None:
        return Problem(kind=kind.value, number=number, reason=reason)
    recorded = found["entry"] and datetime.fromisoformat(found["entry"]["recorded_at"])
    at = recorded or found["sealed_at"]
    return Problem(kind=kind.value, number=number, entry=found["id"], at=at, reason=reason)


def _belongs_elsewhere(entry: Mapping[str, Any], read: reading.Read, organization: UUID) -> bool:
    """Try whether this content under another row's id gives that row's digest: two contents were swapped."""
    for other, previous, digest in reading.seals(read, organization):
        moved = {**entry, "id": str(other)}
        if moved != entry and link(previous, sealed_text(list(moved.values()))) == digest:
            return True
    return False


def _behind_heads(read: reading.Read, organization: UUID, file: KeptFile) -> list[Problem]:
    """A batch and its head are written together: rows behind the last head were not sealed here."""
    last = reading.head_of(read, organization).number
    kept = file.of(organization)
    # Read after the rows, so that every batch we saw has its head here.
    newest = [
        head for head in reading.heads_in_database(read, organization) if head.is_ours(file.public_keys)
    ]
    known = max([kept.forgiven, *kept.heads, *(head.number for head in newest)])
    if last <= known:
        return []
    found = reading.seal_at(read, organization, known + 1) or {}
    reason = sentence("Row {number} stands behind the last signed head.", number=known + 1)
    return [
        Problem(
            kind=BreakKind.ADDED.value,
            number=known + 1,
            entry=found.get("id"),
            at=found.get("sealed_at"),
            reason=reason,
        )
    ]


def _forged(heads: list[SignedHead], ours: Mapping[int, SignedHead], kept: KeptHeads) -> list[Problem]:
    for head in heads:
        if head.number not in ours and head.number > kept.forgiven:
            words = "The head at row {number} in the database was changed, or was not signed here."
            reason = sentence(words, number=head.number)
            return [Problem(kind="head forged", number=head.number, reason=reason)]
    return []


def _not_in_file(heads: list[SignedHead], kept: KeptHeads) -> list[int]:
    # The newest may be in the database alone: a sealer was killed between the two.
    numbers = [head.number for head in heads[:-1] if head.number > kept.vouched]
    return [number for number in numbers if number not in kept.heads]


def _wrong_between(heads: list[SignedHead], kept: KeptHeads) -> list[Problem]:
    problems = []
    if missing := _not_in_file(heads, kept):
        words = "The file of heads was cut: {count} heads of the database are not in it, first row {number}."
        reason = sentence(words, count=len(missing), number=missing[0])
        problems.append(Problem(kind="heads file cut", number=missing[0], reason=reason))
    in_database = {head.number for head in heads}
    for number in sorted(kept.heads):
        is_seen = not heads or number > heads[-1].number or number in in_database
        if not is_seen and kept.heads[number].kind == HeadKind.SEALED:
            reason = sentence("The head at row {number} was removed from the database.", number=number)
            problems.append(Problem(kind="head removed", number=number, reason=reason))
            break
    return problems
