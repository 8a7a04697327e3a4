"""Ten live sessions under kill -9 at random: each acknowledged reading and milligram is there once."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import psycopg
from uuid_utils import compat

from bench.faults import TARGETS, superuser, victim_of
from bench.live import nurse_of, open_rooms
from bench.running import ROOT, Browser, Clinic, running_clinic
from bench.tablet import PIN, TOKEN

MINUTES = float(os.environ.get("KAP_FAULT_MINUTES", "10"))
SESSIONS = int(os.environ.get("KAP_FAULT_SESSIONS", "10"))
DOSE_MG = Decimal(35)


@dataclass
class Ledger:
    """What the rooms were told was written, and how often they had to ask again."""

    batches: set[str] = field(default_factory=set)
    by_hand: set[str] = field(default_factory=set)
    doses: set[str] = field(default_factory=set)
    retries: int = 0
    is_over: bool = False


def run(as_json: bool) -> None:
    """Run the rooms, kill something every few seconds, judge; exit 1 if anything was lost or doubled."""
    with running_clinic() as clinic:
        nurse = nurse_of(clinic)
        cookies = {**clinic.sign_in("Nurse").cookies, "kap_device": TOKEN}
        ledger = Ledger()
        rooms = [
            threading.Thread(target=_live, args=(clinic, cookies, room, ledger))
            for room in open_rooms(clinic, SESSIONS, nurse, with_doses=True)
        ]
        for room in rooms:
            room.start()
        kills = _kill_at_random(clinic, as_json=as_json)
        ledger.is_over = True
        for room in rooms:
            room.join()
        found = _judge(clinic, ledger)
    told = {"minutes": MINUTES, "sessions": SESSIONS, "kills": kills, "retries": ledger.retries, **found}
    if as_json:
        print(json.dumps({"schema": "openkap.bench/1", "name": "live_faults", **told}))
    else:
        print("\n".join(f"{name:<22}{value}" for name, value in told.items()))
    if found["lost"] or found["wrong_milligrams"] or not found["chains_hold"]:
        sys.exit(1)


def _kill_at_random(clinic: Clinic, *, as_json: bool) -> int:
    chance, until, kills = random.Random(7), time.monotonic() + MINUTES * 60, 0
    while time.monotonic() < until:
        time.sleep(chance.uniform(3, 9))
        # Losing the supervisor itself is the other fault benchmark's; here everything it owns is killed.
        target = chance.choice([one for one in TARGETS if one != "supervisor"])
        try:
            os.kill(victim_of(clinic, target, clinic.processes()), signal.SIGKILL)
        except (OSError, KeyError, IndexError, AssertionError, ValueError, psycopg.Error):
            continue  # it is down already, from the last kill
        kills += 1
        if not as_json:
            print(f"{kills:>3} killed {target}", flush=True)
    return kills


def _live(clinic: Clinic, cookies: dict[str, str], room: dict[str, str], ledger: Ledger) -> None:
    browser, path = Browser(clinic.port, cookies), f"/dosing-day/{room['session']}/"
    _prepare(browser, path, room, ledger)
    dose = {"id": _id(), "syringe": room["syringe"], "second": room["second"], "pin": PIN}
    # The same tap twice, from two screens at once.
    other = threading.Thread(
        target=_send, args=(Browser(clinic.port, cookies), f"{path}give/", dose, Ledger())
    )
    other.start()
    if _send(browser, f"{path}give/", dose, ledger):
        ledger.doses.add(dose["id"])
    other.join()
    number = 0
    while not ledger.is_over:
        number += 1
        _device(browser, room["session"], number, ledger)
        if number % 10 == 0:
            read = {"id": _id(), "systolic": str(110 + number % 40), "diastolic": "76", "oxygen": "98"}
            if _send(browser, f"{path}vitals/", read, ledger):
                ledger.by_hand.add(read["id"])
        time.sleep(0.3)


def _prepare(browser: Browser, path: str, room: dict[str, str], ledger: Ledger) -> None:
    answers = {
        "id": _id(), "asked_at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S"), "identity": "yes",
        "consent": "yes", "companion": "escort", "pregnancy": "cannot become pregnant",
        "suicide_risk": "none", "ate_hours": "8", "drank_hours": "4", "equipment": "yes",
    }  # fmt: skip
    read = {
        "id": _id(), "systolic": "124", "diastolic": "78", "heart_rate": "72", "oxygen": "98",
        "breaths": "14", "sedation": "5",
    }  # fmt: skip
    both = {"id": _id(), "second": room["second"], "pin": PIN}
    for name, body in (("checklist", answers), ("vitals", read), ("time-out", both)):
        _send(browser, f"{path}{name}/", body, ledger)


def _send(browser: Browser, path: str, body: dict[str, str], ledger: Ledger) -> bool:
    """Send a form until it is accepted; a refusal in words is wrong here, and ends the room."""
    for _ in range(600):
        try:
            status, said = browser.request("POST", path, urlencode(body))
        except (OSError, http.client.HTTPException):
            status, said = 0, b""
        if status == 302:
            return True
        if status in (403, 422):
            raise RuntimeError(f"{path} answered {status}: {_words(said)}")
        ledger.retries += 1
        time.sleep(0.2)
    return False


def _device(browser: Browser, session: str, number: int, ledger: Ledger) -> None:
    numbers = {"heart-rate": 60 + number % 40, "oxygen-saturation": 97, "respiratory-rate": 14}
    reading = {"at": datetime.now(UTC).isoformat(), "numbers": numbers}
    body = json.dumps({"id": _id(), "device": "monitor", "readings": [reading]})
    for _ in range(600):
        try:
            path = f"/api/v1/dosing-day/{session}/readings"
            status, _said = browser.request("POST", path, body, "application/json")
        except (OSError, http.client.HTTPException):
            status = 0
        if status == 200:
            ledger.batches.add(json.loads(body)["id"])
            return
        ledger.retries += 1
        time.sleep(0.2)


def _judge(clinic: Clinic, ledger: Ledger) -> dict[str, Any]:
    with psycopg.connect(**superuser(clinic)) as server:
        batches = {str(row[0]) for row in server.execute("SELECT id FROM dosing_day_devicebatch")}
        entries = {str(row[0]) for row in server.execute("SELECT id FROM dosing_day_sessionentry")}
        doses = {str(row[0]) for row in server.execute("SELECT id FROM dosing_day_administration")}
        given = server.execute(
            "SELECT coalesce(sum(s.given_ml * c.concentration), 0) FROM pharmacy_syringe s "
            "JOIN pharmacy_container c ON c.id = s.container_id"
        ).fetchone()
        numbers = server.execute(
            "SELECT count(*) FROM (SELECT session_id FROM dosing_day_sessionentry "
            "GROUP BY session_id HAVING max(number) <> count(*)) gaps"
        ).fetchone()
    assert given is not None
    assert numbers is not None
    proof = subprocess.run(
        [sys.executable, "-m", "kap_cli", "verify", "--json"], env=clinic.environment, cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    # The orders were put in as rows, without their histories: that the proof says so is right.
    broken = [one for one in _problems(json.loads(proof.stdout or "{}")) if one != "orders lost"]
    return {
        "readings_of_devices": len(ledger.batches),
        "readings_by_hand": len(ledger.by_hand),
        "doses": len(ledger.doses),
        "lost": len(ledger.batches - batches) + len((ledger.by_hand | ledger.doses) - entries)
        + len(ledger.doses - doses),
        "wrong_milligrams": str(given[0] - DOSE_MG * len(doses)) if given[0] != DOSE_MG * len(doses) else "",
        "sessions_with_gaps": numbers[0],
        "chains_hold": not broken,
        "verify": broken,
    }  # fmt: skip


def _problems(told: Any) -> list[str]:
    """The kinds of problems anywhere in what `./kap verify --json` said."""
    if isinstance(told, list):
        return [kind for one in told for kind in _problems(one)]
    if isinstance(told, dict):
        own = [str(told["kind"])] if "kind" in told and "reason" in told else []
        return own + [kind for one in told.values() for kind in _problems(one)]
    return []


def _id() -> str:
    return str(compat.uuid7())


def _words(html: bytes) -> str:
    text = html.decode(errors="replace")
    return text[text.find("error-summary") :][:400]
