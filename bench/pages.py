"""A list and a record among 100,000 people under row-level security, beside plain Django."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

import psycopg

from bench.faults import superuser
from bench.load import Load, at_rate, flat_out
from bench.running import ROOT, Clinic, free_port, running_clinic

PEOPLE = int(os.environ.get("KAP_BENCH_PEOPLE", "100000"))
RATE, SECONDS, COUNT = 50.0, 20.0, 2000

FILL = """
    CREATE TEMP TABLE told AS SELECT
        gen_random_uuid() AS id, gen_random_uuid() AS account, n,
        (ARRAY['Ada','Ben','Cleo','Dana','Eli','Fay','Gus','Hana','Ivo','June','Kofi','Lea','Mio','Nell',
               'Otis','Pia','Quin','Rosa','Sam','Tess'])[1 + n %% 20] AS first,
        (ARRAY['Abbot','Barros','Castle','Dunbar','Eklund','Farrow','Greer','Hollis','Imani','Jarvis','Kessler',
               'Lomax','Mercer','Norden','Okafor','Prentis','Quist','Rowan','Sutter','Tovar'])
               [1 + (n / 20) %% 20]
            || chr(97 + (n / 400) %% 26) || chr(97 + (n / 10400) %% 26) AS last
    FROM generate_series(1, %(people)s) n;
    INSERT INTO accounts_account (id, password, email, is_active, created_at)
        SELECT account, '!', 'n' || n || '@example.org', true, now() FROM told;
    INSERT INTO accounts_member
        (id, organization_id, account_id, name, sort_name, roles, sites, phone_sealed, joined_at)
        SELECT id, %(house)s, account, first || ' ' || initcap(last), lower(last || ' ' || first),
               ARRAY['nurse'], NULL, '', now() - n * interval '1 minute' FROM told;
    INSERT INTO accounts_memberchange
        (id, organization_id, member_id, kind, roles, sites, because, changed_at, changed_by)
        SELECT gen_random_uuid(), %(house)s, id, kind, ARRAY['nurse'], NULL, '',
               now() - n * interval '1 minute', id
        FROM told, unnest(ARRAY['joined', 'roles', 'sites']) kind;
    ANALYZE;
"""
ALONE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'kap'"
UNGUARD = """
    DO $$ DECLARE t text; p record; BEGIN
        FOR t IN SELECT relname FROM pg_class
                 WHERE relforcerowsecurity AND relnamespace = 'public'::regnamespace LOOP
            EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', t);
            EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', t);
        END LOOP;
    END $$;
    CREATE INDEX plain_by_name ON accounts_member (sort_name, id);
    ANALYZE;
"""


def run(as_json: bool) -> None:
    """Fill, run both in turn, print the table."""
    with running_clinic() as clinic:
        browser = clinic.sign_in("Administrator")
        ids = _fill(clinic)
        plain_database(clinic)
        found: dict[str, Any] = {"ours": _measure(clinic.port, browser.cookies, ids)}
        with plain_server(clinic) as port:
            found["plain Django"] = _measure(port, browser.cookies, ids)
    _tell(found, as_json)


def _measure(port: int, cookies: dict[str, str], ids: list[str]) -> dict[str, dict[str, Load]]:
    pages = {"list": _list_paths(ids), "record": lambda n: f"/staff/{ids[n % len(ids)]}/"}
    for paths in pages.values():
        flat_out(port, cookies, paths, count=200)
    return {
        name: {
            "at_rate": at_rate(port, cookies, paths, rate=RATE, seconds=SECONDS),
            "flat_out": flat_out(port, cookies, paths, count=COUNT),
        }
        for name, paths in pages.items()
    }


def _list_paths(ids: list[str]) -> Callable[[int], str]:
    chance = random.Random(1)
    asked = ["/staff/", *(f"/staff/?after={one}" for one in ids[:40])]
    order = [chance.choice(asked) for _ in range(5000)]
    return lambda number: order[number % len(order)]


def _fill(clinic: Clinic) -> list[str]:
    with psycopg.connect(**superuser(clinic)) as server:
        house = server.execute(
            "SELECT organization_id FROM organizations_organization WHERE name LIKE 'Cedar%'"
        ).fetchone()
        assert house is not None
        # One statement a call: several with parameters would need the simple protocol.
        with psycopg.ClientCursor(server) as cursor:
            cursor.execute(FILL, {"people": PEOPLE, "house": house[0]})
            cursor.execute("SELECT id::text FROM told ORDER BY md5(id::text) LIMIT 2000")
            return [row[0] for row in cursor.fetchall()]


def plain_database(clinic: Clinic) -> None:
    """Copy the filled database and take every guard off the copy."""
    at = {**superuser(clinic), "dbname": "postgres"}
    with psycopg.connect(**at, autocommit=True) as server:
        server.execute(ALONE)
        for _ in range(50):
            try:
                server.execute("CREATE DATABASE plain TEMPLATE kap")
                break
            except psycopg.errors.ObjectInUse:
                server.execute(ALONE)
        else:
            raise RuntimeError("The database was never free to be copied.")
    with psycopg.connect(**{**at, "dbname": "plain"}, autocommit=True) as server:
        server.execute(UNGUARD)


@contextmanager
def plain_server(clinic: Clinic) -> Iterator[int]:
    """Run the peer with the same server, workers and threads."""
    port, owner = free_port(), {**superuser(clinic), "dbname": "plain"}
    url = f"postgresql://{owner['user']}:{owner['password']}@/plain?host={quote(owner['host'], safe='')}"
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "2", "--workers", "2",
        "--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "warning",
        "bench.plain.wsgi:application",
    ]  # fmt: skip
    environment = {
        **clinic.environment, "DATABASE_URL": url, "KAP_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "bench.plain.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }  # fmt: skip
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:
        try:
            _wait(port)
            yield port
        finally:
            process.terminate()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The peer did not start.")


def _tell(found: dict[str, dict[str, dict[str, Load]]], as_json: bool) -> None:
    if as_json:
        told = {
            who: {page: {kind: asdict(load) for kind, load in kinds.items()} for page, kinds in pages.items()}
            for who, pages in found.items()
        }
        print(json.dumps({"schema": "openkap.bench/1", "name": "pages", "people": PEOPLE, "found": told}))
        return
    print(
        f"{PEOPLE} people, 2 workers x 2 threads; {RATE:.0f} requests a s for {SECONDS:.0f} s, then flat out"
    )
    print(f"{'page':<8}{'who':<14}{'p50 ms':>8}{'p99 ms':>8}{'worst':>8}{'flat out/s':>12}{'wrong':>7}")
    for page in ("list", "record"):
        for who, pages in found.items():
            steady, fast = pages[page]["at_rate"], pages[page]["flat_out"]
            print(f"{page:<8}{who:<14}{steady.p50:>8.1f}{steady.p99:>8.1f}{steady.worst:>8.1f}"
                  f"{fast.rate:>12.0f}{steady.wrong + fast.wrong:>7}")  # fmt: skip
        ours, plain = (found[who][page]["flat_out"].rate for who in ("ours", "plain Django"))
        print(f"{page:<8}ours / plain Django = {ours / plain:.2f}")
