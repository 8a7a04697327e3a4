"""The words of an instrument in one language, apart from its numbers, and who made them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kap.vocabulary.sources import AnySource

ORIGINAL = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a person reads of an instrument in one language; no score hangs on it.

    Shape: `items` by item id; `answers` by item id, then by number, the words beside each box.
    Missing: an item without `answers` keeps those of the definition, mostly its bare numbers.
    """

    language: str
    items: Mapping[str, str]
    answers: Mapping[str, Mapping[Decimal, str]]
    stem: str | None = None
    recall: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """An official translation, whose it is, on which terms, and how its words were established."""

    wording: Wording
    holder: str
    terms: str
    source: AnySource
