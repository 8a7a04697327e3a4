"""Whether a database was already made ready by this very code, so that most starts need not load Django.

The mark lies in the database itself, as its comment: a restored or replaced database never carries it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import psycopg
from psycopg import sql

from kap_clinic.config.environment import Environment
from kap_clinic.database.addresses import role_addresses

SOURCE = Path(__file__).parents[2]
READ = """
    SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()
"""


def is_ready(environment: Environment, code: str) -> bool:
    """Says whether this code made this database ready, and nobody took a migration back since."""
    try:
        with _as_owner(environment) as connection:
            found = connection.execute(READ).fetchone()
            return found is not None and found[0] == _mark(connection, code)
    except psycopg.Error:
        return False


def note_ready(environment: Environment, code: str) -> None:
    """Notes in the database that this code made it ready."""
    with _as_owner(environment) as connection:
        command = sql.SQL("COMMENT ON DATABASE {} IS {}")
        name = sql.Identifier(connection.info.dbname)
        connection.execute(command.format(name, sql.Literal(_mark(connection, code))))


def code_digest(environment: Environment) -> str:
    """Names the code and the static files as they lie on the disk."""
    digest = hashlib.sha256(f"{environment.home} {environment.mode}".encode())
    locks = [environment.root / "requirements.lock", environment.home / "static" / ".stamp"]
    files = [path for path in SOURCE.rglob("*") if path.suffix != ".pyc" and path.is_file()]
    for path in [*sorted(files), *locks]:
        found = path.stat() if path.exists() else None
        digest.update(f"{path} {found and (found.st_size, found.st_mtime_ns)}\n".encode())
    return digest.hexdigest()


def _as_owner(environment: Environment) -> psycopg.Connection:
    return psycopg.connect(**role_addresses(environment)["owner"].conninfo(), connect_timeout=10)


def _mark(connection: psycopg.Connection, code: str) -> str:
    counted = connection.execute("SELECT count(*) FROM django_migrations").fetchone()
    return f"OpenKAP made this ready: {code} {counted and counted[0]}"
