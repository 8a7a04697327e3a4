"""Codes of the systems records arrive in; each system is its own type and never read as another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from kap.vocabulary.errors import InputError


@dataclass(frozen=True, slots=True)
class Code:
    """A code of one system; the system's name never has to travel beside it.

    Raises: InputError when no code of that system can look like this, or its check digit is wrong.
    """

    value: str

    SYSTEM: ClassVar[str] = ""
    SHAPE: ClassVar[re.Pattern[str]] = re.compile("")

    def __post_init__(self) -> None:
        if not self.SHAPE.fullmatch(self.value):
            raise InputError(f"{self.value!r} is not shaped like a {type(self).__name__}: check the system.")
        if not self.is_checked(self.value):
            raise InputError(
                f"{self.value!r} does not check as a {type(self).__name__}: compare it with its origin."
            )

    @classmethod
    def is_checked(cls, value: str) -> bool:
        """Whether the check built into such a code, if there is one, holds."""
        return True

    def __str__(self) -> str:
        return self.value


class SnomedCode(Code):
    """A SNOMED CT concept identifier.

    Source: SNOMED CT Release File Specification, SCTID: partition identifier and Verhoeff check digit.
    """

    __slots__ = ()
    SYSTEM: ClassVar[str] = "http://snomed.info/sct"
    SHAPE: ClassVar[re.Pattern[str]] = re.compile(r"[1-9]\d{2,14}[01]0\d")

    @classmethod
    def is_checked(cls, value: str) -> bool:
        """Whether the Verhoeff check digit holds."""
        check = 0
        for position, digit in enumerate(reversed(value)):
            check = _DIHEDRAL[check][_permuted(int(digit), position)]
        return check == 0


class Icd10Code(Code):
    """An ICD-10-CM diagnosis."""

    __slots__ = ()
    SYSTEM: ClassVar[str] = "http://hl7.org/fhir/sid/icd-10-cm"
    SHAPE: ClassVar[re.Pattern[str]] = re.compile(r"[A-Z]\d[0-9AB](\.[0-9A-Z]{1,4})?")


class RxNormCode(Code):
    """An RxNorm concept unique identifier (RXCUI)."""

    __slots__ = ()
    SYSTEM: ClassVar[str] = "http://www.nlm.nih.gov/research/umls/rxnorm"
    SHAPE: ClassVar[re.Pattern[str]] = re.compile(r"[1-9]\d{0,7}")


class LoincCode(Code):
    """A LOINC observation, document or answer-list code.

    Source: LOINC Users' Guide, mod-10 check digit.
    """

    __slots__ = ()
    SYSTEM: ClassVar[str] = "http://loinc.org"
    SHAPE: ClassVar[re.Pattern[str]] = re.compile(r"[1-9]\d{0,6}-\d")

    @classmethod
    def is_checked(cls, value: str) -> bool:
        """Whether the mod-10 check digit holds."""
        digits, check = value.split("-")
        doubled = sum(sum(divmod(int(digit) * 2, 10)) for digit in reversed(digits[::-1][::2]))
        kept = sum(int(digit) for digit in digits[::-1][1::2])
        return (doubled + kept + int(check)) % 10 == 0


class UcumUnit(Code):
    """A UCUM unit as used in a clinic; `1` for a count or a score.

    Source: The Unified Code for Units of Measure, case-sensitive symbols; the atoms listed are ours.
    """

    __slots__ = ()
    SYSTEM: ClassVar[str] = "http://unitsofmeasure.org"
    SHAPE: ClassVar[re.Pattern[str]] = re.compile(r"(\{[!-z|~]+\}|/?[!-~]+)")

    @classmethod
    def is_checked(cls, value: str) -> bool:
        """Whether every part is a known unit, with a known prefix where one is allowed."""
        counted = re.sub(r"(^|[./])\{[!-z|~]+\}", r"\g<1>1", value)
        parts = re.split(r"[./]", re.sub(r"\{[!-z|~]+\}", "", counted).removeprefix("/"))
        return all(part == "1" or _UCUM_PART.fullmatch(part) for part in parts)


_UCUM_PART = re.compile(
    r"(?:[kdcmunp]?(?:g|L|l|m|mol|eq|s|Pa|U|\[iU\]|J|cal|V|W|Hz|Osm)|m\[Hg\]|mm\[Hg\]|cm\[H2O\]"
    r"|min|h|d|wk|mo|a|%|Cel|\[degF\]|\[lb_av\]|\[oz_av\]|\[in_i\]|\[ft_i\]|\[pH\]|10\*\d|10\^\d)-?\d?"
)

# The dihedral group D5 and the permutation of Verhoeff's decimal check.
_DIHEDRAL = tuple(
    tuple(
        (a + b) % 5 if a < 5 and b < 5
        else 5 + (a + b - 5) % 5 if a < 5
        else 5 + (a - 5 - b) % 5 if b < 5
        else (a - b) % 5
        for b in range(10)
    )
    for a in range(10)
)  # fmt: skip
_FIRST_PERMUTATION = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def _permuted(digit: int, position: int) -> int:
    for _ in range(position % 8):
        digit = _FIRST_PERMUTATION[digit]
    return digit
