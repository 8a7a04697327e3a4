"""The published pages of the history and of the limits say what the library says today."""

from kap_cli.checkout import checkout_root
from kap_cli.documents import MARK
from kap_cli.reference.history import history_page
from kap_cli.reference.limits import limits_page

REFERENCE = checkout_root() / "docs" / "reference"


def test_the_published_history_is_not_stale() -> None:
    assert (REFERENCE / "history.md").read_text(encoding="utf-8") == MARK + history_page()


def test_the_published_limits_are_not_stale() -> None:
    assert (REFERENCE / "limits.md").read_text(encoding="utf-8") == MARK + limits_page()


def test_the_page_of_limits_counts_what_nobody_verified_and_names_what_is_not_delivered() -> None:
    page = limits_page()
    assert "106 numbers and grounds, 86 of them verified by nobody yet" in page
    assert "| systolic: stop | from 180 mm[Hg] |" in page
    assert "`breastfeeding`" in page
