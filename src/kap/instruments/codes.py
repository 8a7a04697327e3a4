"""The codes an instrument's parts are sent and received under, each group with where it was read.

Many codes in circulation for questionnaires are invented; a code without a reading stays marked unverified
and is never used to recognize an answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from kap.vocabulary.codes import Code, LoincCode
from kap.vocabulary.sources import AnySource


class LoincAnswer(Code):
    """A LOINC answer code, such as LA6568-5 for "Not at all".

    Source: the mod-10 check of LOINC codes, letters counting as their ASCII number less that of 0; the rule
    was inferred from published answer codes, all of which it fits.
    """

    __slots__ = ()
    SYSTEM: ClassVar[str] = LoincCode.SYSTEM
    SHAPE: ClassVar[re.Pattern[str]] = re.compile(r"LA[1-9]\d*-\d")

    @classmethod
    def is_checked(cls, value: str) -> bool:
        """Whether the mod-10 check digit holds."""
        signs, check = value.split("-")
        numbers = [ord(sign) - ord("0") for sign in reversed(signs)]
        doubled = sum(2 * number - 9 * (number // 5) for number in numbers[::2])
        return (doubled + sum(numbers[1::2]) + int(check)) % 10 == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeGroup:
    """LOINC codes read in one place: the panel, scales by name, items by id, and answers by number.

    Shape: `answers` holds for the items of `answers_of`, or for all items when that is empty.
    """

    source: AnySource
    panel: LoincCode | None = None
    scales: Mapping[str, LoincCode] = field(default_factory=dict)
    items: Mapping[str, LoincCode] = field(default_factory=dict)
    answers: Mapping[str, LoincAnswer] = field(default_factory=dict)
    answers_of: tuple[str, ...] = ()

    @property
    def all_codes(self) -> tuple[Code, ...]:
        """Every code of the group."""
        panel = (self.panel,) if self.panel else ()
        return (*panel, *self.scales.values(), *self.items.values(), *self.answers.values())
