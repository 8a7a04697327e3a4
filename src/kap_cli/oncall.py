"""`kap oncall`: who is called now and next, what nobody covers, and how the ways out were tested."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import import_module
from typing import Annotated, Any

import typer

from kap_cli.opened import opened_clinic, organizations, told


def oncall(
    organization: Annotated[str, typer.Option(help="Whose roster, by the organization's id; else all.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.oncall/1.")] = False,
) -> None:
    """Show who is on call now and in the next two weeks. Changes nothing; looking leaves a row."""
    with told() as tell, opened_clinic(tell) as environment:
        at = datetime.now(UTC)
        document = import_module("kap_clinic.on_call.document").roster_document
        rosters = [document(one, environment, at) for one in organizations(organization)]
    if as_json:
        told_at = at.isoformat(timespec="seconds")
        print(json.dumps({"schema": "openkap.oncall/1", "at": told_at, "organizations": rosters}, indent=2))
        return
    for roster in rosters:
        print("\n".join(_in_words(roster)))


def _in_words(roster: dict[str, Any]) -> list[str]:
    said = [f"{roster['organization']}  {roster['why']}"]
    for when in ("now", "next"):
        said += [
            f"  {when:<5} {one['name']}, {one['called']}, {one['site'] or 'every site'}, "
            f"{one['from']} to {one['until']}"
            for one in roster[when]
        ]
    for gap in roster["gaps"]:
        where = ", ".join(gap["sites"]) or "every site"
        said.append(f"  GAP   {gap['from']} to {gap['until']}, {where}")
    ways = ", ".join(f"{name} ({state})" for name, state in roster["ways_out"].items())
    said.append(f"  ways out: {ways or 'none is set up'}")
    for test in roster["tests"]:
        answered = test["answered"] or ("not answered" if test["given_up"] else "waits")
        said.append(f"  test  {test['sent']} to {test['name']}: {answered}")
    return said
