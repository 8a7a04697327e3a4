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
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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
# Ten of the supervisor's longest pauses: a program killed again and again rests ever longer between.
PATIENCE_S = 300.0


@dataclass
class Ledger:
    """What the rooms were told was written, and how often they had to ask again."""

    rooms_done: int = 0
    batches: set[str] = field(default_factory=set)
    by_hand: set[str] = field(default_factory=set)
    doses: set[str] = field(default_factory=set)
    not_yet: Counter[str] = field(default_factory=Counter)
    longest: dict[str, tuple[int, float]] = field(default_factory=dict)
    is_over: bool = False

    def waited(self, step: str, answers: Counter[str], seconds: float) -> None:
        """Count what was answered before a step was accepted, and keep the longest wait of each step."""
        self.not_yet.update(answers)
        self.longest[step] = max(self.longest.get(step, (0, 0.0)), (answers.total(), round(seconds, 1)))


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
    told = {
        "minutes": MINUTES, "sessions": SESSIONS, "kills": kills, "asked_again": dict(ledger.not_yet),
        "most_tries_and_seconds": ledger.longest, **found,
    }  # fmt: skip
    if as_json:
        print(json.dumps({"schema": "openkap.bench/1", "name": "live_faults", **told}))
    else:
        print("\n".join(f"{name:<22}{value}" for name, value in told.items()))
    wrong = found["lost"] or found["wrong_milligrams"] or found["rooms_given_up"]
    if wrong or not found["chains_hold"]:
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
    with ThreadPoolExecutor(1) as other:
        second = other.submit(_send, Browser(clinic.port, cookies), f"{path}give/", dose, Ledger())
        _send(browser, f"{path}give/", dose, ledger)
    ledger.doses.add(dose["id"])
    second.result()
    number = 0
    while not ledger.is_over:
        number += 1
        _device(browser, room["session"], number, ledger)
        if number % 10 == 0:
            read = {"id": _id(), "systolic": str(110 + number % 40), "diastolic": "76", "oxygen": "98"}
            _send(browser, f"{path}vitals/", read, ledger)
            ledger.by_hand.add(read["id"])
        time.sleep(0.3)
    ledger.rooms_done += 1


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
        ledger.by_hand |= {body["id"]} if name != "checklist" else set()


def _send(browser: Browser, path: str, body: dict[str, str], ledger: Ledger) -> None:
    """Send a form until an answer leads back to the room."""
    room, step = path.rstrip("/").rpartition("/")[0] + "/", path.rstrip("/").rpartition("/")[2]

    def is_accepted(status: int) -> bool:
        return status == 302 and browser.sent_to == room

    _insist(browser, step, (path, urlencode(body), ""), is_accepted, ledger)


def _device(browser: Browser, session: str, number: int, ledger: Ledger) -> None:
    numbers = {"heart-rate": 60 + number % 40, "oxygen-saturation": 97, "respiratory-rate": 14}
    reading = {"at": datetime.now(UTC).isoformat(), "numbers": numbers}
    batch, path = _id(), f"/api/v1/dosing-day/{session}/readings"
    body = json.dumps({"id": batch, "device": "monitor", "readings": [reading]})
    _insist(browser, "readings", (path, body, "application/json"), lambda status: status == 200, ledger)
    ledger.batches.add(batch)


def _insist(
    browser: Browser, step: str, asked: tuple[str, str, str], is_accepted: Callable[[int], bool],
    ledger: Ledger,
) -> None:  # fmt: skip
    """Send path, body and kind of body again and again until it is accepted.

    Raises: RuntimeError, with what was answered, where it is refused or not accepted in time; the room ends.
    """
    (path, body, kind), began, answers = asked, time.monotonic(), Counter[str]()
    while time.monotonic() < began + PATIENCE_S:
        try:
            status, said = browser.request("POST", path, body, kind)
            answer = str(status)
        except (OSError, http.client.HTTPException) as cut:
            status, said, answer = 0, b"", type(cut).__name__
        if is_accepted(status):
            ledger.waited(step, answers, time.monotonic() - began)
            return
        if 300 <= status < 500:
            raise RuntimeError(f"{path} answered {status} {browser.sent_to}: {_words(said)}")
        answers[answer] += 1
        time.sleep(0.2)
    raise RuntimeError(f"{path} was not accepted within {PATIENCE_S:.0f} s: {dict(answers)}")


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
    broken = _problems(json.loads(proof.stdout or "{}"))
    return {
        "readings_of_devices": len(ledger.batches),
        "readings_by_hand": len(ledger.by_hand),
        "doses": len(ledger.doses),
        "lost": len(ledger.batches - batches) + len((ledger.by_hand | ledger.doses) - entries)
        + len(ledger.doses - doses),
        "wrong_milligrams": str(given[0] - DOSE_MG * len(doses)) if given[0] != DOSE_MG * len(doses) else "",
        "sessions_with_gaps": numbers[0],
        "rooms_given_up": SESSIONS - ledger.rooms_done,
        "chains_hold": proof.returncode == 0 and not broken,
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
    return text[max(0, text.find("error-summary")) :][:400]
