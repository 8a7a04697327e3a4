"""The three roles of the clinic, and the database they share: their SQL, written once.

kap_owner owns the tables and migrates, under the same row-level security as everybody. kap_app serves pages
and may never pass by that security. kap_backup passes by it to read everything, and can write nothing.
The built-in database runs this at every start; for a server `kap doctor` prints it for its administrator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import psycopg
from psycopg import sql

from kap_clinic.database.addresses import APP, BACKUP, DATABASE, OWNER, Address

ATTRIBUTES = {
    OWNER: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS",
    APP: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS",
    BACKUP: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS",
}

# What only the database's own schema decides; tables bring their grants with their migrations.
IN_THE_DATABASE = (
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    f"GRANT CONNECT, TEMPORARY ON DATABASE {{database}} TO {OWNER}",
    f"GRANT CONNECT ON DATABASE {{database}} TO {APP}, {BACKUP}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}",
    f"GRANT USAGE ON SCHEMA public TO {APP}, {BACKUP}",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT SELECT ON TABLES TO {BACKUP}",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT SELECT ON SEQUENCES TO {BACKUP}",
    f"ALTER ROLE {BACKUP} SET default_transaction_read_only = on",
)


def establish_roles(superuser: Address, passwords: Mapping[str, str], database: str = DATABASE) -> None:
    """Makes the roles and the database, or mends them to be as they should."""
    with psycopg.connect(**superuser.conninfo(), autocommit=True) as connection:
        present = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        for role, attributes in ATTRIBUTES.items():
            verb = "ALTER" if role in present else "CREATE"
            command = sql.SQL(f"{verb} ROLE {{}} {attributes} PASSWORD {{}}")
            connection.execute(command.format(sql.Identifier(role), sql.Literal(passwords[role])))
        databases = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
        if database not in databases:
            make = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'")
            connection.execute(make.format(sql.Identifier(database), sql.Identifier(OWNER)))
    establish_grants(superuser.on(database))


def establish_grants(superuser: Address) -> None:
    """Takes from everybody what PostgreSQL gives by default in one database, and gives each role its own."""
    with psycopg.connect(**superuser.conninfo()) as connection:
        for command in IN_THE_DATABASE:
            named = sql.SQL(command).format(database=sql.Identifier(superuser.database))
            connection.execute(named)


def server_sql() -> Iterator[str]:
    """Writes what the administrator of a server runs once, as its superuser, in psql."""
    for role, attributes in ATTRIBUTES.items():
        yield f"CREATE ROLE {role} {attributes};"
        yield f"\\password {role}"
    yield f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8';"
    yield f"\\connect {DATABASE}"
    yield from (command.format(database=DATABASE) + ";" for command in IN_THE_DATABASE)
