"""Conditions about lists of facts, as small trees that become ELM or zen's expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Term:
    """One operation and what it is done to; `&`, `|`, `~`, `-` and comparisons make larger ones."""

    does: str
    parts: tuple[Any, ...] = ()

    def __and__(self, other: Term) -> Term:
        return Term("and", (self, other))

    def __or__(self, other: Term) -> Term:
        return Term("or", (self, other))

    def __invert__(self) -> Term:
        return Term("not", (self,))

    def __lt__(self, other: object) -> Term:
        return Term("<", (self, term(other)))

    def __le__(self, other: object) -> Term:
        return Term("<=", (self, term(other)))

    def __gt__(self, other: object) -> Term:
        return Term(">", (self, term(other)))

    def __ge__(self, other: object) -> Term:
        return Term(">=", (self, term(other)))

    def __sub__(self, other: object) -> Term:
        return Term("-", (self, term(other)))

    def __mul__(self, other: object) -> Term:
        return Term("*", (self, term(other)))

    def equals(self, other: object) -> Term:
        """Whether both are the same."""
        return Term("=", (self, term(other)))

    def one_of(self, *words: str) -> Term:
        """Whether it is one of these words."""
        return Term("in", (self, words))

    @property
    def is_told(self) -> Term:
        """Whether there is a value at all."""
        return Term("told", (self,))


def term(value: object) -> Term:
    """A number or a word as a term."""
    return value if isinstance(value, Term) else Term("literal", (value,))


def facts(concept: str) -> Term:
    """Every fact about a concept."""
    return Term("facts", (key_of(concept),))


def where(listed: Term, condition: Term) -> Term:
    """The facts of a list for which a condition about the fact is true."""
    return Term("where", (listed, condition))


def exists(listed: Term, condition: Term | None = None) -> Term:
    """Whether a list holds a fact, or one for which a condition is true."""
    return Term("exists", (listed if condition is None else where(listed, condition),))


def largest(listed: Term, field: str) -> Term:
    """The largest of one field over a list; nothing for an empty one."""
    return Term("largest", (listed, field))


def named(name: str) -> Term:
    """What an earlier definition says."""
    return Term("named", (name,))


def told(name: str) -> Term:
    """A number that holds for every client: today's day, or today written as one number."""
    return Term("parameter", (name,))


def of(field: str) -> Term:
    """A field of the fact a condition is about."""
    return Term("field", (field,))


def key_of(concept: str) -> str:
    """A concept's name as both engines can say it."""
    return concept.replace("-", "_").replace(":", "_")
