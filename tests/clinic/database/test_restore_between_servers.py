"""A backup goes into the same major or a newer one, and into the built-in server as a whole."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.clinic.database.conftest import silent
from tests.clones import urls_of

from kap.vocabulary.errors import Refused
from kap_clinic.audit.backups import (
    back_up,
)
from kap_clinic.audit.restoring import restore_built_in, restore_into
from kap_clinic.config.environment import DatabaseUrls, Environment, read_environment
from kap_clinic.database.binaries import every_binaries
from kap_clinic.database.cluster import Cluster, throwaway_cluster
from kap_clinic.database.restore import load

pytestmark = pytest.mark.database


def older_and_newer() -> list[tuple[Any, Any]]:
    found = sorted(every_binaries(), key=lambda one: one.major)
    return [(found[0], found[-1])] if found[0].major < found[-1].major else []


@pytest.mark.slow
@pytest.mark.parametrize(("older", "newer"), older_and_newer(), ids=str)
def test_a_backup_restores_into_a_newer_major_and_never_into_an_older(open_folder, older, newer):
    assert older.major < newer.major
    with (
        throwaway_cluster(open_folder / "old", older) as old,
        throwaway_cluster(open_folder / "new", newer) as new,
    ):
        for cluster in (old, new):
            run_kap_python(cluster, PREPARE if cluster is old else "")
        environment = environment_on(old, open_folder / "old")
        made = back_up(environment, silent)
        target = new.address("kap_owner")
        done = restore_into(
            environment_on(new, open_folder / "old"), made, target, silent, may_be_unproven=False
        )
        assert [proof.sealed for proof in done.proofs] == [2]
        from_new = back_up(environment_on(new, open_folder / "new"), silent)
        with pytest.raises(Refused, match="restore into the same or a newer"):
            load(from_new, empty_on(old), pg_restore=new.binaries / "pg_restore", tell=silent)


PREPARE = """
import django
django.setup()
from kap_clinic.database.preparation import prepare
prepare(is_synthetic=True)
from tests.houses import Clinic
from tests.clinic.audit.chains import Chain
from kap_clinic.keys.ring import home
clinic = Clinic(cluster=None, database="kap")
chain = Chain(clinic=clinic, house=clinic.organization(), folder=home())
chain.fill(1)
chain.seal()
"""


def run_kap_python(cluster: Cluster, program: str) -> None:
    told = {**os.environ, "KAP_HOME": str(cluster.home), "KAP_POSTGRES_BIN": str(cluster.binaries.folder)}
    root = Path(__file__).parents[3]
    subprocess.run(
        [sys.executable, "-c", program],
        env={**told, "PYTHONPATH": f"{root / 'src'}:{root}"},
        check=True,
        cwd=root,
    )


def environment_on(cluster: Cluster, home: Path) -> Environment:
    urls = urls_of(cluster, "kap")
    database = DatabaseUrls(
        app=urls["DATABASE_URL"], owner=urls["DATABASE_URL_OWNER"], backup=urls["DATABASE_URL_BACKUP"]
    )
    found = dataclasses.replace(read_environment(), home=home, database=database)
    return dataclasses.replace(found, postgres_bin=cluster.binaries.folder)


def empty_on(cluster: Cluster) -> Any:
    with psycopg.connect(**cluster.superuser_address().conninfo(), autocommit=True) as server:
        server.execute("CREATE DATABASE emptied OWNER kap_owner TEMPLATE template0")
    return cluster.address("kap_owner", "emptied")


def test_the_built_in_database_is_replaced_whole_and_its_old_self_kept(open_folder):
    binaries = next(every_binaries())
    with throwaway_cluster(open_folder / "home", binaries) as cluster:
        run_kap_python(cluster, PREPARE)
        bare = read_environment({"KAP_HOME": str(cluster.home), "KAP_ROOT": str(open_folder)})
        environment = dataclasses.replace(bare, postgres_bin=binaries.folder)
        made = back_up(environment, silent)
        with pytest.raises(Refused, match="add --yes"):
            restore_built_in(environment, made, silent, may_replace=False, may_be_unproven=False)
        cluster.ensure_started()
        with psycopg.connect(**cluster.superuser_address("kap").conninfo()) as server:
            server.execute("CREATE TABLE written_after_the_backup ()")
        done = restore_built_in(environment, made, silent, may_replace=True, may_be_unproven=False)
        assert (done.rows, done.kept_as) == (sum(made.manifest["tables"].values()), "kap_before_restore")
        cluster.ensure_started()
        for database, is_there in (("kap", False), ("kap_before_restore", True)):
            with psycopg.connect(**cluster.superuser_address(database).conninfo()) as server:
                [(found,)] = server.execute(
                    "SELECT to_regclass('written_after_the_backup') IS NOT NULL"
                ).fetchall()
            assert found is is_there
