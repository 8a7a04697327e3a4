"""`kap protocol`: which protocols there are, what one says, and the dated plan it makes from a first day."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from kap.planning.plan import Plan, PlannedEvent
from kap.planning.planning import plan
from kap.protocols.definition import OnDay, Protocol, Rule, Session
from kap.protocols.shelf import library
from kap.protocols.shelf import protocol as protocol_of
from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_Id = Annotated[str, typer.Argument(help="The protocol's id, as ./kap protocol list shows it.")]


@app.callback()
def protocol() -> None:
    """Show treatment protocols, and lay one over days."""


@app.command("list")
def list_protocols(
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.protocol-list/1.")] = False,
) -> None:
    """List the protocols there are."""
    if as_json:
        print(json.dumps({"schema": "openkap.protocol-list/1", "protocols": [_head(p) for p in library()]}))
        return
    for one in library():
        print(f"{one.key:<22} {len(one.dose_sessions)} doses   {one.about.title}")


@app.command()
def show(
    id: _Id,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.protocol-show/1.")] = False,
) -> None:
    """Show one protocol: its sessions, its rules and where each number comes from."""
    found = protocol_of(id)
    if as_json:
        print(json.dumps(_document(found), ensure_ascii=False))
        return
    print(f"{found.key}: {found.about.title}\n{found.about.describes}\n")
    for name, rule in _rules(found).items():
        mark = "" if rule.source.verified else " (unverified)"
        print(f"  {name:<14} {rule.amount}{mark}: {rule.source.citation}")
    for session in found.sessions:
        print(f"  {_when(session):<26} {session.kind.value:<12} {session.id:<16} {session.title}")


@app.command()
def apply(
    id: _Id,
    start: Annotated[str, typer.Option(help="Day 1, as YYYY-MM-DD.")],
    time_zone: Annotated[str, typer.Option(help="The zone of the place, like America/Denver.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.protocol-apply/1.")] = False,
) -> None:
    """Lay a protocol over days: dated sessions with their windows, in the place's own time."""
    made = plan(protocol_of(id), _day(start), time_zone)
    if as_json:
        events = [_event(made, event) for event in _in_time(made)]
        print(
            json.dumps(
                {"schema": "openkap.protocol-apply/1", "protocol": made.protocol.id, "events": events},
                ensure_ascii=False,
            )
        )
        return
    for event in _in_time(made):
        begins = event.time.opens_at.in_zone(made.zone).strftime("%a %Y-%m-%d %H:%M %z")
        ends = event.time.closes_at.in_zone(made.zone).strftime("%H:%M")
        print(f"day {made.day_of(event):>3}  {begins} to {ends}  {event.session.title}")
        for reason in event.reasons:
            print(f"         {reason}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError as wrong:
        raise InputError(f"{text[:40]!r} is not a day: write it as YYYY-MM-DD, like 2026-11-30.") from wrong


def _in_time(made: Plan) -> list[PlannedEvent]:
    return sorted(made.events, key=lambda event: event.time.opens_at)


def _event(made: Plan, event: PlannedEvent) -> dict[str, Any]:
    def shown(at: Instant) -> str:
        return at.in_zone(made.zone).isoformat()

    reasons = {"reasons": [str(reason) for reason in event.reasons]} if event.reasons else {}
    return {
        "id": event.session.id,
        "kind": event.session.kind.value,
        "phase": event.session.phase,
        "day": made.day_of(event),
        "start": shown(event.time.opens_at),
        "end": shown(event.time.closes_at),
        "window": {
            "not_before": shown(event.window.opens_at),
            "not_after": shown(event.window.closes_at),
        },
        "needs": list(event.session.needs),
        **reasons,
    }


def _head(found: Protocol) -> dict[str, Any]:
    return {
        "id": found.id,
        "version": found.version,
        "title": found.about.title,
        "drug": found.about.drug.value,
        "routes": [route.value for route in found.about.routes],
        "doses": len(found.dose_sessions),
        "effective_on": found.about.effective_on.isoformat(),
    }


def _rules(found: Protocol) -> Mapping[str, Rule[Any]]:
    doses = found.doses
    return {
        "dose": doses.start, "over": doses.over, "spacing": doses.spacing,
        "usual_spacing": doses.usual_spacing, "put_off": found.put_off,
    }  # fmt: skip


def _document(found: Protocol) -> dict[str, Any]:
    return {
        "schema": "openkap.protocol-show/1",
        **_head(found),
        "describes": found.about.describes,
        "rules": {
            name: {
                "amount": rule.amount.ucum,
                "source": {"citation": rule.source.citation, "verified": rule.source.verified},
            }
            for name, rule in _rules(found).items()
        },
        "night": {
            "from": f"{found.night.begins:%H:%M}",
            "to": f"{found.night.ends:%H:%M}",
            "source": {"citation": found.night.source.citation, "verified": found.night.source.verified},
        },
        "phases": [{"id": phase.id, "title": phase.title} for phase in found.phases],
        "sessions": [_session(one) for one in found.sessions],
        "measures": {measure.instrument: list(measure.sessions) for measure in found.measures},
    }


def _session(one: Session) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "phase": one.phase,
        "title": one.title,
        "when": _when(one),
        "minutes": int(one.timing.length.in_unit("min")),
        "needs": list(one.needs),
    }


def _when(session: Session) -> str:
    when = session.timing.when
    if isinstance(when, OnDay):
        return f"day {when.day} at {when.at.strftime('%H:%M')}"
    return f"{when.by} after {when.session}"
