"""Where the database is and who we are to it: one address for each of our roles.

The built-in database has a private socket and a password for each role in the keys folder; a server has the
addresses an administrator gave. Passwords never appear in a repr, a message or a process's argument list.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from psycopg import OperationalError, connect

from kap_clinic.config.environment import DatabaseUrls, Environment

SUPER, OWNER, APP, BACKUP = "kap_super", "kap_owner", "kap_app", "kap_backup"
DATABASE = "kap"
PORT = 5432
# A socket's whole path must fit the operating system's field: 107 bytes on Linux, 103 on macOS.
LONGEST_SOCKET_PATH = 103


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """One database as one role.

    Missing: a password of None has not been made yet, because the database has never been started.
    """

    host: str
    database: str
    user: str
    password: str | None = field(repr=False)
    port: int = PORT
    options: Mapping[str, str] = field(default_factory=dict)

    def on(self, database: str) -> Address:
        """Names another database of the same server."""
        return replace(self, database=database)

    def conninfo(self) -> dict[str, Any]:
        """Gives what psycopg.connect takes."""
        known = {"host": self.host, "port": self.port, "dbname": self.database, "user": self.user}
        return {**self.options, **known, "password": self.password or ""}

    def for_django(self) -> dict[str, Any]:
        """Gives what a Django database setting takes."""
        known = {"NAME": self.database, "USER": self.user, "PASSWORD": self.password or "", "HOST": self.host}
        return {**known, "PORT": str(self.port), "OPTIONS": dict(self.options)}

    def for_programs(self) -> dict[str, str]:
        """Gives the variables pg_dump, pg_restore and psql read, so that no password is an argument."""
        known = {
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGDATABASE": self.database,
            "PGUSER": self.user,
        }
        options = {"PG" + name.upper(): value for name, value in self.options.items()}
        return {**options, **known, "PGDATABASE": self.database, "PGPASSWORD": self.password or ""}


def address_from(url: str) -> Address:
    """Reads a PostgreSQL address, such as postgresql://role:password@host:5432/kap?sslmode=verify-full."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return Address(
        host=parts.hostname or options.pop("host", ""),
        port=parts.port or int(options.pop("port", PORT)),
        database=unquote(parts.path.lstrip("/")),
        user=unquote(parts.username or options.pop("user", "")),
        password=unquote(parts.password or options.pop("password", "")),
        options=options,
    )


def addresses_of(environment: Environment) -> dict[str, dict[str, Any]]:
    """Gives the Django settings of the roles app, owner and backup."""
    return {role: address.for_django() for role, address in role_addresses(environment).items()}


def role_addresses(environment: Environment) -> dict[str, Address]:
    """Gives the addresses of the roles app, owner and backup.

    Missing: on a server, a role without an address gets the app's, which the server will refuse its work.
    """
    if environment.database:
        return _server_addresses(environment.database)
    passwords = read_passwords(environment.home)
    roles = {"app": APP, "owner": OWNER, "backup": BACKUP}
    return {role: built_in_address(environment.home, name, passwords) for role, name in roles.items()}


def built_in_address(
    home: Path, role: str, passwords: Mapping[str, str], database: str = DATABASE
) -> Address:
    """Gives the address of one role of the built-in database."""
    return Address(host=str(socket_folder(home)), database=database, user=role, password=passwords.get(role))


def _server_addresses(urls: DatabaseUrls) -> dict[str, Address]:
    given = {"app": urls.app, "owner": urls.owner or urls.app, "backup": urls.backup or urls.app}
    return {role: address_from(url) for role, url in given.items()}


def socket_folder(home: Path) -> Path:
    """Names the private folder of the built-in database's socket, a short one where the usual is too long."""
    usual = home / "database" / "socket"
    if len(os.fsencode(usual / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
        return usual
    return Path("/tmp") / f"kap-{os.geteuid()}-{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}"


def passwords_file(home: Path) -> Path:
    """Names the file with the passwords of the built-in database's roles."""
    return home / "keys" / "database.json"


def read_passwords(home: Path) -> dict[str, str]:
    """Reads the passwords of the built-in database's roles.

    Missing: none when the database has never been started.
    """
    try:
        read: dict[str, str] = json.loads(passwords_file(home).read_text())
    except FileNotFoundError:
        return {}
    return read


def make_passwords(home: Path) -> dict[str, str]:
    """Gives every role a password that has none, and keeps them in a file only we can read."""
    file, passwords = passwords_file(home), read_passwords(home)
    wanted = {role: passwords.get(role) or secrets.token_hex(32) for role in (SUPER, OWNER, APP, BACKUP)}
    if wanted != passwords:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        making = file.with_suffix(".making")
        making.unlink(missing_ok=True)
        with open(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(wanted, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        making.replace(file)
    return wanted


def why_refused(address: Address) -> str | None:
    """Tries an address and says why it was refused, without a password.

    Missing: nothing when it lets us in.
    """
    try:
        connect(**address.conninfo(), connect_timeout=5).close()
    except OperationalError as refused:
        return str(refused).splitlines()[-1]
    return None
