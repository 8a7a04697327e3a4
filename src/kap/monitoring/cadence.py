"""When the next blood pressure is due: how often while the dose runs, at which minutes, and afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kap.monitoring.packaged import text_of
from kap.vocabulary.declared import Declared, declared
from kap.vocabulary.declared_sources import Sources, cited, sources_from
from kap.vocabulary.moments import Instant
from kap.vocabulary.routes import Route
from kap.vocabulary.sources import AnySource
from kap.vocabulary.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """How often vital signs are taken after a dose by one route.

    Shape: `at` are spans from the start of the dose; `during` counts from the last reading while it runs.
    """

    at: tuple[Span, ...]
    during: Span | None
    after: Span
    source: AnySource


def next_due(
    cadence: Cadence, *, began_at: Instant, ended_at: Instant | None, last_at: Instant | None
) -> Instant:
    """When the next blood pressure is due, counted from the dose and from the last reading after it began.

    Missing: without a reading since the dose began, the first is due at once, or when the first span is over.
    """
    if cadence.during is not None:
        return _running(cadence.during, cadence.after, began_at, ended_at, last_at)
    points = [began_at.plus(span) for span in cadence.at]
    left = [point for point in points if last_at is None or point > last_at]
    if left:
        return left[0]
    return (last_at or points[-1]).plus(cadence.after)


def _running(
    during: Span, after: Span, began_at: Instant, ended_at: Instant | None, last_at: Instant | None
) -> Instant:
    last = last_at if last_at is not None and last_at > began_at else began_at
    if ended_at is None or last < ended_at:
        # A reading that was due while the dose ran stays due, though the dose has ended since.
        return last.plus(during)
    return last.plus(after)


@cache
def packaged_cadences() -> Mapping[Route, Cadence]:
    """The cadences this version came with."""
    return cadences_from("cadence.yaml", text_of("cadence.yaml"))


def cadences_from(file: str, text: str) -> Mapping[Route, Cadence]:
    """Reads the cadence of every route.

    Raises: DeclarationError, with file and line, when a route, a number or a source is lacking or wrong.
    """
    whole = declared(file, text)
    parts = whole.parts(needed=("version", "effective_on", "unit", "routes", "sources"))
    sources, unit = sources_from(parts["sources"]), parts["unit"]
    found = {name.one_of(Route): _cadence(part, unit, sources) for name, part in parts["routes"].pairs()}
    if lacking := [route.value for route in Route if route not in found]:
        raise parts["routes"].wrong(f"{', '.join(lacking)} must be given.")
    return MappingProxyType(found)


def _cadence(part: Declared, unit: Declared, sources: Sources) -> Cadence:
    given = part.parts(needed=("after", "source"), optional=("at", "during"))
    if ("at" in given) == ("during" in given):
        raise part.wrong("give the minutes vital signs are due at, or how often while the dose runs.")

    def span(of: Declared) -> Span:
        return of.made(lambda: Span.of(of.number(), unit.text()))

    at = tuple(span(one) for one in given["at"].listed()) if "at" in given else ()
    if list(at) != sorted(at):
        raise part.wrong("the minutes must rise.")
    return Cadence(
        at=at,
        during=span(given["during"]) if "during" in given else None,
        after=span(given["after"]),
        source=cited(given["source"], sources),
    )
