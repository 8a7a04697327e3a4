"""Looks at the machine: Python, account, state folder, disk, clock, protection, processes, ports."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kap_cli.setup_checks import Check
from kap_clinic.config.environment import Environment
from kap_clinic.config.home import PRIVATE
from kap_clinic.database.account import database_account
from kap_clinic.processes.clinic import is_port_free
from kap_clinic.processes.state import read_state

ENOUGH_BYTES = 2 * 1024**3
RENEW_DAYS = 14


def look_at_python(_: Environment) -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check(
        id="python",
        ok=sys.version_info >= (3, 11),
        sentence=f"Python {version}.",
        mend="" if sys.version_info >= (3, 11) else "Install Python 3.11 or newer and name it in KAP_PYTHON.",
    )


def look_at_account(environment: Environment) -> Iterator[Check]:
    if os.geteuid() != 0:
        yield Check(id="account", ok=True, sentence="Runs as an ordinary user.")
        return
    database = "" if environment.database else f"; the database runs as {database_account().name}"
    yield Check(
        id="account",
        ok=True,
        sentence=f"Runs as root{database}.",
        mend="For a clinic with real people, run it as an account of its own.",
    )


def look_at_home(environment: Environment) -> Iterator[Check]:
    home = environment.home
    if not home.exists():
        yield Check(id="home", ok=True, sentence=f"The state folder {home} is made at the first start.")
        return
    can_write = os.access(home, os.W_OK | os.X_OK)
    yield Check(
        id="home",
        ok=can_write,
        sentence=f"The state folder is {home}."
        if can_write
        else f"The state folder {home} cannot be written.",
        mend="" if can_write else "Mend its owner, or name another folder in KAP_HOME.",
    )
    open_parts = [path for path in _private_paths(home) if path.stat().st_mode & 0o077]
    yield Check(
        id="secrets",
        ok=not open_parts,
        sentence=f"{open_parts[0]} can be read by other accounts."
        if open_parts
        else "Keys are readable by us alone.",
        mend=f"chmod -R go-rwx {' '.join(str(home / name) for name in PRIVATE)}" if open_parts else "",
    )


def _private_paths(home: Path) -> list[Path]:
    folders = [home / name for name in PRIVATE if (home / name).exists()]
    return [*folders, *(path for path in (home / "keys").glob("*") if path.is_file())]


def look_at_disk(environment: Environment) -> Iterator[Check]:
    existing = next(path for path in [environment.home, *environment.home.parents] if path.exists())
    free = shutil.disk_usage(existing).free
    yield Check(
        id="disk",
        ok=free >= ENOUGH_BYTES,
        sentence=f"{free / 1024**3:.1f} GB are free where the data lies.",
        mend="" if free >= ENOUGH_BYTES else "Free space: a database that cannot write stops the clinic.",
    )


def look_at_clock(_: Environment) -> Iterator[Check]:
    try:
        ZoneInfo("America/Los_Angeles")
        yield Check(id="time_zones", ok=True, sentence="Time zones are known.")
    except ZoneInfoNotFoundError:
        mend = "Run ./kap again: it installs the package tzdata."
        yield Check(id="time_zones", ok=False, sentence="No time zones are known.", mend=mend)
    # A clock before our own files were written is wrong; doses would be dated wrongly.
    is_behind = time.time() < Path(__file__).stat().st_mtime - timedelta(days=1).total_seconds()
    yield Check(
        id="clock",
        ok=not is_behind,
        sentence=f"The clock says {datetime.now(UTC):%Y-%m-%d %H:%M} UTC.",
        mend="Set the clock of this machine (timedatectl set-ntp true)." if is_behind else "",
    )


def look_at_protection(environment: Environment) -> Iterator[Check]:
    if not environment.has_tls:
        how = (
            "A declared proxy brings TLS."
            if environment.behind_proxy
            else "Only this machine reaches the pages."
        )
        yield Check(id="protection", ok=True, sentence=how)
        return
    from cryptography import x509  # noqa: PLC0415 -- slow import

    assert environment.tls_certificate is not None  # has_tls said so
    until = x509.load_pem_x509_certificate(environment.tls_certificate.read_bytes()).not_valid_after_utc
    is_fresh = until - datetime.now(UTC) > timedelta(days=RENEW_DAYS)
    yield Check(
        id="protection",
        ok=is_fresh,
        sentence=f"Our TLS certificate is valid until {until:%Y-%m-%d}.",
        mend="" if is_fresh else "Renew the certificate and start OpenKAP again.",
    )


def look_at_processes(environment: Environment) -> Iterator[Check]:
    state = read_state(environment.home)
    if state is None:
        yield Check(
            id="processes", ok=True, sentence="OpenKAP does not run here now.", mend="Start it: ./kap serve"
        )
        for port in (environment.port, environment.stream_port):
            is_free = is_port_free(environment.host, port)
            sentence = f"Port {port} is free." if is_free else f"Port {port} is used by another program."
            mend = "" if is_free else "Stop that program, or set KAP_PORT and KAP_STREAM_PORT to others."
            yield Check(id=f"port_{port}", ok=is_free, sentence=sentence, mend=mend)
        return
    yield Check(
        id="processes", ok=True, sentence=f"OpenKAP runs at {state.address} (process {state.supervisor})."
    )
    for service in state.services:
        is_running = service.standing == "running"
        yield Check(
            id=f"process_{service.name}",
            ok=is_running,
            sentence=f"The {service.name} runs."
            if is_running
            else service.sentence or f"The {service.name} starts.",
            mend="" if is_running else f"Read {environment.home / 'logs' / f'{service.name}.log'}.",
        )
