"""The windows after a dose in which integration counts, and what is said of one that is still open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

from kap.vocabulary.declared import Declared, declared
from kap.vocabulary.declared_sources import Sources, cited, sources_from
from kap.vocabulary.moments import Instant, Window
from kap.vocabulary.sources import AnySource
from kap.vocabulary.spans import Span

_FILE = "windows.yaml"


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time that counts for something, and where it comes from."""

    length: Span
    source: AnySource


@dataclass(frozen=True, slots=True)
class AfterDose:
    """One window after a dose, by its name; it opens when the dose starts."""

    name: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows after a dose, the shortest first, and when an open one is closing.

    Raises: DeclarationError when they do not grow from one to the next.
    """

    windows: tuple[AfterDose, ...]
    closing: Limit

    def reached(self, dose_at: Instant, began_at: Instant) -> AfterDose | None:
        """The first window a session that began then lies in; None where it came later than all of them.

        Raises: InputError when it began before the dose.
        """
        passed = began_at.since(dose_at)
        return next((window for window in self.windows if passed < window.limit.length), None)


class Standing(Enum):
    """How a session that is still wanted stands to its window."""

    AHEAD = "ahead"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


def standing(window: Window, at: Instant, rules: Windows) -> Standing:
    """How a window that still waits for its session stands at a moment."""
    if at < window.opens_at:
        return Standing.AHEAD
    if at >= window.closes_at:
        return Standing.CLOSED
    is_closing = window.time_left(at) <= rules.closing.length
    return Standing.CLOSING if is_closing else Standing.OPEN


def windows_from(file: str, text: str) -> Windows:
    """Reads a document of windows.

    Raises: DeclarationError, with file and line, when a length or a source is lacking or written wrongly, or
    the windows do not grow.
    """
    parts = declared(file, text).parts(needed=("version", "effective_on", "windows", "closing", "sources"))
    sources = sources_from(parts["sources"])
    found = tuple(AfterDose(name.text(), _limit(part, sources)) for name, part in parts["windows"].pairs())
    lengths = [window.limit.length for window in found]
    if sorted(set(lengths)) != lengths:
        raise parts["windows"].wrong("write the windows shortest first, each length once.")
    return Windows(found, _limit(parts["closing"], sources))


@cache
def packaged_windows() -> Windows:
    """The windows this version came with."""
    return windows_from(_FILE, (files("kap.integration") / "library" / _FILE).read_text(encoding="utf-8"))


def _limit(part: Declared, sources: Sources) -> Limit:
    given = part.parts(needed=("value", "source"))
    number, _, unit = given["value"].text().partition(" ")
    length = given["value"].made(lambda: Span.of(number, unit))
    return Limit(length, cited(given["source"], sources))
