"""A backup: one folder with a dump of the whole database and a manifest that says what must be in it.

Everything in the manifest was read in the dump's own snapshot. It never holds a key, and says so.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from kap.vocabulary.errors import KapError, Refused
from kap.vocabulary.sentences import sentence

from .addresses import Address
from .programs import CopyProgram, variables_for

SCHEMA = "openkap.backup/1"
DUMP, MANIFEST = "kap.dump", "manifest.json"
_MAKING = ".making-"
NO_KEYS = (
    "This backup holds no keys. Without a copy of keys/keyring.json, kept apart from it, its sealed texts "
    "stay unreadable for everybody."
)
Tell = Callable[[str], None]
Read = Callable[[Any, Any], list[tuple[Any, ...]]]

_COUNT = sql.SQL("SELECT count(*) FROM public.{}")


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup and what its manifest says."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def dump(self) -> Path:
        """Name the file with the data."""
        return self.folder / DUMP


def make_backup(
    source: Address,
    into: Path,
    *,
    pg_dump: Callable[[int], CopyProgram],
    describe: Callable[[Read], dict[str, Any]],
    sign: Callable[[dict[str, Any]], dict[str, Any]],
    tell: Tell,
) -> Backup:
    """Dump the database as the backup role into a new folder; it appears whole or not at all.

    Shape: ``describe`` reads in the dump's snapshot what else the manifest says; ``sign`` adds who vouches.
    Raises: KapError, Refused.
    """
    at = datetime.now(UTC)
    with _appearing_whole(into, f"{at:%Y-%m-%dT%H-%M-%S.%fZ}") as making:
        with _snapshot(source) as (read, snapshot, major):
            program = pg_dump(major)
            manifest = {"schema": SCHEMA, "made_at": at.isoformat(timespec="seconds"), **_versions(read)}
            manifest |= {"needs_major": program.major, "tables": row_counts(read), **describe(read)}
            _dump(source, making / DUMP, program.path, snapshot, len(manifest["tables"]), tell)
        manifest |= {"sha256": sha256_of(making / DUMP), "bytes": (making / DUMP).stat().st_size}
        manifest |= {"holds_no_keys": True, "about_keys": NO_KEYS}
        signed = sign(manifest)
        _write(making / MANIFEST, json.dumps(signed, indent=1))
    return Backup(into / making.name.removeprefix(_MAKING), signed)


@contextmanager
def _appearing_whole(into: Path, name: str) -> Iterator[Path]:
    """Give a folder to write in, which gets its name only when all of it is on the disk."""
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = into / f"{_MAKING}{name}"
    making.mkdir(mode=0o700)
    try:
        yield making
        settle(making)
        making.rename(into / name)
        settle(into)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise


def row_counts(read: Read) -> dict[str, int]:
    """Count the rows of every table, as a role that row-level security lets see all."""
    names = read(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
        "ORDER BY relname",
        None,
    )
    return {name: read(_COUNT.format(sql.Identifier(name)), None)[0][0] for (name,) in names}


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def settle(folder: Path) -> None:
    """Wait until the disk holds a folder's entries."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _snapshot(source: Address) -> Iterator[tuple[Read, str, int]]:
    try:
        connection = psycopg.connect(**source.conninfo())
    except psycopg.OperationalError as refused:
        raise KapError(
            "The database cannot be reached as the backup role: start it, or look with ./kap doctor."
        ) from refused
    with connection:
        connection.isolation_level, connection.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True

        def read(query: str, parameters: Any) -> list[tuple[Any, ...]]:
            return connection.execute(query, parameters).fetchall()

        [(may_see_all,)] = read("SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user", None)
        if not may_see_all:
            raise Refused(
                sentence(
                    "The role {role} may not read past row-level security: its backup would be empty. Give "
                    "the backup role's address in DATABASE_URL_BACKUP; ./kap doctor prints how it is made.",
                    role=source.user,
                )
            )
        [(snapshot,)] = read("SELECT pg_export_snapshot()", None)
        yield read, snapshot, connection.info.server_version // 10000


def _versions(read: Read) -> dict[str, Any]:
    [(server,)] = read("SELECT current_setting('server_version')", None)
    try:
        ours = version("openkap")
    except PackageNotFoundError:
        ours = "from a checkout"
    migrations = read("SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app", None)
    return {
        "openkap": ours,
        "postgresql": server,
        "major": int(server.split(".")[0]),
        "migrations": dict(migrations),
    }


def _dump(source: Address, file: Path, pg_dump: Path, snapshot: str, tables: int, tell: Tell) -> None:
    command = [pg_dump, "--format=custom", "--verbose", f"--snapshot={snapshot}", f"--file={file}"]
    file.touch(mode=0o600)
    done, said = 0, ""
    with subprocess.Popen(
        [str(word) for word in command],
        env=dict(variables_for(source)),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
    ) as running:
        assert running.stderr is not None  # asked for above
        for line in running.stderr:
            if "dumping contents of table" in line:
                done += 1
                tell(f"Table {done} of {tables} ...")
            said = line.strip() or said
    if running.returncode != 0:
        raise KapError(f"The database could not be dumped; nothing was written. pg_dump said: {said}")
    with file.open("rb") as opened:
        os.fsync(opened.fileno())


def _write(file: Path, text: str) -> None:
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text + "\n")
        out.flush()
        os.fsync(out.fileno())
