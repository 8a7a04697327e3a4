"""A backup comes back whole and proven, or says in a sentence why it does not."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.clinic.audit.chains import Chain
from tests.clones import clone, connect_to, drop, urls_of

from kap.vocabulary.errors import InputError, KapError, Refused
from kap_clinic.audit.backups import (
    back_up,
    chosen_backup,
    drill,
    forget_old_backups,
    standing,
)
from kap_clinic.audit.restoring import restore_built_in, restore_into
from kap_clinic.config.environment import DatabaseUrls, Environment, read_environment
from kap_clinic.database.binaries import every_binaries
from kap_clinic.database.cluster import Cluster, throwaway_cluster
from kap_clinic.database.identity import new_id
from kap_clinic.database.restore import load, read_backup

pytestmark = pytest.mark.database

NOTE = {"table": "notes", "column": "text"}


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder the database's own account can enter, which pytest's are not."""
    made = Path(tempfile.mkdtemp(prefix="kap-backup-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


def silent(_: str) -> None:
    """Tell nobody."""


@pytest.fixture
def installation(clinic: Any, open_folder: Path) -> Iterator[Any]:
    """A clinic on a server, with a folder of its own, a sealed text and a sealed trail."""
    from django.conf import settings
    from django.test import override_settings

    urls = urls_of(clinic.cluster, clinic.database)
    environment = dataclasses.replace(
        read_environment(),
        home=open_folder,
        database=DatabaseUrls(
            app=urls["DATABASE_URL"], owner=urls["DATABASE_URL_OWNER"], backup=urls["DATABASE_URL_BACKUP"]
        ),
        postgres_bin=clinic.cluster.binaries.folder,
    )
    own = dataclasses.replace(settings.ENVIRONMENT, home=open_folder)
    with override_settings(ENVIRONMENT=own):
        chain = Chain(clinic=clinic, house=clinic.organization(), folder=open_folder)
        chain.fill(5)
        chain.seal()
        yield Installed(clinic=clinic, environment=environment, chain=chain)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Installed:
    """What a test of backups needs at hand."""

    clinic: Any
    environment: Environment
    chain: Chain


def rewritten(folder: Path, **changes: Any) -> None:
    file = folder / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


@pytest.fixture
def empty_database(clinic: Any) -> Iterator[str]:
    """A database with nothing in it, on the same server."""
    name = clone(clinic.cluster, "template0")
    superuser = clinic.cluster.superuser_address(name)
    with psycopg.connect(**superuser.conninfo()) as server:
        server.execute("ALTER SCHEMA public OWNER TO kap_owner")
    yield name
    drop(clinic.cluster, name)
    connect_to(clinic.cluster, clinic.database)


def test_a_backup_says_what_is_in_it_and_that_no_key_is(installation):
    house, row = installation.chain.house, new_id()
    from kap_clinic.keys.keyring_file import read_keyring
    from kap_clinic.keys.sealing import seal_text

    with house.acting() as act:
        sealed = seal_text(act, "a secret text", **NOTE, row=row)
    made = back_up(installation.environment, silent)
    said = made.manifest
    assert said["holds_no_keys"] is True
    assert "holds no keys" in said["about_keys"]
    assert said["tables"]["audit_seal"] == 6
    assert said["organizations"][str(house.id)]["sealed"] == 6
    ring = read_keyring(installation.environment.home)
    assert said["keyring"] == ring.id
    assert sealed.startswith("v1:")
    raw = b"".join(file.read_bytes() for file in made.folder.iterdir())
    for key in (*ring.roots, *ring.signing):
        assert key.secret not in raw
        assert key.secret.hex().encode() not in raw


def test_a_backup_is_for_its_owners_eyes_only(installation):
    made = back_up(installation.environment, silent)
    assert {oct(one.stat().st_mode & 0o777) for one in made.folder.iterdir()} == {"0o600"}
    assert made.folder.stat().st_mode & 0o777 == 0o700


def test_a_backup_that_fails_leaves_nothing_behind(installation, tmp_path):
    into = tmp_path / "elsewhere"
    broken = dataclasses.replace(installation.environment, postgres_bin=None)

    def no_program(name: str, *_: Any) -> Any:
        raise KapError("none here")

    from kap_clinic.audit import backups

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(backups, "program_for", lambda *_: no_program("pg_dump"))
        with pytest.raises(KapError, match="none here"):
            back_up(broken, silent, into)
    assert list(into.iterdir()) == []


def test_the_app_role_cannot_make_an_empty_backup_by_mistake(installation):
    urls = installation.environment.database
    as_app = dataclasses.replace(
        installation.environment, database=dataclasses.replace(urls, backup=urls.app)
    )
    with pytest.raises(Refused, match="may not read past row-level security"):
        back_up(as_app, silent)


def test_backup_destroy_restore_verify(installation, empty_database):
    chain, environment = installation.chain, installation.environment
    house, row = chain.house, new_id()
    from kap_clinic.keys.sealing import open_text, seal_text

    with house.acting() as act:
        sealed = seal_text(act, "a secret text", **NOTE, row=row)
    chain.seal()
    made = back_up(environment, silent)
    drop(chain.clinic.cluster, chain.clinic.database)
    owner = chain.clinic.cluster.address("kap_owner", empty_database)
    done = restore_into(environment, chosen_backup(environment, None), owner, silent, may_be_unproven=False)
    print(f"restored {made.manifest['bytes']} bytes in {done.seconds} s")
    assert all(proof.is_intact for proof in done.proofs)
    connect_to(chain.clinic.cluster, empty_database)
    moved = dataclasses.replace(
        chain, clinic=dataclasses.replace(chain.clinic, database=empty_database), house=house
    )
    proof = moved.proof()
    assert (proof.problems, proof.sealed) == ((), 7)
    assert [note.template.split(" on ")[0] for note in proof.notes] == ["A backup was restored"]
    with house.acting() as act:
        assert open_text(act, sealed, **NOTE, row=row) == "a secret text"
    moved.fill(2)
    assert moved.seal() == 3
    assert moved.proof().is_intact
    drop(chain.clinic.cluster, empty_database)


def test_a_restored_database_is_guarded_as_the_first_was(installation, empty_database):
    environment, cluster = installation.environment, installation.clinic.cluster
    back_up(environment, silent)
    owner = cluster.address("kap_owner", empty_database)
    restore_into(environment, chosen_backup(environment, None), owner, silent, may_be_unproven=False)
    query = """
        SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relacl::text,
            (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid),
            (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid)
        FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1
    """
    states = []
    for database in (installation.clinic.database, empty_database):
        with psycopg.connect(**cluster.superuser_address(database).conninfo()) as server:
            states.append(server.execute(query).fetchall())
    assert len(states[0]) > 20
    assert states[0] == states[1]


def test_rows_sealed_after_the_backup_are_named_as_lost(installation, empty_database):
    chain, environment = installation.chain, installation.environment
    back_up(environment, silent)
    chain.fill(3)
    chain.seal()
    owner = chain.clinic.cluster.address("kap_owner", empty_database)
    restore_into(environment, chosen_backup(environment, None), owner, silent, may_be_unproven=False)
    connect_to(chain.clinic.cluster, empty_database)
    moved = dataclasses.replace(chain, clinic=dataclasses.replace(chain.clinic, database=empty_database))
    proof = moved.proof()
    assert proof.is_intact
    assert [dict(note.values)["lost"] for note in proof.notes] == [9]


def test_a_restore_never_writes_over_anything(installation):
    environment = installation.environment
    back_up(environment, silent)
    owner = installation.clinic.cluster.address("kap_owner", installation.clinic.database)
    with pytest.raises(Refused, match="is not empty"):
        restore_into(environment, chosen_backup(environment, None), owner, silent, may_be_unproven=False)


def test_a_load_that_fails_halfway_leaves_the_database_empty(installation, empty_database):
    environment, cluster = installation.environment, installation.clinic.cluster
    made = back_up(environment, silent)
    made.dump.write_bytes(made.dump.read_bytes()[:-2000])
    owner = cluster.address("kap_owner", empty_database)
    with pytest.raises(KapError, match="the database is as it was"):
        load(made, owner, pg_restore=cluster.binaries / "pg_restore", tell=silent)
    with psycopg.connect(**owner.conninfo()) as connection:
        [(left,)] = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        ).fetchall()
    assert left == 0


def test_a_dump_with_one_bit_changed_is_refused(installation):
    made = back_up(installation.environment, silent)
    raw = bytearray(made.dump.read_bytes())
    raw[len(raw) // 2] ^= 1
    made.dump.write_bytes(bytes(raw))
    with pytest.raises(Refused, match="another SHA-256"):
        read_backup(made.folder)


@pytest.mark.parametrize(
    "change", [{"tables": {}}, {"signature": ""}, {"signature": "AAAA"}, {"made_at": "x"}]
)
def test_a_manifest_changed_after_it_was_signed_is_refused(installation, change):
    made = back_up(installation.environment, silent)
    rewritten(made.folder, **change)
    with pytest.raises(Refused, match="changed after it was signed"):
        chosen_backup(installation.environment, made.folder)


@pytest.mark.parametrize("spoil", ["manifest.json", "kap.dump"])
def test_an_incomplete_backup_is_no_backup(installation, spoil):
    made = back_up(installation.environment, silent)
    (made.folder / spoil).unlink()
    with pytest.raises(InputError, match=spoil):
        read_backup(made.folder)


def test_a_folder_without_a_backup_is_answered_with_what_was_expected(installation, tmp_path):
    with pytest.raises(InputError, match="There is no backup in"):
        read_backup(tmp_path / "nothing")
    with pytest.raises(InputError, match="There is no backup yet"):
        chosen_backup(installation.environment, None)


def test_a_backup_of_a_tampered_trail_is_not_put_into_use_in_silence(installation, empty_database):
    environment, chain = installation.environment, installation.chain
    chain.tamper("UPDATE audit_entry SET why = 'x' WHERE id = %s", chain.entry_at(3))
    back_up(environment, silent)
    done = drill(environment, silent)
    assert (done.is_proven, done.proofs[0].problems[0].number) == (False, 3)
    assert standing(environment.home).is_proven is False
    owner = chain.clinic.cluster.address("kap_owner", empty_database)
    with pytest.raises(Refused, match="is not what was sealed"):
        restore_into(environment, chosen_backup(environment, None), owner, silent, may_be_unproven=False)


def test_a_drill_proves_the_newest_backup_and_leaves_only_its_result(installation):
    environment = installation.environment
    back_up(environment, silent)
    newest = back_up(environment, silent)
    before = {one.name for one in environment.home.iterdir()}
    done = drill(environment, silent)
    assert (done.is_proven, done.backup, done.is_signed) == (True, str(newest.folder), True)
    assert done.rows == sum(newest.manifest["tables"].values())
    assert {one.name for one in environment.home.iterdir()} == before
    known = standing(environment.home)
    assert known.is_proven
    assert known.made_at is not None
    assert known.drilled_at is not None


def test_before_the_first_backup_nothing_is_claimed(installation):
    known = standing(installation.environment.home)
    assert (known.made_at, known.drilled_at, known.is_proven) == (None, None, False)


def test_old_backups_go_and_the_newest_stay(installation):
    environment = installation.environment
    made = [back_up(environment, silent).folder for _ in range(3)]
    assert forget_old_backups(environment.home, keep=2) == 1
    assert [one.exists() for one in made] == [False, True, True]


def test_a_backup_made_while_the_clinic_writes_is_of_one_moment(installation):
    import threading

    from django.db import connections

    chain = installation.chain
    stop = threading.Event()

    def write():
        while not stop.is_set():
            chain.fill(1)
            chain.seal()
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        back_up(installation.environment, silent)
    finally:
        stop.set()
        writer.join()
    assert drill(installation.environment, silent).is_proven


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


def test_a_restore_waits_for_nobody_while_the_clinic_runs(installation):
    from kap_clinic.processes.state import only_one

    made = back_up(installation.environment, silent)
    environment = dataclasses.replace(installation.environment, database=None)
    with only_one(environment.home), pytest.raises(Refused):
        restore_built_in(environment, made, silent, may_replace=True, may_be_unproven=False)
