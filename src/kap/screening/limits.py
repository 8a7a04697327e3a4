"""The numbers a rule decides by, each with its unit and its source, kept apart from the rule in one document.

A document is versioned and dated. A medical director who wants another number writes a document of their
own; a document that is not whole is refused when it is loaded, with its line, and never at the bedside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeVar

from kap.vocabulary.bands import Bands
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.declared import Declared, declared
from kap.vocabulary.declared_sources import Sources, cited, sources_from
from kap.vocabulary.findings import Verdict
from kap.vocabulary.sources import AnySource

_ABOUT = frozenset({"rule", "version", "effective_on", "decides"})
_BELOW_EVERY_LINE = Verdict.PROCEED.value


@dataclass(frozen=True, slots=True)
class Limit:
    """One number, its unit and where it comes from."""

    value: Decimal
    unit: UcumUnit
    source: AnySource


@dataclass(frozen=True, slots=True)
class Ground:
    """What a rule stands on where no number is needed, such as that any history of a condition excludes."""

    source: AnySource


@dataclass(frozen=True, slots=True)
class Line:
    """Where a verdict begins on a scale; the value on the line belongs to it."""

    verdict: Verdict
    begins: Decimal
    source: AnySource


@dataclass(frozen=True, slots=True)
class Scale:
    """A measurement cut into verdicts: bands that neither overlap nor leave a gap, the worst line first.

    Source: the scale's own, and each line's where it has one.
    """

    bands: Bands
    lines: tuple[Line, ...]

    def line_reached(self, value: Decimal) -> Line | None:
        """The worst line a value reaches; None where it lies below every line."""
        for line in self.lines:
            if value >= line.begins:
                return line
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What every limits document holds: its rule, its version, since when it binds, and what it decides."""

    rule: str
    version: int
    effective_on: date
    decides: str
    unanswered: Ground


Kind = TypeVar("Kind", bound=Limits)


def limits_from(file: str, text: str, kind: type[Kind]) -> Kind:
    """Reads a limits document for one rule.

    Raises: DeclarationError, with file and line, when a number, a ground, a unit or a source is lacking,
    unknown or written wrongly.
    """
    whole = declared(file, text)
    parts = whole.parts(
        needed=("rule", "version", "effective_on", "decides", "grounds", "sources"),
        optional=("limits", "scales"),
    )
    sources = sources_from(parts["sources"])
    groups = (
        _each(parts.get("grounds"), lambda part: Ground(cited(part, sources))),
        _each(parts.get("limits"), lambda part: _limit(part, sources)),
        _each(parts.get("scales"), lambda part: _scale(part, sources)),
    )
    found: dict[str, Any] = {}
    for group in groups:
        if twice := sorted(found.keys() & group.keys()):
            raise whole.wrong(f"{', '.join(twice)} is written twice, in different groups.")
        found |= group
    _refuse_misfits(whole, kind, found)
    return kind(
        rule=parts["rule"].text(),
        version=parts["version"].whole(),
        effective_on=parts["effective_on"].day(),
        decides=parts["decides"].text(),
        **found,
    )


def rule_of(file: str, text: str) -> str:
    """The rule a limits document says it is for."""
    return declared(file, text).named()["rule"].text()


def _each(part: Declared | None, made: Any) -> dict[str, Any]:
    return {} if part is None else {name: made(value) for name, value in part.named().items()}


def _limit(part: Declared, sources: Sources) -> Limit:
    given = part.parts(needed=("value", "unit", "source"))
    unit = given["unit"].made(lambda: UcumUnit(given["unit"].text()))
    return Limit(given["value"].number(), unit, cited(given["source"], sources))


def _scale(part: Declared, sources: Sources) -> Scale:
    given = part.parts(needed=("unit", "step", "source", "lines"))
    lines = tuple(_line(name, line, sources) for name, line in given["lines"].pairs())
    severities = [0, *(line.verdict.severity for line in lines)]
    if any(milder >= worse for milder, worse in pairwise(severities)):
        raise part.wrong("the lines must be written mildest first, each verdict once, and proceed has none.")
    starts = {_BELOW_EVERY_LINE: None, **{line.verdict.value: line.begins for line in lines}}
    bands = part.made(
        lambda: Bands.starting_at(
            starts,
            highest=None,
            step=given["step"].number(),
            unit=UcumUnit(given["unit"].text()),
            source=cited(given["source"], sources),
        )
    )
    return Scale(bands, tuple(reversed(lines)))


def _line(name: Declared, part: Declared, sources: Sources) -> Line:
    given = part.parts(needed=("begins", "source"))
    return Line(name.one_of(Verdict), given["begins"].number(), cited(given["source"], sources))


def _refuse_misfits(whole: Declared, kind: type[Limits], found: Mapping[str, object]) -> None:
    own = {field.name: field.type for field in fields(kind) if field.name not in _ABOUT}
    for name, value in found.items():
        if name not in own:
            raise whole.wrong(f"{name!r} is nothing this rule decides by; it decides by {', '.join(own)}.")
        if type(value).__name__ != own[name]:
            raise whole.wrong(f"{name!r} must be a {own[name]}, not a {type(value).__name__}.")
    if lacking := [name for name in own if name not in found]:
        raise whole.wrong(f"{', '.join(lacking)} must be given.")
