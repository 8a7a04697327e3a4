"""`./kap audit`: shows who did what, whose and when, or takes a copy of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from kap.vocabulary.errors import InputError
from kap.vocabulary.zones import zone, zone_names
from kap_cli.opened import opened_clinic, organizations, told

if TYPE_CHECKING:
    from kap_clinic.audit.queries import Asked, Line


def audit(
    organization: Annotated[str, typer.Option(help="Whose audit, by the organization's id.")],
    start: Annotated[str, typer.Option("--from", help="First day, like 2026-11-21.")] = "",
    end: Annotated[str, typer.Option("--to", help="Last day, like 2026-11-30; it is included.")] = "",
    clock: Annotated[str, typer.Option("--zone", help="Days by the clock of this IANA zone.")] = "UTC",
    actor: Annotated[str, typer.Option(help="The beginning of a person's or program's name.")] = "",
    refused: Annotated[bool, typer.Option("--refused", help="Only what was refused.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Show who did what, whose record, and when; newest first. Taking it leaves a row in it."""
    if clock not in zone_names():
        raise InputError(f"There is no time zone {clock!r}: give an IANA name such as America/Denver.")
    first, last = _day(start, "--from"), _day(end, "--to")
    end_at = _midnight(last and last + timedelta(days=1), clock)
    with told() as tell, opened_clinic(tell):
        from kap_clinic.audit.queries import Asked  # noqa: PLC0415 -- django insists

        [one] = organizations(organization)
        asked = Asked(start=_midnight(first, clock), end=end_at, actor=actor, refused_only=refused)
        lines = _lines(one, asked)
        if as_json:
            _write_json(str(one), asked, lines)
        else:
            _write_words(lines, clock)


def _lines(organization: UUID, asked: Asked) -> Iterable[Line]:
    from kap_clinic.audit.actions import begin_export, exported  # noqa: PLC0415 -- django insists
    from kap_clinic.database.actors import Actor  # noqa: PLC0415 -- django insists

    by = Actor.program("command line")
    begin_export(organization=organization, by=by)
    return exported(organization=organization, by=by, asked=asked)


def _write_json(organization: str, asked: Asked, lines: Iterable[Line]) -> None:
    """Writes one JSON object, entry by entry, so that a long trail needs no memory."""
    from kap_clinic.audit.export import told as fields  # noqa: PLC0415 -- django insists

    head = {
        "schema": "openkap.audit/1",
        "organization": organization,
        "from": asked.start and asked.start.isoformat(),
        "until": asked.end and asked.end.isoformat(),
    }
    print(json.dumps(head)[:-1] + ', "entries": [', end="")
    for place, line in enumerate(lines):
        print((",\n" if place else "\n") + json.dumps(fields(line)), end="")
    print("]}")


def _write_words(lines: Iterable[Line], clock: str) -> None:
    from kap_clinic.audit.export import told as fields  # noqa: PLC0415 -- django insists

    is_empty = True
    for line in lines:
        is_empty = False
        said = fields(line)
        when = line.recorded_at.astimezone(zone(clock)).isoformat(sep=" ", timespec="seconds")
        row = f"row {line.number}" if line.number else "not sealed yet"
        words = (
            f"{when}  {said['actor'] or said['actor_id']}  {said['action_in_words']}  {line.outcome}  {row}"
        )
        print(words)
    if is_empty:
        print("Nothing in the trail answers this.")


def _day(text: str, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(f"{option} is {text!r}: give a day like 2026-11-21.") from None


def _midnight(day: date | None, clock: str) -> datetime | None:
    return datetime.combine(day, time.min, zone(clock)) if day else None
