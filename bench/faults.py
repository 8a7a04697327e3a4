"""Kill -9 of every process in turn under 200 concurrent writers: each acknowledged write is there once."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from uuid_utils import compat

from bench.running import ROOT, Browser, Clinic, running_clinic

ROUNDS = int(os.environ.get("KAP_FAULT_ROUNDS", "20"))
WRITERS = int(os.environ.get("KAP_FAULT_WRITERS", "200"))
TARGETS = ("web", "web worker", "stream", "worker", "database", "database backend", "supervisor")


@dataclass
class Ledger:
    """What the writers were told, and how often they had to ask again."""

    acknowledged: dict[UUID, str] = field(default_factory=dict)
    retries: int = 0
    other: dict[int, int] = field(default_factory=dict)
    is_over: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Round:
    """One kill: what, and the seconds until a write was acknowledged again and every process was back."""

    target: str
    writes_again: float
    all_back: float


def run(as_json: bool) -> None:
    """Run the rounds and print what was found; exit 1 if anything was lost or doubled."""
    with running_clinic() as clinic:
        cookies = clinic.sign_in("Administrator").cookies
        ledger = Ledger()
        told = [(clinic.port, cookies, ledger, number) for number in range(WRITERS)]
        writers = [threading.Thread(target=_write, args=one) for one in told]
        for writer in writers:
            writer.start()
        time.sleep(3)
        rounds = []
        for number in range(ROUNDS):
            rounds.append(_kill(clinic, TARGETS[number % len(TARGETS)], ledger))
            if not as_json:
                print(_line(number + 1, rounds[-1], ledger), flush=True)
        ledger.is_over = True
        for writer in writers:
            writer.join()
        found = _judge(clinic, ledger)
    _tell(rounds, ledger, found, as_json)
    if found["lost"] or found["wrong"] or not found["chains_hold"]:
        sys.exit(1)


def _line(number: int, last: Round, ledger: Ledger) -> str:
    return (
        f"{number:>3} {last.target:<17} writes again {last.writes_again:6.2f} s   "
        f"all back {last.all_back:6.2f} s   acknowledged {len(ledger.acknowledged)}"
    )


def _write(port: int, cookies: dict[str, str], ledger: Ledger, number: int) -> None:
    """Open sites under fresh ids; after a cut connection send the same again until it is acknowledged."""
    browser = Browser(port, cookies)
    while not ledger.is_over:
        id, tries = compat.uuid7(), 0
        name = f"Writer {number} {id}"
        body = json.dumps({"name": name, "time_zone": "America/Denver"})
        while True:
            try:
                status, _ = browser.request("PUT", f"/api/v1/sites/{id}", body, "application/json")
            except (OSError, http.client.HTTPException):
                status = 0
            if status in (200, 201):
                with ledger.lock:
                    ledger.acknowledged[id] = name
                break
            tries += 1
            with ledger.lock:
                ledger.retries += 1
                ledger.other[status] = ledger.other.get(status, 0) + 1
            if ledger.is_over and tries > 200:
                break
            time.sleep(0.1)


def _kill(clinic: Clinic, target: str, ledger: Ledger) -> Round:
    before = clinic.processes()
    victim = victim_of(clinic, target, before)
    acknowledged, killed = len(ledger.acknowledged), time.monotonic()
    os.kill(victim, signal.SIGKILL)
    if target == "supervisor":
        assert clinic.supervisor is not None
        clinic.supervisor.wait()
        clinic.start()
    # What was already on its way may still be acknowledged: count only what comes well after.
    writes_again = _wait(lambda: len(ledger.acknowledged) > acknowledged + WRITERS)
    all_back = _wait(lambda: _is_back(clinic, target, before, victim))
    return Round(target, writes_again - killed, all_back - killed)


def victim_of(clinic: Clinic, target: str, processes: dict[str, int]) -> int:
    """Return the process to kill."""
    if target == "web worker":
        return _children(processes["web"])[0]
    if target == "database backend":
        with psycopg.connect(**superuser(clinic)) as server:
            row = server.execute(
                "SELECT pid FROM pg_stat_activity WHERE usename = 'kap_app' ORDER BY random() LIMIT 1"
            ).fetchone()
        assert row is not None
        return int(row[0])
    return processes[target]


def _is_back(clinic: Clinic, target: str, before: dict[str, int], victim: int) -> bool:
    try:
        now = clinic.processes()
    except (OSError, ValueError):
        return False
    everybody = set(now) >= {"supervisor", "database", "web", "stream", "worker"}
    changed = target not in before or now.get(target) != before[target]
    return everybody and changed and all(_is_alive(pid) for pid in now.values()) and not _is_alive(victim)


def _is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _children(pid: int) -> list[int]:
    said = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(one) for one in said.stdout.split()]


def _wait(is_so: Any, within: float = 120.0) -> float:
    until = time.monotonic() + within
    while not is_so():
        if time.monotonic() > until:
            raise RuntimeError("Two minutes after the kill it was not back.")
        time.sleep(0.02)
    return time.monotonic()


def superuser(clinic: Clinic) -> dict[str, Any]:
    """Return how to reach the clinic's database as its superuser, to judge what the product wrote."""
    from kap_clinic.database.addresses import built_in_address, read_passwords  # noqa: PLC0415 -- slow import

    return built_in_address(clinic.home, "kap_super", read_passwords(clinic.home)).conninfo()


def _judge(clinic: Clinic, ledger: Ledger) -> dict[str, Any]:
    with psycopg.connect(**superuser(clinic)) as server:
        rows = server.execute("SELECT id, name FROM organizations_site WHERE name LIKE 'Writer %'").fetchall()
        audited = server.execute(
            "SELECT count(*), count(DISTINCT subjects[1]) FROM audit_entry "
            "WHERE action = 'organizations.add_site' AND outcome = 'done'"
        ).fetchone()
    kept = dict(rows)
    proof = subprocess.run(
        [sys.executable, "-m", "kap_cli", "verify", "--json"], env=clinic.environment, cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert audited is not None
    return {
        "lost": sum(id not in kept for id in ledger.acknowledged),
        "wrong": sum(kept.get(id, name) != name for id, name in ledger.acknowledged.items()),
        "doubled": len(rows) - len(kept),
        "rows": len(rows),
        "audited_sites": audited[1],
        "chains_hold": proof.returncode == 0,
        "verify": json.loads(proof.stdout) if proof.stdout.strip() else proof.stderr,
    }


def _tell(rounds: list[Round], ledger: Ledger, found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        told = {"rounds": [vars(one) for one in rounds], "acknowledged": len(ledger.acknowledged), **found}
        print(json.dumps({"schema": "openkap.bench/1", "name": "faults", "writers": WRITERS, **told}))
        return
    print(f"\n{WRITERS} writers, {len(rounds)} kills: {len(ledger.acknowledged)} acknowledged, "
          f"{ledger.retries} asked again {ledger.other}")  # fmt: skip
    print(f"lost {found['lost']}, wrong {found['wrong']}, doubled {found['doubled']}, rows {found['rows']}, "
          f"sites in the trail {found['audited_sites']}, chains hold: {found['chains_hold']}")  # fmt: skip
