"""What hands and eyes do at a page: look at it, touch words, fill a day, send a form."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.browsing import accessibility_faults, picture

SOON = datetime.now(UTC).date() + timedelta(days=30)


def look(page: Any, name: str) -> None:
    """Take pictures of a page on a phone and on a desk, and find nothing wrong with it on either."""
    held = page.viewport_size
    picture(page, f"decision-{name}")
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        assert accessibility_faults(page) == []
    page.set_viewport_size(held)


def choose(page: Any, words: str) -> None:
    """Answer by touching the words beside a button, as a person does."""
    page.locator("label", has_text=re.compile(rf"^\s*{re.escape(words)}")).first.click()


def press(page: Any, words: str) -> None:
    """Send a form, and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def enter_soon(page: Any) -> None:
    """Write a day a month from now into the three boxes of the only day asked for."""
    for label, value in (("Month", SOON.month), ("Day", SOON.day), ("Year", SOON.year)):
        page.get_by_label(label, exact=True).fill(str(value))
