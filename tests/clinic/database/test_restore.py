"""A backup comes back whole and proven, or says in a sentence why it does not."""

from __future__ import annotations

import dataclasses

import psycopg
import pytest
from tests.clinic.database.conftest import NOTE, rewritten, silent
from tests.clones import connect_to, drop

from kap.vocabulary.errors import InputError, KapError, Refused
from kap_clinic.audit.backups import (
    back_up,
    chosen_backup,
    drill,
    standing,
)
from kap_clinic.audit.restoring import restore_built_in, restore_into
from kap_clinic.database.identity import new_id
from kap_clinic.database.restore import load, read_backup

pytestmark = pytest.mark.database


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


def test_a_restore_waits_for_nobody_while_the_clinic_runs(installation):
    from kap_clinic.processes.state import only_one

    made = back_up(installation.environment, silent)
    environment = dataclasses.replace(installation.environment, database=None)
    with only_one(environment.home), pytest.raises(Refused):
        restore_built_in(environment, made, silent, may_replace=True, may_be_unproven=False)
