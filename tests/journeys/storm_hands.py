"""What the restart storm needs of a running clinic: its minutes set, its processes killed, its calls read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import Any

import psycopg
from bench.faults import TARGETS, superuser, victim_of
from bench.running import ROOT, Clinic

_MINUTES = """
import django; django.setup()
from uuid import UUID
from kap_clinic.accounts.models import Member
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.database.identity import new_id
from kap_clinic.on_call.ladder import set_minutes
house = UUID({house!r})
with acting(house, Actor.program("setup"), "test.look"):
    director = next(one.id for one in Member.objects.all() if "medical_director" in one.roles)
set_minutes(organization=house, by=Actor.member(director), id=new_id(), kind="crisis", minutes={minutes},
            why="A storm that nobody waits a quarter of an hour for.")
"""
_CALLS = """
    SELECT k.key, k.who, k.due_at, k.made_at, m.id, m.means, m.state
    FROM on_call_callmade k JOIN cases_case c ON c.id = k.case_id
    LEFT JOIN on_call_message m ON m.call_id = k.id
    WHERE c.person_id = %s AND k.key LIKE 'crisis/%%' ORDER BY k.made_at, m.id
"""


def asked(clinic: Clinic, query: str, *told: Any) -> list[Any]:
    """Ask the database as its superuser, whom no page ever is."""
    with psycopg.connect(**superuser(clinic)) as server:
        return server.execute(query, told).fetchall()


def set_minutes(clinic: Clinic, person: str, minutes: list[int]) -> None:
    """Have the medical director of this person's house set the minutes of a crisis."""
    [(house,)] = asked(clinic, "SELECT organization_id FROM people_person WHERE id = %s", person)
    told = {
        **clinic.environment, "DJANGO_SETTINGS_MODULE": "kap_clinic.config.settings", "KAP_MODE": "demo",
        "KAP_PORT": str(clinic.port), "KAP_STREAM_PORT": str(clinic.stream_port),
    }  # fmt: skip
    command = _MINUTES.format(house=str(house), minutes=minutes)
    subprocess.run([sys.executable, "-c", command], env=told, cwd=ROOT, check=True)


def kill(clinic: Clinic, number: int) -> str:
    """Kill -9 one process after another, at last the supervisor itself; say which."""
    target = TARGETS[number % len(TARGETS)]
    try:
        os.kill(victim_of(clinic, target, clinic.processes()), signal.SIGKILL)
    except (OSError, KeyError, IndexError, AssertionError, ValueError, psycopg.Error):
        return ""  # It is down already, from the last kill.
    if target == "supervisor":
        assert clinic.supervisor is not None
        clinic.supervisor.wait()
        clinic.start()
    return target


def deploy(clinic: Clinic) -> str:
    """Stop everything in good order and start it again."""
    clinic.stop()
    clinic.start()
    return "deploy"


def calls(clinic: Clinic, person: str) -> list[Any]:
    """Return the calls of a person's crisis with their messages, the first first."""
    try:
        return asked(clinic, _CALLS, person)
    except psycopg.Error:
        return []


def is_over(found: list[Any], steps: int) -> bool:
    """Say whether every step was made and every message of it went out."""
    return len({row[0] for row in found}) == steps and all(row[6] in (None, "sent") for row in found)


def until(is_so: Any, seconds: float) -> bool:
    """Wait for something; say whether it came."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.5)
    return True


def chains_hold(clinic: Clinic) -> bool:
    """Have every chain proven, as `./kap verify` does."""
    proof = subprocess.run(
        [sys.executable, "-m", "kap_cli", "verify", "--json"], env=clinic.environment, cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return proof.returncode == 0 and bool(json.loads(proof.stdout))
