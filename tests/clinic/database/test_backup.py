"""A backup holds everything but the keys, for its owner alone, and is drilled."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from tests.clinic.database.conftest import NOTE, silent

from kap.vocabulary.errors import KapError, Refused
from kap_clinic.audit.backups import (
    back_up,
    drill,
    forget_old_backups,
    standing,
)
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database


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
