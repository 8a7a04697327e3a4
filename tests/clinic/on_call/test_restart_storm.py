"""The worker is killed and the database's connections cut, again and again; every step goes out once."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from tests.clones import urls_of

from kap.casework.safety import CRISIS
from kap_clinic.cases import crises
from kap_clinic.database.identity import new_id
from kap_clinic.on_call import attempts

pytestmark = [pytest.mark.database, pytest.mark.slow]

ROOT = Path(__file__).parents[3]
KILLS = 12


@pytest.fixture
def start(station, tmp_path):
    """Start the worker as the supervisor does, on the settings of this station."""
    from django.conf import settings

    home = tmp_path / "home"
    (home / "keys").mkdir(parents=True, mode=0o700)
    clinic_urls = urls_of(station.cluster, station.database)
    told = {
        **os.environ, **clinic_urls, "KAP_HOME": str(home), "KAP_MODE": "production",
        "KAP_SMTP_URL": f"smtp://127.0.0.1:{station.mail.port}", "KAP_MAIL_FROM": "kap@example.org",
        "KAP_TELEPHONE_URL": station.exchange.url, "KAP_TELEPHONE_FROM": "+15555550100",
        "PYTHONPATH": str(ROOT / "src"),
    }  # fmt: skip
    running: list[subprocess.Popen[bytes]] = []

    def begin():
        # The same installation: the links and what lies sealed were made with these.
        for name in ("django-secret", "keyring.json"):
            shutil.copy2(settings.ENVIRONMENT.home / "keys" / name, home / "keys")
        process = subprocess.Popen([sys.executable, "-m", "kap_clinic.worker"], env=told, cwd=ROOT)
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait()


def test_killed_between_any_two_steps_each_message_is_delivered_once(station, start):
    station.put(station.nurse)
    station.put(station.backup, "backup", phone="+15555550102", email="second@example.org")
    # Opened a quarter of an hour ago on a holiday, while everything was down: all four steps are due.
    with station.house.acting() as act:
        case = crises.open_or_raise(
            act, id=new_id(), person=station.person, kind=CRISIS, why="Said goodbye.",
            at=datetime.now(UTC) - timedelta(minutes=16),
        )  # fmt: skip
    chance = random.Random(20261121)
    for kill in range(KILLS):
        worker = start()
        heard = len(station.exchange.taken) + len(station.mail.letters)
        until = time.monotonic() + 30
        while len(station.exchange.taken) + len(station.mail.letters) == heard and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.3))
        if kill % 3 == 2:
            cut_every_connection(station)
            time.sleep(chance.uniform(0, 1))
        worker.kill()
        worker.wait()
        if not waiting(station, case):
            break
    start()
    until = time.monotonic() + 240
    while waiting(station, case) and time.monotonic() < until:
        time.sleep(0.5)
    with station.house.acting() as act:
        calls = attempts.calls_about(act, case)
    assert [call.who.value for call in calls] == ["on-call", "backup", "medical-director", "everybody"]
    assert {message.state for call in calls for message in call.messages} == {"sent"}
    texts = Counter(
        re.findall(r"calls/([0-9a-f-]{36})", " ".join(one["body"] for one in station.exchange.taken))
    )
    assert set(texts.values()) == {1}
    assert len(station.exchange.made("Messages")) == 4
    # A call cannot be told from another at the gateway: where a kill fell right behind it, it is made again.
    assert len({one["twiml"] for one in station.exchange.made("Calls")}) == 4
    assert len(station.mail.by_name()) == 6


def waiting(station, case):
    """Count what has not gone out yet."""
    with station.house.acting() as act:
        calls = attempts.calls_about(act, case)
    return 4 - len(calls) + sum(one.state != "sent" for call in calls for one in call.messages)


def cut_every_connection(station):
    """Cut the application's connections, as a database that restarts does."""
    with psycopg.connect(**station.cluster.superuser_address(station.database).conninfo()) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE usename = 'kap_app' AND datname = current_database()"
        )
    connections.close_all()
