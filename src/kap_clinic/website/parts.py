"""The plain values the parts of a page are given: what to show, never how, and nothing from a database.

Words may be plain text, a lazy translation, or a Sentence of the core; the parts render all three.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Words = Any
"""Text, a lazy translation or a Sentence."""


@dataclass(frozen=True)
class Act:
    """Something the reader can do from here: a verb with its object, and where it leads."""

    words: Words
    url: str
    is_main: bool = False


@dataclass(frozen=True)
class Step:
    """One link in a row of links: a tab, a crumb; or a stage of a journey ("done", "here", "ahead")."""

    words: Words
    url: str = ""
    is_here: bool = False
    state: str = "ahead"


@dataclass(frozen=True, kw_only=True)
class Need:
    """Somebody or something that waits for a person; `tone` is act, look or must."""

    who: Words
    what: Words
    where: Words = ""
    act: Act | None = None
    tone: str = "look"


@dataclass(frozen=True, kw_only=True)
class Empty:
    """A place with nothing in it yet: what will appear here, and what to do first."""

    what: Words
    how: Words = ""
    act: Act | None = None


@dataclass(frozen=True, kw_only=True)
class Status:
    """A word with its shape; `tone` is ink, quiet, done, look or must."""

    words: Words
    tone: str = "ink"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table; with `sort_url` its header is a link, `sorted` says the direction shown now."""

    words: Words
    is_number: bool = False
    sort_url: str = ""
    sorted: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row: its first cell names it. A cell is text, a Status, or an Act (drawn as a link)."""

    cells: tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table, with what is said when it has no rows."""

    caption: Words
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: Empty
    note: Words = ""

    @property
    def lines(self) -> list[tuple[Any, list[tuple[Column, Any]]]]:
        """Each row as its name and its remaining cells, each beside its column."""
        return [(row.cells[0], list(zip(self.columns[1:], row.cells[1:], strict=True))) for row in self.rows]


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One entry of a timeline: when, what, who; `late` and `was` say what a reader must not miss."""

    at: Words
    what: Words
    by: Words = ""
    detail: Words = ""
    notes: tuple[Words, ...] = ()
    was: Words = ""
    weight: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Day:
    """The happenings of one day, oldest first."""

    words: Words
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, kw_only=True)
class ClockedCase:
    """A case with its clock: time left in words, the part of its time that has gone, owner and next step."""

    left: Words
    until: Words
    percent_gone: int
    what: Words
    owner: Words
    next_step: Words
    attempts: Words = ""
    act: Act | None = None
    tone: str = "ink"


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One stretch of a person's day.

    Units: minutes from the start of the board; both are multiples of five.
    """

    start: int
    minutes: int
    words: Words
    kind: str
    clock: str = ""
    tone: str = ""
    note: Words = ""

    @property
    def span(self) -> int:
        """Columns of five minutes it covers."""
        return self.minutes // 5


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One person's line on the board."""

    who: Words
    where: Words
    bars: tuple[Bar, ...]

    def cells(self, minutes: int) -> list[Bar | int]:
        """Bars and the gaps between them (as columns of five minutes), across the whole board."""
        cells: list[Bar | int] = []
        reached = 0
        for bar in sorted(self.bars, key=lambda bar: bar.start):
            if bar.start > reached:
                cells.append((bar.start - reached) // 5)
            cells.append(bar)
            reached = bar.start + bar.minutes
        if reached < minutes:
            cells.append((minutes - reached) // 5)
        return cells


@dataclass(frozen=True, kw_only=True)
class Board:
    """A day of one place, from one hour to another.

    Units: `now` in minutes from the first hour. Missing: `now` is None on any other day.
    """

    caption: Words
    first_hour: int
    last_hour: int
    lanes: tuple[Lane, ...]
    now: int | None = None
    kinds: tuple[tuple[str, Words], ...] = field(default=())

    @property
    def minutes(self) -> int:
        """How long the board is."""
        return (self.last_hour - self.first_hour) * 60

    @property
    def hours(self) -> list[str]:
        """The hours that head its columns."""
        return [f"{hour % 24:02d}" for hour in range(self.first_hour, self.last_hour)]

    @property
    def hour_marks(self) -> list[int]:
        """Where a line is drawn for each hour, in minutes from the first."""
        return list(range(0, self.minutes, 60))

    @property
    def lines(self) -> list[tuple[Lane, list[Bar | int]]]:
        """Each lane beside its cells."""
        return [(lane, lane.cells(self.minutes)) for lane in self.lanes]

    @property
    def columns(self) -> int:
        """How many columns of five minutes it has."""
        return self.minutes // 5


@dataclass(frozen=True, kw_only=True)
class ShownFact:
    """A fact a rule used: what, its value with the unit, the day, and where it came from."""

    what: Words
    value: Words
    on: Words = ""
    origin: Words = ""


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What lies behind a finding: the rule, the facts it used, its source."""

    rule: Words
    facts: tuple[ShownFact, ...]
    source: Words
    source_url: str = ""
    is_unverified: bool = False


@dataclass(frozen=True, kw_only=True)
class ShownFinding:
    """A finding as it is read: verdict, reason, what would change it, its grounds, what can be done.

    `answer` tells of an override or clearance; the verdict stays what it was.
    """

    verdict: str
    reason: Words
    would_change_if: Words
    grounds: Grounds
    act: Act | None = None
    answer: Words = ""
