"""Reads the table and the links of a page as a person would."""

from __future__ import annotations

from html.parser import HTMLParser


class Page(HTMLParser):
    """The rows of the page's table, cell by cell, and its links by their words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: dict[str, str] = {}
        self._cell: list[str] | None = None
        self._href = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._cell = []
        elif tag == "a":
            self._href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None
        elif tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
        if self._href and data.strip():
            self.links[data.strip()] = self._href

    @property
    def lines(self) -> list[tuple[str, ...]]:
        """The rows under the headings."""
        return [tuple(row) for row in self.rows[1:]]


def page_of(response) -> Page:
    """Read a response that must be a page."""
    html = response.content.decode()
    assert response.status_code == 200, html[:2000]
    return Page(html)
