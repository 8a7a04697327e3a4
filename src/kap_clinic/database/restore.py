"""A backup read back: checked against its manifest first, loaded by the owner, in one transaction.

The owner is under row-level security like everybody; a dump switches that on only after its rows are loaded.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import psycopg

from kap.vocabulary.errors import InputError, KapError, Refused
from kap.vocabulary.sentences import sentence

from .addresses import Address
from .backup import DUMP, MANIFEST, SCHEMA, Backup, Tell, sha256_of
from .programs import variables_for

_TAMPERED = sentence(
    "This backup is not what was written: its dump has another SHA-256 than its manifest says. Nothing was "
    "restored. Take an older backup, and find out who could write to its folder."
)


def read_backup(folder: Path) -> Backup:
    """Read a backup and check that its dump is what was written.

    Raises: InputError where there is no backup, Refused for one that was changed.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError) as wrong:
        raise InputError(
            f"There is no backup in {folder}: {MANIFEST} is missing or cannot be read."
        ) from wrong
    if not isinstance(manifest, dict) or manifest.get("schema") != SCHEMA:
        raise InputError(f"{folder / MANIFEST} is not a manifest of ours: expected {SCHEMA}.")
    if not (folder / DUMP).is_file():
        raise InputError(f"The backup in {folder} is incomplete: {DUMP} is missing.")
    if sha256_of(folder / DUMP) != manifest.get("sha256"):
        raise Refused(_TAMPERED)
    return Backup(folder, manifest)


def newest_backup(folder: Path) -> Path | None:
    """Name the newest finished backup; None where there is none."""
    found = sorted(one.parent for one in folder.glob(f"[0-9]*/{MANIFEST}"))
    return found[-1] if found else None


def refuse_unfit_target(backup: Backup, owner: Address) -> None:
    """Refuse to load into a database that holds anything, or into an older PostgreSQL.

    Raises: Refused, KapError.
    """
    with _connected(owner) as connection:
        major = connection.info.server_version // 10000
        [(things,)] = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        ).fetchall()
    if things:
        raise Refused(
            sentence(
                "The database {name} is not empty, and a restore never writes over anything. Give an empty "
                "one with --into.",
                name=owner.database,
            )
        )
    if major < backup.manifest["needs_major"]:
        raise Refused(
            sentence(
                "This backup was made by PostgreSQL {made} and this server is {major}: restore into the same "
                "or a newer major version.",
                made=backup.manifest["needs_major"],
                major=major,
            )
        )


def load(backup: Backup, owner: Address, *, pg_restore: Path, tell: Tell) -> None:
    """Load a backup into an empty database as its owner: everything, or nothing at all.

    Raises: KapError with what PostgreSQL said, Refused.
    """
    refuse_unfit_target(backup, owner)
    tables, done, said = len(backup.manifest["tables"]), 0, ""
    command = [pg_restore, "--single-transaction", "--exit-on-error", "--no-owner", "--verbose"]
    with subprocess.Popen(
        [str(word) for word in [*command, f"--dbname={owner.database}", backup.dump]],
        env=dict(variables_for(owner)),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
    ) as running:
        assert running.stderr is not None  # asked for above
        for line in running.stderr:
            if "processing data for table" in line:
                done += 1
                tell(f"Table {done} of {tables} ...")
            said = line.strip() if "error:" in line else said
    if running.returncode != 0:
        raise KapError(f"The backup could not be loaded; the database is as it was. PostgreSQL said: {said}")
    with _connected(owner) as connection:
        connection.autocommit = True
        connection.execute("ANALYZE")


def differing_counts(backup: Backup, counted: dict[str, int]) -> list[str]:
    """Name the tables whose rows are not as many as the manifest says."""
    said: dict[str, Any] = backup.manifest["tables"]
    return sorted(name for name in said.keys() | counted.keys() if said.get(name) != counted.get(name))


def _connected(address: Address) -> psycopg.Connection[tuple[Any, ...]]:
    try:
        return psycopg.connect(**address.conninfo())
    except psycopg.OperationalError as refused:
        raise KapError(
            f"Database {address.database} cannot be reached as {address.user}: start it, or mend its address."
        ) from refused
