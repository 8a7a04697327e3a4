"""Where everything of a course stands on a picture: bands, lines with their gaps, doses, what was missed.

Units: pixels of the picture. Nothing here decides a score or a change; it only places what the core found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.formats import date_format

from kap.instruments.course import Course, CoursePoint
from kap.vocabulary.decimals import plain
from kap.vocabulary.zones import zone

_LONE = timedelta(days=7)
_ROOM_FOR_NAMES = 60


@dataclass(frozen=True, kw_only=True)
class Size:
    """A picture's size and the room it leaves for words around the drawing."""

    name: str
    width: int
    height: int
    left: int
    right: int
    top: int = 34
    bottom: int = 34
    dates: int = 6

    @property
    def inner_right(self) -> int:
        """Where the drawing ends."""
        return self.width - self.right

    @property
    def inner_bottom(self) -> int:
        """Where the lowest number stands."""
        return self.height - self.bottom

    @property
    def inner_width(self) -> int:
        """How wide the drawing is."""
        return self.inner_right - self.left

    @property
    def names_beside(self) -> bool:
        """Whether the names of bands stand beside the drawing; on a phone they stand within it."""
        return self.right > _ROOM_FOR_NAMES

    @property
    def beside(self) -> int:
        """Where a band's name begins beside the drawing."""
        return self.inner_right + 10

    @property
    def within(self) -> int:
        """Where a band's name begins within the drawing."""
        return self.left + 4

    @property
    def tick(self) -> int:
        """Where the numbers of the scale end."""
        return self.left - 6

    @property
    def dose_top(self) -> int:
        """Where the line of a dose begins."""
        return self.top - 10

    @property
    def dose_words(self) -> int:
        """Where the number of a dose stands."""
        return self.top - 16

    @property
    def missed_y(self) -> int:
        """Where the mark of a missed form stands."""
        return self.inner_bottom - 8

    @property
    def dates_y(self) -> int:
        """Where the days stand."""
        return self.height - 10


WIDE = Size(name="wide", width=760, height=320, left=36, right=150)
NARROW = Size(name="narrow", width=358, height=300, left=30, right=14, dates=3)
SIZES = (WIDE, NARROW)


@dataclass(frozen=True, kw_only=True)
class Stripe:
    """One band across the picture, with its name and the number it begins at."""

    name: str
    begins: str
    y: float
    height: float
    middle: float
    bottom: float
    is_tinted: bool


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One score: where it stands, its number, since when it speaks (its recall), whether it is the start."""

    x: float
    y: float
    number: str
    day: str
    since: float
    is_baseline: bool


@dataclass(frozen=True, kw_only=True)
class Upright:
    """Something that happened on a day: a dose, or a form that was missed."""

    x: float
    words: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A course as it is drawn in one size."""

    size: Size
    stripes: tuple[Stripe, ...]
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    doses: tuple[Upright, ...]
    missed: tuple[Upright, ...]
    dates: tuple[Upright, ...]
    lowest: str
    highest: str


def picture(drawn: Course, size: Size, clock: str, recall_days: int | None) -> Picture:
    """Place a course on a picture of this size, with its days told by one clock."""
    across, up = _across(drawn, size), _up(drawn, size)
    start = drawn.baseline

    def dot(point: CoursePoint) -> Dot:
        assert point.number is not None
        since = point.at.at - timedelta(days=recall_days or 0)
        return Dot(
            x=across(point.at.at), y=up(point.number), number=plain(point.number.normalize()),
            day=_day(point.at.at, clock), since=max(size.left, across(since)), is_baseline=point == start,
        )  # fmt: skip

    return Picture(
        size=size,
        stripes=_stripes(drawn, up),
        lines=tuple(
            " ".join(f"{across(point.at.at)},{up(point.number)}" for point in run if point.number is not None)
            for run in drawn.runs
        ),
        dots=tuple(dot(point) for run in drawn.runs for point in run),
        doses=tuple(Upright(x=across(at.at), words=str(n)) for n, at in enumerate(drawn.doses, start=1)),
        missed=tuple(
            Upright(x=across(point.at.at), words=_day(point.at.at, clock))
            for point in drawn.points
            if point.number is None
        ),
        dates=_dates(drawn, size, across, clock),
        lowest=plain(drawn.lowest.normalize()),
        highest=plain(drawn.highest.normalize()),
    )


def _moments(drawn: Course) -> list[datetime]:
    return [*(point.at.at for point in drawn.points), *(at.at for at in drawn.doses)]


def _ends(drawn: Course) -> tuple[datetime, datetime]:
    moments = _moments(drawn)
    first, last = min(moments), max(moments)
    lack = max(timedelta(0), 2 * _LONE - (last - first)) / 2
    return first - lack, last + lack


def _across(drawn: Course, size: Size) -> Callable[[datetime], float]:
    first, last = _ends(drawn)
    left, right = size.left + 12, size.inner_right - 12
    return lambda at: round(left + (right - left) * ((at - first) / (last - first)), 1)


def _up(drawn: Course, size: Size) -> Callable[[Decimal], float]:
    whole = drawn.highest - drawn.lowest
    tall = size.inner_bottom - size.top
    return lambda number: round(size.inner_bottom - tall * float((number - drawn.lowest) / whole), 1)


def _stripes(drawn: Course, up: Callable[[Decimal], float]) -> tuple[Stripe, ...]:
    starts = [band.lowest for band in drawn.bands if band.lowest is not None]
    found = []
    for place, (band, low) in enumerate(zip(drawn.bands, starts, strict=True)):
        high = starts[place + 1] if place + 1 < len(starts) else drawn.highest
        top, bottom = up(high), up(low)
        found.append(
            Stripe(
                name=band.name, begins=plain(low), y=top, height=round(bottom - top, 1),
                middle=round((top + bottom) / 2, 1), bottom=bottom, is_tinted=place % 2 == 1,
            )
        )  # fmt: skip
    return tuple(found)


def _dates(drawn: Course, size: Size, across: Callable[[datetime], float], clock: str) -> tuple[Upright, ...]:
    first, last = min(_moments(drawn)), max(_moments(drawn))
    count = size.dates if last > first else 1
    step = (last - first) / max(1, count - 1)
    days = {_day(at, clock): at for at in (first + step * place for place in range(count))}
    return tuple(Upright(x=across(at), words=words) for words, at in days.items())


def _day(at: datetime, clock: str) -> str:
    return date_format(at.astimezone(zone(clock)), "j M")
