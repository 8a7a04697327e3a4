"""`./kap doctor`: says what is wrong with a set-up and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from kap.vocabulary.errors import KapError
from kap_cli.database_checks import look_at_migrations, look_at_postgresql, look_at_roles
from kap_cli.machine_checks import (
    look_at_account,
    look_at_clock,
    look_at_disk,
    look_at_home,
    look_at_processes,
    look_at_protection,
    look_at_python,
)
from kap_cli.outside_checks import look_at_ways_out
from kap_cli.setup_checks import Check, check_setup
from kap_clinic.config.environment import read_environment
from kap_clinic.database.roles import server_sql

# In the order one would mend what is wrong.
LOOKS = (
    look_at_python,
    look_at_account,
    look_at_home,
    look_at_disk,
    look_at_clock,
    look_at_protection,
    look_at_postgresql,
    look_at_processes,
    look_at_roles,
    look_at_migrations,
    look_at_ways_out,
)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    wants_server_sql: Annotated[
        bool, typer.Option("--server-sql", help="Print what the superuser of a PostgreSQL server runs once.")
    ] = False,
) -> None:
    """Say what is wrong with this set-up and how to mend it; ends with 1 when something is."""
    if wants_server_sql:
        print("\n".join(server_sql()))
        return
    checks = []
    for check in _checks():
        checks.append(check)
        if not as_json:
            _print(check)
    is_well = all(check.ok for check in checks)
    if as_json:
        answer = {"schema": "openkap.doctor/1", "ok": is_well, "checks": [asdict(check) for check in checks]}
        print(json.dumps(answer, indent=1))
    else:
        wrong = sum(not check.ok for check in checks)
        print(
            f"\n{len(checks)} checks, {wrong} to mend."
            if wrong
            else f"\n{len(checks)} checks, nothing to mend."
        )
    raise typer.Exit(0 if is_well else 1)


def _checks() -> Iterator[Check]:
    try:
        environment = read_environment()
    except KapError as wrong:
        yield Check(id="environment", ok=False, sentence=str(wrong), mend="Change that variable.")
        return
    yield Check(id="environment", ok=True, sentence="What this installation was told can be understood.")
    yield from check_setup(environment, LOOKS)


def _print(check: Check) -> None:
    print(f"{'ok  ' if check.ok else 'MEND'}  {check.sentence}")
    for line in check.mend.splitlines():
        print(f"      {line}")
