"""What the file of heads says of each organization, after its marks have been followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from kap.vocabulary.sentences import Sentence, sentence

from .heads import HeadKind, SignedHead, read_heads


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One place where the trail, its heads or their file are not what they were.

    Missing: ``number``, ``entry`` and ``at`` where what was done leaves no trace of them.
    """

    kind: str
    reason: Sentence
    number: int | None = None
    entry: UUID | None = None
    at: datetime | None = None


@dataclass(slots=True)
class KeptHeads:
    """The heads of one organization that the file holds, each proven by its signature.

    Shape: up to row ``forgiven`` a lost keyring's heads cannot be proven any more; up to row ``vouched`` a
    mark speaks for the heads, which the file need not hold one by one.
    """

    heads: dict[int, SignedHead] = field(default_factory=dict)
    forgiven: int = 0
    vouched: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)

    def take(self, line: SignedHead) -> None:
        """Follow one line that was signed here."""
        if line.kind == HeadKind.RESTORED:
            self._go_back(line)
        elif line.kind == HeadKind.KEYRING_BEGUN:
            self._begin_again(line)
        if line.number:
            self.heads[line.number] = line

    def _go_back(self, mark: SignedHead) -> None:
        lost, self.vouched = max([mark.number, *self.heads]), mark.number
        self.heads = {number: head for number, head in self.heads.items() if number <= mark.number}
        said = sentence(
            "A backup was restored on {day}: it ended at row {number}, and no sealed row is lost.",
            day=mark.at[:10],
            number=mark.number,
        )
        if lost > mark.number:
            words = (
                "A backup was restored on {day}: it ended at row {number}; the rows up to {lost} are lost."
            )
            said = sentence(words, day=mark.at[:10], number=mark.number, lost=lost)
        self.notes.append(said)

    def _begin_again(self, mark: SignedHead) -> None:
        self.heads, self.forgiven, self.vouched = {}, mark.number, mark.number
        self.problems.clear()
        words = "The keyring was begun anew on {day}: who signed the heads up to row {number} is not proven."
        self.notes.append(sentence(words, day=mark.at[:10], number=mark.number))


class KeptFile:
    """The file of heads, read whole and checked line by line."""

    def __init__(
        self, home: Path, public_keys: Mapping[str, bytes], until: Mapping[UUID, int] | None = None
    ) -> None:
        """Read it; for a restored copy only ``until`` the row at which each of its chains ends."""
        self._home, self.public_keys, self._until = home, public_keys, until
        self.read_again()

    def of(self, organization: UUID) -> KeptHeads:
        """Return what the file says of one organization."""
        return self._by_organization.get(organization) or KeptHeads(
            problems=list(self.nameless), vouched=(self._until or {}).get(organization, 0)
        )

    def read_again(self) -> None:
        """Read what the sealer has added meanwhile."""
        self.nameless: list[Problem] = []
        self._by_organization: dict[UUID, KeptHeads] = {}
        for line in read_heads(self._home):
            if isinstance(line, int):
                self.nameless.append(_forged(line))
                continue
            kept = self._by_organization.setdefault(line.organization, KeptHeads())
            if line.is_ours(self.public_keys):
                kept.take(line)
            else:
                kept.problems.append(_forged(line.line))
        for organization, kept in self._by_organization.items():
            # A line that names nobody may have been anybody's.
            kept.problems += self.nameless
            if self._until is not None:
                last = self._until.get(organization, 0)
                kept.heads = {number: head for number, head in kept.heads.items() if number <= last}


def _forged(line: int) -> Problem:
    words = "Line {line} of the file of heads was changed, or was not signed here."
    return Problem(kind="heads file forged", reason=sentence(words, line=line))
