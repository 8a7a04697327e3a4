"""Decides which invented people and readings stand on the design page.

For designers, tests and anyone who wants to see a part before building a page with it.
Nothing here is clinical: every limit, dose and source is made up. Must not be imported by anything but the
design page, and holds no real person.
"""

from .board import BOARD
from .findings import FINDINGS, STOPPED
from .happenings import CASES, NEEDS, TIMELINE
from .nowhere import NOWHERE
from .tables import CRUMBS, FACTS, JOURNEY, NO_STAFF, ONLY_EMPTY, STAFF, TABS, VITALS

__all__ = [
    "BOARD", "CASES", "CRUMBS", "FACTS", "FINDINGS", "JOURNEY", "NEEDS", "NOWHERE", "NO_STAFF", "ONLY_EMPTY",
    "STAFF", "STOPPED", "TABS", "TIMELINE", "VITALS",
]  # fmt: skip
