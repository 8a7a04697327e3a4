"""A small instrument for tests, and a way to spoil one line of it."""

from __future__ import annotations

WHOLE = """\
id: mood
version: 1
title: Mood
measures: mood
direction: higher is worse
recall: today
answered_by: client
minutes: 1
license: {holder: us, terms: ours, wording: site, for_profit: allowed, source: own}
choices:
  often: {0: Never, 1: Often}
items:
  1-2: {answers: often}
  3: {answers: 0-4}
skips:
  - {when: {count: 1, reaching: 1, at_most: 0}, items: 2, source: own}
scales:
  total: {sum: 1-3, bands: {from: {low: 0, high: 3}, to: 6, source: own}}
  part: {mean: 1-2}
triage: {levels: {bad: 3}, otherwise: fine, source: own}
safety:
  3: {levels: {1: note, 2: high}, source: own}
derived:
  met: {all: {count: 1-2, reaching: 1, at_least: 1}, source: own}
  often: {tally: 1-2, reaching: 1, source: own}
  share: {of: total, over: 6, source: own}
changes:
  usual: {scale: total, response: {improved_percent: 50, source: own}}
codes:
  - {source: own, panel: 44249-1, scales: {total: 44261-6}, items: {1: 44250-9}, answers: {0: LA32-8}}
vectors: by hand
sources:
  own: {unverified: our own, stated_on: 2026-11-21}
"""


def spoiled(found: str, put: str) -> str:
    """The instrument with one passage replaced.

    Raises: ValueError when the passage is not there exactly once.
    """
    if WHOLE.count(found) != 1:
        raise ValueError(found)
    return WHOLE.replace(found, put)
