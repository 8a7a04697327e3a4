"""One set of named texts, read as what they must be, with a sentence for each that is not."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

from kap.vocabulary.errors import InputError

Choice = TypeVar("Choice", bound=StrEnum)


class Told:
    """What an installation was told, by name.

    Missing: a blank value counts as not told.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = {name: value.strip() for name, value in values.items() if value.strip()}

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def text(self, name: str, otherwise: str) -> str:
        """Reads a text."""
        return self._values.get(name, otherwise)

    def words(self, name: str) -> list[str]:
        """Reads a list written with commas or spaces."""
        return self.text(name, "").replace(",", " ").split()

    def number(self, name: str, otherwise: int, *, least: int, most: int) -> int:
        """Reads a whole number between two bounds, both allowed."""
        text = self.text(name, str(otherwise))
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise InputError(f"{name} is {text!r}: expected a whole number from {least} to {most}.")
        return int(text)

    def yes_or_no(self, name: str) -> bool:
        """Reads yes or no; not told is no."""
        text = self.text(name, "no").lower()
        if text not in ("yes", "no", "1", "0", "true", "false"):
            raise InputError(f"{name} is {text!r}: expected yes or no.")
        return text in ("yes", "1", "true")

    def one_of(self, name: str, otherwise: Choice) -> Choice:
        """Reads one of the words an enumeration lists."""
        choices, text = type(otherwise), self.text(name, otherwise.value).lower()
        if text not in [choice.value for choice in choices]:
            raise InputError(
                f"{name} is {text!r}: expected {' or '.join(choice.value for choice in choices)}."
            )
        return choices(text)

    def existing(self, name: str) -> Path | None:
        """Reads the path of a file or folder that must be there."""
        if name not in self:
            return None
        path = Path(self[name]).expanduser().absolute()
        if not path.exists():
            raise InputError(
                f"{name} names {str(path)!r}, which does not exist: give the path of an existing one."
            )
        return path

    def address(self, name: str, otherwise: str, *, schemes: tuple[str, ...], example: str) -> SplitResult:
        """Reads an address; what it held is never repeated, for it may hold a password."""
        try:
            parts = urlsplit(self.text(name, otherwise))
            known = parts.scheme in schemes and (parts.port is None or parts.port > 0)
        except ValueError:
            known = False
        if not known:
            raise InputError(f"{name} cannot be read as an address: write it like {example}.")
        return parts
