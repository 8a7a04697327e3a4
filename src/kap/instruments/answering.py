"""What may be answered to an item, and how what was given is read.

A blank is missing and never zero; an answer nobody could have given is refused in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kap.vocabulary.decimals import exact, plain
from kap.vocabulary.errors import DeclarationError, InputError

Answer = Decimal | frozenset[int]

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_LONGEST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a closed list, with the words beside its box where the license lets us print them."""

    value: int
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """A closed list of answers, one of which is given; the number or the words beside it are understood."""

    choices: tuple[Choice, ...]

    def __post_init__(self) -> None:
        if len({choice.value for choice in self.choices}) < len(self.choices) or not self.choices:
            raise DeclarationError("A list of answers needs at least one, and each needs its own number.")

    @property
    def lowest(self) -> Decimal:
        """The lowest answer."""
        return Decimal(min(choice.value for choice in self.choices))

    @property
    def highest(self) -> Decimal:
        """The highest answer."""
        return Decimal(max(choice.value for choice in self.choices))

    @property
    def values(self) -> tuple[int, ...]:
        """Every number that may be given."""
        return tuple(choice.value for choice in self.choices)

    @property
    def is_yes_no(self) -> bool:
        """Whether it is a plain yes or no."""
        return [choice.words for choice in self.choices[:2]] == ["No", "Yes"]

    def in_words(self) -> str:
        """Says what is expected."""
        return _listed(str(value) for value in self.values)

    def read(self, given: object) -> Decimal | None:
        """Reads one answer.

        Missing: None or an empty text.
        Raises: InputError, saying what is expected, for anything that is not on the list.
        """
        if isinstance(given, str) and (worded := self._worded(given.strip().casefold())) is not None:
            return Decimal(worded)
        if isinstance(given, bool) and self.is_yes_no:
            return Decimal(int(given))
        number = _number(given, self.in_words())
        if number is not None and number not in self.values:
            raise InputError(self.in_words())
        return number

    def _worded(self, words: str) -> int | None:
        return next((c.value for c in self.choices if c.words and c.words.casefold() == words), None)


@dataclass(frozen=True, slots=True)
class Range:
    """Any number from the lowest to the highest, in steps; a numeric rating or a mark on a line."""

    lowest: Decimal
    highest: Decimal
    step: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if self.step <= 0 or self.highest <= self.lowest or (self.highest - self.lowest) % self.step:
            raise DeclarationError("A range needs a highest answer whole steps above its lowest.")

    def in_words(self) -> str:
        """Says what is expected."""
        steps = "" if self.step == 1 else f" in steps of {plain(self.step)}"
        return f"a number from {plain(self.lowest)} to {plain(self.highest)}{steps}"

    def read(self, given: object) -> Decimal | None:
        """Reads one answer.

        Missing: None or an empty text.
        Raises: InputError, saying what is expected, for a number outside or between the steps.
        """
        number = _number(given, self.in_words())
        if number is None:
            return None
        if not self.lowest <= number <= self.highest or (number - self.lowest) % self.step:
            raise InputError(self.in_words())
        return number


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, written HH:MM.

    Units: read as minutes after midnight.
    """

    lowest: Decimal = Decimal(0)
    highest: Decimal = Decimal(24 * 60 - 1)

    def in_words(self) -> str:
        """Says what is expected."""
        return "a time of day from 00:00 to 23:59"

    def read(self, given: object) -> Decimal | None:
        """Reads one answer.

        Missing: None or an empty text.
        Raises: InputError, saying what is expected, for anything but a time of day.
        """
        if _is_blank(given):
            return None
        found = _CLOCK.fullmatch(given.strip()) if isinstance(given, str) else None
        if found is None:
            raise InputError(self.in_words())
        return Decimal(int(found[1]) * 60 + int(found[2]))


@dataclass(frozen=True, slots=True)
class Several:
    """A closed list of answers of which any number may be given; in a table they are joined by `+`."""

    choices: tuple[Choice, ...]

    @property
    def lowest(self) -> Decimal:
        """The lowest answer."""
        return Decimal(min(choice.value for choice in self.choices))

    @property
    def highest(self) -> Decimal:
        """The highest answer."""
        return Decimal(max(choice.value for choice in self.choices))

    def in_words(self) -> str:
        """Says what is expected."""
        return f"one or more of {_listed(str(choice.value) for choice in self.choices)}"

    def read(self, given: object) -> frozenset[int] | None:
        """Reads the answers that were given together.

        Missing: None, an empty text or an empty list.
        Raises: InputError, saying what is expected, when one of them is not on the list.
        """
        parts = given.split("+") if isinstance(given, str) else given
        if not isinstance(parts, list | tuple | set | frozenset):
            parts = [parts]
        one = Choices(self.choices)
        try:
            read = [one.read(part) for part in parts]
        except InputError:
            raise InputError(self.in_words()) from None
        return frozenset(int(value) for value in read if value is not None) or None


Kind = Choices | Range | Clock | Several


def shown(given: object) -> str:
    """Writes what was given for an error message; a longer text might name a person and is not repeated."""
    text = str(given)
    return repr(text) if len(text) <= _LONGEST_SHOWN else "with a longer text"


def _is_blank(given: object) -> bool:
    return given is None or (isinstance(given, str) and not given.strip())


def _number(given: object, expected: str) -> Decimal | None:
    if _is_blank(given):
        return None
    written = repr(given) if isinstance(given, float) else given
    try:
        # A list or a truth value is no number; `exact` refuses each of them.
        return exact(written.strip() if isinstance(written, str) else written)  # type: ignore[arg-type]
    except InputError:
        raise InputError(expected) from None


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
