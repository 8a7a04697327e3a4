"""Tamper evidence: each sealed row is hashed together with the row before it.

Used by the audit and by the controlled-substance log. It decides whether a chain of rows still is what was
sealed, and names the first place where it is not. It keeps no keys and signs nothing: a head (number and
digest) kept elsewhere is what proves that a whole chain was not written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

import rfc8785

from kap.vocabulary.errors import InputError
from kap.vocabulary.sentences import Sentence, sentence

GENESIS = "0" * 64
_DOMAIN = b"openkap.chain/1\n"
_DIGEST = re.compile(r"[0-9a-f]{64}")


def canonical_text(value: object) -> str:
    """Writes a record so that the same facts always give the same characters.

    Raises: InputError for what JSON cannot hold exactly (write a Decimal, an instant or an id as text).
    Source: RFC 8785, JSON Canonicalization Scheme.
    """
    try:
        return rfc8785.dumps(value).decode("utf-8")  # type: ignore[arg-type]
    except (rfc8785.CanonicalizationError, UnicodeError) as wrong:
        raise InputError(
            "A record holds something JSON cannot write exactly; "
            "give numbers with a unit, instants and ids as text."
        ) from wrong


def link(previous_digest: str, text: str) -> str:
    """Seals a text behind the row before it; SHA-256 in hexadecimal.

    Raises: InputError when the previous digest is not 64 lower-case hexadecimal digits.
    """
    if not _DIGEST.fullmatch(previous_digest):
        raise InputError("A digest is 64 lower-case hexadecimal digits; give GENESIS for the first row.")
    return sha256(_DOMAIN + previous_digest.encode() + b"\n" + text.encode("utf-8")).hexdigest()


def _seal_of(previous: str, text: str) -> str | None:
    return link(previous, text) if _DIGEST.fullmatch(previous) else None


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain had grown: the number of its last row, and that row's digest."""

    number: int = 0
    digest: str = GENESIS


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A row as it was stored: its number, the digest it was sealed after, its canonical text, its digest."""

    number: int
    previous: str
    text: str
    digest: str

    @property
    def holds(self) -> bool:
        """Whether the text still is the text that was sealed."""
        return _seal_of(self.previous, self.text) == self.digest

    @property
    def head(self) -> Head:
        """The chain's head when this row is its last."""
        return Head(self.number, self.digest)


def seal(text: str, after: Head) -> SealedRow:
    """Appends a text to a chain: the next number, linked to the head before it."""
    return SealedRow(after.number + 1, after.digest, text, link(after.digest, text))


class BreakKind(StrEnum):
    """What was done to a chain."""

    CHANGED = "changed"
    REMOVED = "removed"
    REORDERED = "reordered"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain is not what was sealed."""

    kind: BreakKind
    number: int
    reason: Sentence


def first_break(
    rows: Iterable[SealedRow], *, after: Head | None = None, heads: Iterable[Head] = ()
) -> Break | None:
    """Finds the first changed, removed, reordered or added row; None when the chain is what was sealed.

    Rows are given in the order of their numbers. `after` is a head already proven, to go on from there;
    `heads` are heads kept outside the database, which show a cut-off tail or a chain written anew.
    An intact chain is read once, a broken one twice.

    Raises: InputError when the rows can be read only once.
    """
    if iter(rows) is rows:
        raise InputError("A broken chain is read twice: give a list or a query, not a generator.")
    start = after or Head()
    kept = {head.number: head.digest for head in heads if head.number > start.number}
    head = start
    for row in rows:
        if not row.holds:
            return _broken_row(row, head, rows)
        if row.previous != head.digest:
            return _broken_link(row, head, start, rows)
        if row.number != head.number + 1:
            return _changed(head.number + 1, "Row {number} no longer carries its number.")
        if kept.pop(row.number, row.digest) != row.digest:
            return _changed(row.number, "Row {number} was written anew: its kept digest differs.")
        head = row.head
    if kept:
        return _removed(head.number + 1)
    return None


def _broken_row(row: SealedRow, head: Head, rows: Iterable[SealedRow]) -> Break:
    for other in rows:
        if other.text != row.text and _seal_of(other.previous, row.text) == other.digest:
            return _reordered(head.number + 1)
    return _changed(head.number + 1, "Row {number} is not what was sealed.")


def _broken_link(row: SealedRow, head: Head, start: Head, rows: Iterable[SealedRow]) -> Break:
    if row.previous == start.digest:
        return _added(start.number + 1)
    for position, other in enumerate(rows, start.number + 1):
        if other.digest == row.previous:
            return _added(position + 1) if position < head.number else _reordered(head.number + 1)
    if row.number > head.number + 1 or head == start:
        return _removed(head.number + 1)
    return _changed(head.number, "Row {number} is not the row the next one was sealed after.")


def _changed(number: int, template: str) -> Break:
    return Break(BreakKind.CHANGED, number, Sentence(template, {"number": number}))


def _removed(number: int) -> Break:
    return Break(BreakKind.REMOVED, number, sentence("Row {number} was removed.", number=number))


def _reordered(number: int) -> Break:
    reason = sentence("Row {number} stands where another row was sealed.", number=number)
    return Break(BreakKind.REORDERED, number, reason)


def _added(number: int) -> Break:
    return Break(BreakKind.ADDED, number, sentence("Row {number} was added after sealing.", number=number))
