"""`./kap doctor` finds what is wrong with a set-up and says how to mend it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kap_clinic.database.addresses import SUPER
from kap_clinic.database.cluster import Cluster, throwaway_cluster

SOURCE = Path(__file__).parents[3] / "src"


def ask_doctor(home: Path, *arguments: str, **told: str) -> tuple[int, str]:
    env = {"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin", "KAP_HOME": str(home), **told}
    command = [sys.executable, "-m", "kap_cli", "doctor", *arguments]
    said = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    return said.returncode, said.stdout or said.stderr


def answers_of(home: Path, **told: str) -> tuple[int, dict[str, dict]]:
    code, said = ask_doctor(home, "--json", **told)
    read = json.loads(said)
    assert read["schema"] == "openkap.doctor/1"
    assert read["ok"] is (code == 0)
    return code, {check["id"]: check for check in read["checks"]}


def wrong(home: Path, **told: str) -> dict[str, str]:
    code, checks = answers_of(home, **told)
    found = {name: check["mend"] for name, check in checks.items() if not check["ok"]}
    assert code == int(bool(found))
    return found


@pytest.fixture
def home() -> Iterator[Path]:
    place = Path(tempfile.gettempdir()) / f"kap-test-{uuid.uuid4().hex[:8]}"
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def cluster(home) -> Iterator[Cluster]:
    with throwaway_cluster(home) as started:
        yield started


def test_an_installation_that_never_started_has_nothing_to_mend(home):
    _, checks = answers_of(home, KAP_PORT="18471", KAP_STREAM_PORT="18472")
    assert [name for name, check in checks.items() if not check["ok"]] == []
    assert checks["home"]["sentence"] == f"The state folder {home} is made at the first start."
    assert not home.exists()


def test_a_variable_that_cannot_be_understood_is_the_first_thing_said(home):
    code, checks = answers_of(home, KAP_PORT="eighty")
    assert (code, list(checks)) == (1, ["environment"])
    assert "KAP_PORT is 'eighty'" in checks["environment"]["sentence"]


def test_keys_that_others_can_read_are_found(home):
    (home / "keys").mkdir(parents=True, mode=0o700)
    key = home / "keys" / "keyring.json"
    key.touch(0o600)
    assert wrong(home, KAP_PORT="18471", KAP_STREAM_PORT="18472") == {}
    key.chmod(0o640)
    assert "chmod -R go-rwx" in wrong(home)["secrets"]


def test_a_port_another_program_uses_is_found(home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = wrong(home, KAP_PORT=str(port), KAP_STREAM_PORT="18472")
    assert found == {f"port_{port}": "Stop that program, or set KAP_PORT and KAP_STREAM_PORT to others."}


@pytest.mark.database
def test_a_role_that_may_pass_by_the_wall_is_found(home, cluster):
    _, checks = answers_of(home)
    assert {name: check["ok"] for name, check in checks.items() if name.startswith(("role_", "rights_"))} == {
        "role_app": True,
        "role_owner": True,
        "role_backup": True,
        "rights_app": True,
        "rights_owner": True,
        "rights_backup": True,
    }
    with psycopg.connect(**cluster.superuser_address().conninfo(), autocommit=True) as connection:
        connection.execute("ALTER ROLE kap_app BYPASSRLS")
        connection.execute("ALTER ROLE kap_backup NOBYPASSRLS")
    found = wrong(home)
    assert {name for name in found if name.startswith("rights_")} == {"rights_app", "rights_backup"}


@pytest.mark.database
def test_the_sql_it_prints_makes_a_server_right(home, cluster):
    """What an administrator would run in psql is run here, on a server that has none of our roles."""
    socket_folder = cluster.address(SUPER).host
    code, script = ask_doctor(home, "--server-sql")
    assert code == 0
    with psycopg.connect(**cluster.superuser_address().conninfo(), autocommit=True) as connection:
        connection.execute("DROP DATABASE kap")
        for role in ("kap_owner", "kap_app", "kap_backup"):
            connection.execute(f"DROP ROLE {role}")
    connection = psycopg.connect(**cluster.superuser_address().conninfo(), autocommit=True)
    for line in script.splitlines():
        if line.startswith("\\connect"):
            connection.close()
            connection = psycopg.connect(**cluster.superuser_address("kap").conninfo(), autocommit=True)
        elif line.startswith("\\password"):
            connection.execute(f"ALTER ROLE {line.split()[1]} PASSWORD 'given by hand'")
        else:
            connection.execute(line)
    connection.close()
    names = {"DATABASE_URL": "app", "DATABASE_URL_OWNER": "owner", "DATABASE_URL_BACKUP": "backup"}
    told = {
        variable: f"postgresql://kap_{role}:given%20by%20hand@/kap?host={socket_folder}"
        for variable, role in names.items()
    }
    _, checks = answers_of(home, **told)
    roles = {name: check["ok"] for name, check in checks.items() if name.startswith(("role_", "rights_"))}
    assert (len(roles), set(roles.values())) == (6, {True})


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: it looks at what root is told")
def test_root_is_told_that_it_is_root(home):
    _, checks = answers_of(home)
    assert checks["account"]["sentence"].startswith("Runs as root; the database runs as ")
