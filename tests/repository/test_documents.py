"""Whoever looks for a document finds it: each is listed on the first page of the documents."""

from __future__ import annotations

from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("folder", ["tutorial", "how-to", "explanation", "reference"])
def test_every_document_is_listed(folder: str) -> None:
    listed = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = sorted((DOCS / folder).glob("*.md"))
    assert pages
    assert [page.name for page in pages if f"]({folder}/{page.name})" not in listed] == []
