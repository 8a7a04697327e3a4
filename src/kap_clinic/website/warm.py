"""A worker that has just started answers its first request as fast as its hundredth: it may be an alarm."""

from __future__ import annotations

from django.template.loader import get_template
from django.urls import get_resolver

from kap.instruments.shelf import library

# What stands between a client's answer and the nurse's screen.
_FIRST = (
    "website/base.html", "website/page.html", "website/quiet.html", "website/day_board.html",
    "website/parts/needs.html", "measures/client/paper.html", "measures/client/question.html",
    "measures/client/help.html",
)  # fmt: skip


def warm_up() -> None:
    """Read every address with its views, the library of instruments, and the first pages' templates."""
    _ = get_resolver().reverse_dict
    library()
    for name in _FIRST:
        get_template(name)
