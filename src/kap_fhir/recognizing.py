"""Asks the core what a code or a name means, once for each way it is written: records repeat themselves."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kap.screening import recognition
from kap.screening.code_tables import Measured
from kap.screening.recognition import Recognized
from kap_fhir.shapes import Coding, codings_of, object_of, text_of

_REMEMBERED = 8192
_NEGATED: Final = re.compile(r"(no|not|none|denies|denied|negative|sin|niega)\b", re.IGNORECASE)


def condition(concept: object) -> tuple[Recognized, ...]:
    """The conditions a coded concept stands for."""
    return _condition(codings_of(concept), text_of(object_of(concept).get("text")))


def medicine(concept: object) -> tuple[Recognized, ...]:
    """The ingredients a medicine's concept stands for."""
    return _medicine(codings_of(concept), text_of(object_of(concept).get("text")))


def allergy(concept: object, *, is_intolerance: bool) -> tuple[Recognized, ...]:
    """The substances an allergy's concept stands for."""
    return _allergy(codings_of(concept), text_of(object_of(concept).get("text")), is_intolerance)


def measurement(concept: object) -> Measured | None:
    """What an observation's code measures."""
    return _measurement(codings_of(concept))


def said(recognized: Recognized) -> str:
    """The record's own words, marked where the concept was known by name alone."""
    return f"{recognized.words} (by name)" if recognized.is_by_name else recognized.words


def denies(words: str) -> bool:
    """Whether words that no rule knows begin with a no: they name nothing that is there."""
    return bool(_NEGATED.match(words))


@lru_cache(_REMEMBERED)
def _condition(codings: tuple[Coding, ...], text: str) -> tuple[Recognized, ...]:
    return recognition.condition(codings, text)


@lru_cache(_REMEMBERED)
def _medicine(codings: tuple[Coding, ...], text: str) -> tuple[Recognized, ...]:
    return recognition.medicine(codings, text)


@lru_cache(_REMEMBERED)
def _allergy(codings: tuple[Coding, ...], text: str, is_intolerance: bool) -> tuple[Recognized, ...]:
    return recognition.allergy(codings, text, is_intolerance=is_intolerance)


@lru_cache(_REMEMBERED)
def _measurement(codings: tuple[Coding, ...]) -> Measured | None:
    return recognition.measurement(codings)
