"""Looks at the database: which PostgreSQL, whether each role gets in, what it may do, what waits."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg

from kap_cli.setup_checks import Check
from kap_clinic.config.environment import Environment
from kap_clinic.database.addresses import Address, role_addresses, why_refused
from kap_clinic.database.cluster import cluster_of
from kap_clinic.database.datafolder import major_of, refuse_wrong_major
from kap_clinic.database.roles import server_sql


def look_at_postgresql(environment: Environment) -> Iterator[Check]:
    if environment.database:
        missing = [role for role in ("owner", "backup") if getattr(environment.database, role) is None]
        names = " and ".join(f"DATABASE_URL_{role.upper()}" for role in missing)
        yield Check(
            id="postgresql",
            ok=not missing,
            sentence="A server's addresses are given."
            if not missing
            else f"A server's address is given, without {names}.",
            mend=f"Set {names}: the owner migrates, backup backs up." if missing else "",
        )
        return
    cluster = cluster_of(environment)
    refuse_wrong_major(cluster.data, cluster.binaries)
    made = "" if major_of(cluster.data) else "; its data is made at the first start"
    yield Check(id="postgresql", ok=True, sentence=f"{cluster.binaries}{made}.")


def look_at_roles(environment: Environment) -> Iterator[Check]:
    if not environment.database and not cluster_of(environment).answers():
        yield Check(
            id="roles", ok=True, sentence="The database does not run now, so its roles were not looked at."
        )
        return
    addresses = role_addresses(environment)
    for role, address in addresses.items():
        refusal = why_refused(address)
        yield Check(
            id=f"role_{role}",
            ok=refusal is None,
            sentence=f"The {role} role reaches the database." if refusal is None else f"{role}: {refusal}",
            mend="" if refusal is None else _how_to_mend_roles(environment),
        )
    yield from _rights(environment, addresses)


def _how_to_mend_roles(environment: Environment) -> str:
    if environment.database is None:
        return "Stop OpenKAP and start it again: it mends its roles."
    return "As the server's superuser, in psql (./kap doctor --server-sql prints it):\n" + "\n".join(
        server_sql()
    )


RIGHTS = {
    "app": (False, "may never pass by the wall between organizations"),
    "owner": (False, "migrates under the wall between organizations"),
    "backup": (True, "must read past the wall between organizations, or a backup would hold nothing"),
}


def _rights(environment: Environment, addresses: dict[str, Address]) -> Iterator[Check]:
    query = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    for role, (should_bypass, why) in RIGHTS.items():
        with psycopg.connect(**addresses[role].conninfo(), connect_timeout=5) as connection:
            found = connection.execute(query).fetchone()
        is_right = found == (False, should_bypass)
        yield Check(
            id=f"rights_{role}",
            ok=is_right,
            sentence=f"The {role} role {'is right: it ' if is_right else 'has wrong rights: it '}{why}.",
            mend="" if is_right else _how_to_mend_roles(environment),
        )


def look_at_migrations(environment: Environment) -> Iterator[Check]:
    if not environment.database and not cluster_of(environment).answers():
        yield Check(
            id="migrations",
            ok=True,
            sentence="The database does not run now; starting it brings it up to date.",
        )
        return
    import django  # noqa: PLC0415 -- slow import

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kap_clinic.config.settings")
    django.setup()
    from kap_clinic.database.preparation import pending  # noqa: PLC0415 -- django insists

    waiting = pending()
    yield Check(
        id="migrations",
        ok=not waiting,
        sentence=f"{len(waiting)} migrations wait, first {waiting[0]}."
        if waiting
        else "The database is up to date.",
        mend="Start OpenKAP again: ./kap serve brings the database up to date." if waiting else "",
    )
