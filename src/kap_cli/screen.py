"""`kap screen`: what the rules say about the people in one FHIR file; it reads, and keeps nothing."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kap.protocols import shelf as protocols
from kap.screening.screening import Treatment
from kap.vocabulary.errors import InputError
from kap.vocabulary.routes import Drug, Route

if TYPE_CHECKING:
    from kap.screening.record import PersonRecord
    from kap.screening.screening import Screening
    from kap.vocabulary.facts import Fact
    from kap.vocabulary.findings import Finding
    from kap_fhir.reading import Reading


def screen(
    file: Annotated[Path, typer.Argument(help="FHIR R4: a Bundle, one resource or NDJSON, plain or gzip.")],
    drug: Annotated[Drug, typer.Option(help="What is to be given.")] = Drug.KETAMINE,
    protocol: Annotated[str | None, typer.Option(help="The protocol's id, where one is chosen.")] = None,
    route: Annotated[Route, typer.Option(help="How it is to be given.")] = Route.IV,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of which day; today without.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.screen/1.")] = False,
) -> None:
    """Screen the people in a FHIR file: every finding with its facts, its source and what would change it."""
    from kap.screening.screening import screen as screened  # noqa: PLC0415 -- slow import
    from kap_fhir.reading import read_people  # noqa: PLC0415 -- slow import

    day = on.date() if on else datetime.now(UTC).astimezone().date()
    treatment = Treatment(drug, route, _known(protocol, drug, route))
    reading = read_people(file, on=day)
    for note in reading.notes:
        print(note, file=sys.stderr)
    screenings = [screened(person, treatment, day) for person in _with_the_rest(reading)]
    for screening in screenings:
        if as_json:
            print(json.dumps(answer_of(screening, is_one_of_several=len(screenings) > 1), ensure_ascii=False))
        else:
            print("\n".join(_lines(screening)))


def _known(protocol: str | None, drug: Drug, route: Route) -> str | None:
    """The protocol's id, if there is such a protocol and it gives this drug by this route.

    Raises: InputError.
    """
    if protocol is None:
        return None
    about = protocols.protocol(protocol).about
    if about.drug is not drug or route not in about.routes:
        ways = " or ".join(one.value for one in about.routes)
        raise InputError(
            f"The protocol {protocol!r} gives {about.drug.value} by {ways}: "
            f"ask for it with --drug {about.drug.value} --route {about.routes[0].value}."
        )
    return protocol


def _with_the_rest(reading: Reading) -> list[PersonRecord]:
    """Everyone in the file; what names nobody is shown with each of several, so that nobody misses it."""
    if len(reading.people) == 1:
        return list(reading.people)
    return [
        replace(person, not_understood=(*person.not_understood, *reading.unplaced))
        for person in reading.people
    ]


def answer_of(screening: Screening, *, is_one_of_several: bool) -> dict[str, Any]:
    """The answer as openkap.screen/1 promises it."""
    person = {"person": screening.person} if is_one_of_several else {}
    return {
        "schema": "openkap.screen/1",
        **person,
        "protocol": screening.treatment.protocol,
        "on": screening.on.isoformat(),
        "verdict": screening.verdict.value,
        "findings": [_finding(finding) for finding in screening.findings],
        "unknown": list(screening.unknown),
        "not_screened": list(screening.not_screened),
        "not_understood": [
            {"from": part.came_from, "why": str(part.why)} for part in screening.not_understood
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    source = finding.because.source
    # A caution and a go-ahead bind nobody and wait for nobody: they have neither scope nor way out.
    is_binding = finding.clears_by is not None
    return {
        "rule": finding.rule,
        "verdict": finding.verdict.value,
        "scope": finding.scope.value if is_binding else None,
        "clears_by": finding.clears_by.way.value if finding.clears_by else None,
        "reason": str(finding.because.reason),
        "facts": [_fact(fact) for fact in finding.because.facts],
        "source": {
            "key": getattr(source, "key", None) or getattr(source, "address", None),
            "citation": source.citation,
            "verified": source.verified,
        },
        "would_change_if": str(finding.because.would_change_if),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    value, unit = fact.value, fact.unit.value if fact.unit else None
    day = fact.day or fact.when
    return {
        "what": fact.what,
        "value": _plain(value),
        "unit": unit or getattr(value, "UNIT", None) or getattr(value, "unit", None),
        "on": str(day) if day else None,
        "from": fact.came_from or None,
    }


def _plain(value: object) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
    return str(value)


def _lines(screening: Screening) -> list[str]:
    lines = [f"{screening.person}: {screening.verdict.value} on {screening.on.isoformat()}"]
    for finding in screening.findings:
        because = finding.because
        lines.append(f"  {finding.verdict.value:<8} {finding.rule}: {because.reason}")
        lines += [f"           {fact.in_words()}" for fact in because.facts]
        if finding.clears_by:
            lines.append(f"           → {because.would_change_if}")
    lines.append(f"  not asked yet: {', '.join(screening.not_screened)}")
    return lines + [f"  not understood: {part.came_from}: {part.why}" for part in screening.not_understood]
