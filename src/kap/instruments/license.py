"""Who owns an instrument's wording, who may show it, and where each statement about that was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kap.vocabulary.sources import AnySource


class ForProfit(Enum):
    """Whether a site that is run for profit may use an instrument."""

    ALLOWED = "allowed"
    WORDING_EXCLUDED = "wording excluded"  # the number may be recorded, the text may not be shown
    ASK = "ask the holder"


class WordingFrom(Enum):
    """Whose copy of the wording is shown."""

    LIBRARY = "library"  # ours: the license permits it, the text is unaltered and attributed
    SITE = "site"  # the site's own licensed copy, given as a file; without it the instrument is score-only
    NOBODY = "nobody"  # only the result is recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class License:
    """The holder's terms, as read in the source; no legal advice, and checked again before a release.

    `wording_source` says where the questions and answers themselves were read.
    """

    holder: str
    terms: str
    wording: WordingFrom
    for_profit: ForProfit
    source: AnySource
    wording_source: AnySource | None = None

    def may_show_wording(self, *, is_for_profit: bool) -> bool:
        """Whether a site may show the text, its own copy included."""
        if self.wording is WordingFrom.NOBODY:
            return False
        return not (is_for_profit and self.for_profit is ForProfit.WORDING_EXCLUDED)
