"""Where a threshold comes from: read in a publication, or stated by somebody and checked by nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kap.vocabulary.errors import DeclarationError

_ADDRESS = re.compile(r"10\.\d{4,9}/\S+|https://\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publication somebody read, what was taken from it, and who checked that.

    Raises: DeclarationError when a part is empty or the address is neither a DOI nor an https address.
    """

    citation: str
    address: str
    read_on: date
    taken: str
    checked_by: str

    def __post_init__(self) -> None:
        if not (self.citation and self.taken and self.checked_by):
            raise DeclarationError(
                "A source needs its citation, what was taken from it and who checked that."
            )
        if not _ADDRESS.fullmatch(self.address):
            raise DeclarationError(
                f"{self.citation}: {self.address!r} is neither a DOI (10.…) nor an https address."
            )

    @property
    def verified(self) -> bool:
        """Whether somebody read and checked it."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifiedSource:
    """A statement from somebody's own knowledge, read in no publication and checked by nobody.

    Raises: DeclarationError when it has no key to look it up under.
    """

    key: str
    stated_on: date

    def __post_init__(self) -> None:
        if not self.key:
            raise DeclarationError("An unverified source needs the key it can be looked up under.")

    @property
    def citation(self) -> str:
        """How the page and the manual name it."""
        return f"Unverified: {self.key}, stated on {self.stated_on.isoformat()}, checked by nobody"

    @property
    def verified(self) -> bool:
        """Whether somebody read and checked it."""
        return False


AnySource = Source | UnverifiedSource
