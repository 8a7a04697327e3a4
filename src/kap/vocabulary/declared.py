"""A part of a declaration file, with its file and line: what is written wrongly is said in one sentence.

Everything is read as the text that was written, so that `No` stays a word and 0.10 keeps its digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeVar

import yaml

from kap.vocabulary.decimals import exact
from kap.vocabulary.errors import DeclarationError, InputError

Kind = TypeVar("Kind")
Member = TypeVar("Member", bound=Enum)

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST = 200_000
_DEEPEST = 20


class _Placed(DeclarationError):
    """A mistake that already says its file and line."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One value of a declaration: a text, a list or a table of named parts.

    Raises: DeclarationError, with file and line, from every method that does not find what it asks for.
    """

    file: str
    node: yaml.Node

    def wrong(self, why: str) -> DeclarationError:
        """A sentence about this place."""
        return _Placed(f"{self.file}, line {self.node.start_mark.line + 1}: {why}")

    def made(self, make: Callable[[], Kind]) -> Kind:
        """Makes a value here, so that what the value itself refuses is said with file and line."""
        try:
            return make()
        except _Placed:
            raise
        except (DeclarationError, InputError) as wrong:
            raise self.wrong(str(wrong)) from wrong

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written here."""
        return isinstance(self.node, yaml.ScalarNode) and not self.node.value.strip()

    def text(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.node, yaml.ScalarNode) or self.is_blank:
            raise self.wrong("expected a text.")
        return " ".join(str(self.node.value).split())

    def number(self) -> Decimal:
        """An exact number."""
        return self.made(lambda: exact(self.text()))

    def whole(self) -> int:
        """A whole number, zero or above."""
        text = self.text()
        if not text.isdecimal():
            raise self.wrong(f"expected a whole number, found {text!r}.")
        return int(text)

    def flag(self) -> bool:
        """A yes or a no."""
        text = self.text()
        if text not in ("yes", "no"):
            raise self.wrong(f"expected yes or no, found {text!r}.")
        return text == "yes"

    def day(self) -> date:
        """A date, written YYYY-MM-DD."""
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise self.wrong(f"expected a date like 2026-11-21, found {self.text()!r}.") from None

    def one_of(self, kind: type[Member]) -> Member:
        """One of a closed list of words."""
        text = self.text()
        for member in kind:
            if member.value == text:
                return member
        raise self.wrong(f"expected one of {', '.join(repr(m.value) for m in kind)}, found {text!r}.")

    def listed(self) -> tuple[Declared, ...]:
        """The members of a list; a single value is a list of one."""
        if isinstance(self.node, yaml.SequenceNode):
            return tuple(Declared(self.file, member) for member in self.node.value)
        return (self,)

    def named(self) -> dict[str, Declared]:
        """The parts of a table, by their names."""
        return {name.text(): part for name, part in self.pairs()}

    def pairs(self) -> Iterator[tuple[Declared, Declared]]:
        """The names and parts of a table, in the order they were written."""
        self._refuse_bare("name: value")
        seen: set[str] = set()
        for key, value in self.node.value:
            name = Declared(self.file, key)
            if name.text() in seen:
                raise name.wrong(f"{name.text()!r} is written twice.")
            seen.add(name.text())
            yield name, Declared(self.file, value)

    def parts(self, needed: tuple[str, ...] = (), optional: tuple[str, ...] = ()) -> Mapping[str, Declared]:
        """The parts of a table whose names are known beforehand."""
        self._refuse_bare(", ".join(f"{name}: …" for name in needed) or "name: value")
        for name, part in self.named().items():
            if name not in needed and name not in optional:
                raise part.wrong(f"{name!r} is not known here; known are {', '.join((*needed, *optional))}.")
        return self.parts_of(*needed)

    def parts_of(self, *needed: str) -> Mapping[str, Declared]:
        """The parts of a table, of which some must be there."""
        found = self.named()
        if lacking := [name for name in needed if name not in found]:
            raise self.wrong(f"{', '.join(lacking)} must be given.")
        return found

    def texts_under(self, *names: str) -> Iterator[str]:
        """Every text written under one of these names, here and anywhere below."""
        yield from _texts_under(self.node, names)

    def _refuse_bare(self, shape: str) -> None:
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong(f"expected named parts: write {{{shape}}}.")

    def shortened(self, start: str) -> Declared:
        """The same place without the words it starts with."""
        rest = self.text().removeprefix(start)
        return Declared(self.file, yaml.ScalarNode(self.node.tag, rest, self.node.start_mark))


def declared(file: str, text: str) -> Declared:
    """Reads a declaration file.

    Raises: DeclarationError, with file and line, when it is empty or no YAML.
    """
    with _read_as_yaml(file):
        node = yaml.compose(text, Loader=_LOADER)
    if node is None:
        raise DeclarationError(f"{file}, line 1: the file is empty.")
    return Declared(file, node)


def declared_elsewhere(file: str, text: str) -> Declared:
    """Reads a declaration file that came from outside the house, which may have been made to do harm.

    Raises: DeclarationError, with file and line, also when it is longer or deeper than any honest one.
    """
    if len(text) > _LONGEST:
        raise DeclarationError(
            f"{file}: the file is longer than {_LONGEST} characters; give one form a file."
        )
    depth, line = 0, 1
    with _read_as_yaml(file):
        for event in yaml.parse(text, Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            line = event.start_mark.line + 1 if event.start_mark else line
            if depth > _DEEPEST:
                # What makes the values calls itself for each level, and would bring the house down.
                raise DeclarationError(f"{file}, line {line}: this is nested too deep.")
    return declared(file, text)


def _texts_under(node: yaml.Node, names: tuple[str, ...]) -> Iterator[str]:
    if isinstance(node, yaml.SequenceNode):
        for member in node.value:
            yield from _texts_under(member, names)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in names and isinstance(value, yaml.ScalarNode):
                yield str(value.value)
            yield from _texts_under(value, names)


@contextmanager
def _read_as_yaml(file: str) -> Iterator[None]:
    try:
        yield
    except yaml.YAMLError as wrong:
        mark, problem = getattr(wrong, "problem_mark", None), getattr(wrong, "problem", None)
        line = mark.line + 1 if mark else 1
        why = problem or "it holds a character that no text file holds"
        raise DeclarationError(f"{file}, line {line}: this is not YAML: {why}.") from wrong
