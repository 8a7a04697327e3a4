"""A day of which only the year, or the year and the month, was written down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kap.vocabulary.errors import InputError

_WRITTEN = re.compile(r"(?!0000)\d{4}(-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day known only to lie within a year or a month; it is never completed by guessing.

    Raises: InputError when it is not written like 1980 or 1980-05.
    """

    text: str

    def __post_init__(self) -> None:
        if not _WRITTEN.fullmatch(self.text):
            raise InputError(f"{self.text!r} is not part of a date: write it like 1980 or 1980-05.")

    @property
    def first_day(self) -> date:
        """The earliest day it can be."""
        year, _, month = self.text.partition("-")
        return date(int(year), int(month or 1), 1)

    @property
    def last_day(self) -> date:
        """The latest day it can be."""
        year, _, month = self.text.partition("-")
        is_december = month in ("", "12")
        # Built from the next month's first day, so that nobody has to count the days of February.
        following = date(int(year), 12, 31) if is_december else date(int(year), int(month) + 1, 1)
        return following if is_december else following - timedelta(days=1)

    def __str__(self) -> str:
        return self.text
