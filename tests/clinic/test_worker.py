"""The worker: seals, runs jobs, does the night's chores, outlives the database, ends clean."""

from __future__ import annotations

import dataclasses
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from tests.clones import urls_of

from kap.vocabulary.errors import KapError
from kap_clinic.config.environment import DatabaseUrls, read_environment
from kap_clinic.processes.heartbeat import heartbeat_file
from kap_clinic.worker import Loop, do_chores, is_backup_due, is_drill_due

pytestmark = pytest.mark.database

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home() -> Iterator[Path]:
    """A state folder the database's own account can pass through."""
    made = Path(tempfile.mkdtemp(prefix="kap-worker-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def environment(clinic: Any, home: Path) -> Any:
    """An installation on the tests' server, with its own folder."""
    urls = urls_of(clinic.cluster, clinic.database)
    database = DatabaseUrls(
        app=urls["DATABASE_URL"], owner=urls["DATABASE_URL_OWNER"], backup=urls["DATABASE_URL_BACKUP"]
    )
    found = dataclasses.replace(read_environment(), home=home, database=database)
    return dataclasses.replace(found, postgres_bin=clinic.cluster.binaries.folder)


@pytest.fixture
def worker(clinic: Any, home: Path) -> Iterator[subprocess.Popen[str]]:
    """The worker as the supervisor starts it."""
    told = {**os.environ, **urls_of(clinic.cluster, clinic.database), "KAP_HOME": str(home)}
    # The link in a mail is made from the secret of the installation that invited.
    (home / "keys").mkdir(mode=0o700, exist_ok=True)
    shutil.copy2(settings.ENVIRONMENT.home / "keys" / "django-secret", home / "keys")
    running = subprocess.Popen(
        [sys.executable, "-m", "kap_clinic.worker"],
        env={**told, "PYTHONPATH": str(ROOT / "src")},
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: heartbeat_file(home).exists())
    yield running
    running.kill()
    running.wait()


def until(happens: Any, seconds: float = 60) -> None:
    """Wait for something that must come."""
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)


def unsealed(house: Any) -> int:
    from kap_clinic.audit.reading import read, unsealed_tail

    with house.acting(action="audit.seal"):
        return unsealed_tail(read, house.id)[0]


def test_what_the_clinic_writes_is_sealed_without_being_asked(clinic, worker):
    house = clinic.organization()
    until(lambda: unsealed(house) == 0)
    with house.acting(action="test.more"):
        pass
    until(lambda: unsealed(house) == 0)


def test_a_job_is_run_and_leaves_nothing_behind(clinic, worker):
    from django.db import connection

    from kap_clinic.accounts.invitations import invite
    from kap_clinic.database.identity import new_id

    house = clinic.organization()
    administrator = house.member("administrator")
    invite(
        organization=house.id, by=administrator, id=new_id(), email="new@example.org", name="New",
        roles=["nurse"], sites=None,
    )  # fmt: skip

    def is_done() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs")
            return cursor.fetchone() == (0,)

    until(is_done)
    assert "accounts.mail_invitation" in [action for action, _, _ in house.trail()]


def test_asked_to_stop_it_seals_what_is_there_and_ends_well(clinic, worker):
    house = clinic.organization()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    assert unsealed(house) == 0


def test_it_outlives_a_database_that_goes_away_and_comes_back(clinic, worker, home):
    from django.db import connections

    house = clinic.organization()
    until(lambda: unsealed(house) == 0)
    connections.close_all()
    clinic.cluster.stop("immediate")
    beat_before = heartbeat_file(home).stat().st_mtime
    until(lambda: heartbeat_file(home).stat().st_mtime > beat_before)
    assert worker.poll() is None
    clinic.cluster.ensure_started()
    with house.acting(action="test.after"):
        pass
    until(lambda: unsealed(house) == 0)
    assert worker.poll() is None


def test_killed_and_started_again_it_goes_on_where_it_was(clinic, worker, home):
    from kap_clinic.audit.kept import KeptFile
    from kap_clinic.audit.reading import read
    from kap_clinic.audit.sealer import Sealer
    from kap_clinic.audit.verification import verify_organization
    from kap_clinic.keys.keyring_file import read_keyring

    house = clinic.organization()
    until(lambda: unsealed(house) == 0)
    worker.kill()
    worker.wait()
    with house.acting(action="test.more"):
        pass
    from django.conf import settings
    from django.test import override_settings

    with override_settings(ENVIRONMENT=dataclasses.replace(settings.ENVIRONMENT, home=home)):
        Sealer(home).tick()
    with house.acting(action="audit.seal"):
        proof = verify_organization(read, house.id, KeptFile(home, read_keyring(home).public_keys))
    assert (proof.problems, proof.unsealed) == ((), 0)


def test_chores_clear_what_has_expired_and_keep_the_rest(clinic, environment):
    from django.core.cache import cache
    from django.db import connection

    from kap_clinic.accounts.sessions import SessionStore

    for expiry in (-60, 600):
        session = SessionStore()
        session["x"] = 1
        session.set_expiry(expiry)
        session.save()
        cache.set(f"throttle{expiry}", 1, timeout=600)
    from kap_clinic.database.door import Reason, outside

    with outside(Reason.THROTTLE), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE django_cache SET expires = now() - interval '1 hour' WHERE cache_key LIKE '%%-60'"
        )
    assert do_chores(environment) == ["cleared"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM django_session), (SELECT count(*) FROM django_cache)")
        assert cursor.fetchone() == (1, 1)


def test_the_night_after_the_installation_brings_the_first_backup_and_a_week_the_first_drill(environment):
    now = datetime.now(UTC)
    assert not is_backup_due(environment, now.astimezone())
    assert do_chores(environment, now + timedelta(days=1)) == ["cleared", "backed up"]
    assert do_chores(environment, now) == ["cleared"]
    assert not is_drill_due(environment, now.astimezone())
    assert "drilled" in do_chores(environment, now + timedelta(days=8))
    assert "drilled" not in do_chores(environment, now + timedelta(days=1))


@pytest.mark.parametrize(
    ("made", "asked", "due"),
    [
        ("2026-11-20T02:31", "2026-11-21T02:29", False),
        ("2026-11-20T02:31", "2026-11-21T02:30", True),
        ("2026-11-20T02:29", "2026-11-20T12:00", True),
        ("2026-11-21T02:30", "2026-11-21T23:59", False),
        ("2026-11-10T02:30", "2026-11-21T02:00", True),
    ],
)
def test_a_night_that_was_slept_through_is_made_up_for(environment, home, made, asked, due):
    folder = home / "backups" / "2026"
    folder.mkdir(parents=True)
    at = datetime.fromisoformat(made).astimezone()
    (folder / "manifest.json").write_text(f'{{"made_at": "{at.isoformat()}"}}')
    assert is_backup_due(environment, datetime.fromisoformat(asked).astimezone()) is due


def test_a_duty_that_fails_is_tried_again_and_its_values_are_never_logged(caplog):
    turns = []

    def duty(loop: Loop) -> None:
        turns.append(1)
        if len(turns) == 1:
            raise ValueError("Ana K., born 1984")
        if len(turns) == 2:
            raise KapError("The disk is full: make room.")
        stopping.set()

    stopping = threading.Event()
    with caplog.at_level(logging.ERROR):
        Loop("test", duty, 0.01, stopping).run()
    said = [record.getMessage() for record in caplog.records]
    assert len(turns) == 3
    assert said[0].startswith("test: ValueError at test_worker.py:")
    assert said[1] == "test: The disk is full: make room."
    assert "Ana" not in caplog.text
