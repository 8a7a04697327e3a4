"""A backup put back into use: loaded beside the old database, proven there, then given its name."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.config.environment import Environment
from kap_clinic.database.addresses import BACKUP, DATABASE, OWNER, Address
from kap_clinic.database.backup import Backup, Tell
from kap_clinic.database.cluster import Cluster, cluster_of
from kap_clinic.database.programs import program_for
from kap_clinic.database.restore import load
from kap_clinic.database.roles import establish_grants
from kap_clinic.keys.keyring_file import read_keyring
from kap_clinic.processes.state import only_one

from .backups import counted
from .copies import heads_of, proven, rows_told
from .heads import HeadKind
from .marks import mark
from .verification import Proof

_NEW, _OLD = "kap_restoring", "kap_before_restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore has brought back.

    Missing: ``rows`` is None where the role that loaded them may not see them all.
    """

    backup: str
    database: str
    seconds: float
    proofs: tuple[Proof, ...]
    rows: int | None = None
    kept_as: str = ""


def restore_built_in(
    environment: Environment, backup: Backup, tell: Tell, *, may_replace: bool, may_be_unproven: bool
) -> Restored:
    """Put a backup in the place of the built-in database; the old one is kept under another name.

    Nothing is replaced before the copy is whole, counted and proven.

    Raises: Refused while the clinic runs, or when there is data and nobody said it may be replaced; KapError.
    """
    started = time.monotonic()
    with only_one(environment.home), cluster_of(environment).in_use(tell) as cluster:
        if not may_replace and _holds_data(cluster):
            raise Refused(_NOT_EMPTY)
        fresh = _fresh_database(cluster)
        load(backup, cluster.address(OWNER, _NEW), pg_restore=cluster.binaries / "pg_restore", tell=tell)
        copy = cluster.address(BACKUP, _NEW)
        wrong, rows = counted(backup, copy)
        if wrong:
            raise Refused(_miscounted(wrong))
        proofs = _proven(environment, backup, copy, tell, may_be_unproven=may_be_unproven)
        kept_as = _swap(fresh)
        _mark(environment, backup)
    return Restored(
        backup=str(backup.folder),
        database=DATABASE,
        seconds=round(time.monotonic() - started, 2),
        proofs=proofs,
        rows=rows,
        kept_as=kept_as,
    )


def restore_into(
    environment: Environment, backup: Backup, owner: Address, tell: Tell, *, may_be_unproven: bool
) -> Restored:
    """Load a backup into an empty database of a server, as its owner.

    Raises: Refused, KapError.
    """
    started = time.monotonic()
    program = program_for(environment, "pg_restore", _major_of(owner))
    load(backup, owner, pg_restore=program.path, tell=tell)
    proofs = _proven(environment, backup, owner, tell, may_be_unproven=may_be_unproven)
    _mark(environment, backup)
    return Restored(
        backup=str(backup.folder),
        database=owner.database,
        seconds=round(time.monotonic() - started, 2),
        proofs=proofs,
    )


_NOT_EMPTY = sentence(
    "There is a clinic's data in this database. To put the backup in its place, add --yes: what is here now "
    "is kept as the database {name} beside it.",
    name=_OLD,
)


def _miscounted(tables: list[str]) -> Any:
    return sentence(
        "The copy does not hold as many rows as the manifest says, in {tables}. Nothing was replaced.",
        tables=", ".join(tables),
    )


def _proven(
    environment: Environment, backup: Backup, copy: Address, tell: Tell, *, may_be_unproven: bool
) -> tuple[Proof, ...]:
    proofs = tuple(proven(copy, backup.manifest, environment.home, rows_told(tell)))
    broken = [proof for proof in proofs if not proof.is_intact]
    if broken and not may_be_unproven:
        raise Refused(
            sentence(
                "The audit in this backup is not what was sealed: {why} Nothing was replaced. Take another "
                "backup; to restore this one all the same, add --unproven.",
                why=broken[0].problems[0].reason,
            )
        )
    return proofs


def _mark(environment: Environment, backup: Backup) -> None:
    ring = read_keyring(environment.home)
    # Without the keyring nothing can be signed; beginning a new one leaves a mark of its own.
    if ring is not None:
        mark(environment.home, ring, HeadKind.RESTORED, heads_of(backup.manifest))


def _holds_data(cluster: Cluster) -> bool:
    with psycopg.connect(**cluster.superuser_address(DATABASE).conninfo()) as server:
        [(known,)] = server.execute(
            "SELECT to_regclass('public.organizations_tenant') IS NOT NULL"
        ).fetchall()
        if not known:
            return False
        [(holds,)] = server.execute("SELECT EXISTS (SELECT 1 FROM organizations_tenant)").fetchall()
    return bool(holds)


def _fresh_database(cluster: Cluster) -> Address:
    superuser = cluster.superuser_address()
    with psycopg.connect(**superuser.conninfo(), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_NEW)))
        make = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'")
        server.execute(make.format(sql.Identifier(_NEW), sql.Identifier(OWNER)))
    establish_grants(superuser.on(_NEW))
    return superuser


def _swap(superuser: Address) -> str:
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with psycopg.connect(**superuser.conninfo(), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_OLD)))
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY(%s)",
            [[DATABASE, _NEW]],
        )
        # Both names change in one transaction: there is never a moment without a database of ours.
        with server.transaction():
            server.execute(rename.format(sql.Identifier(DATABASE), sql.Identifier(_OLD)))
            server.execute(rename.format(sql.Identifier(_NEW), sql.Identifier(DATABASE)))
    return _OLD


def _major_of(owner: Address) -> int:
    with psycopg.connect(**owner.conninfo()) as connection:
        return connection.info.server_version // 10000
