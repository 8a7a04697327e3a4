"""The clinic's own programs: their commands are accepted, and a killed web server never keeps its port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest

from kap.vocabulary.errors import KapError, Refused
from kap_clinic.config.environment import read_environment
from kap_clinic.config.home import open_home
from kap_clinic.database.cluster import throwaway_cluster
from kap_clinic.processes.clinic import is_port_free, programs_of, refuse_taken_port
from kap_clinic.processes.lineage import marked
from kap_clinic.processes.preparing import make_ready
from kap_clinic.processes.readiness import code_digest, is_ready
from kap_clinic.processes.state import read_state

HERE = str(Path(__file__).parent)
SOURCE = str(Path(__file__).parents[3] / "src")

SUPERVISE = """
import os, sys
from dataclasses import replace
from pathlib import Path
from kap_clinic.config.environment import read_environment
from kap_clinic.database.cluster import throwaway_cluster
from kap_clinic.processes.clinic import programs_of
from kap_clinic.processes.supervisor import Plan, supervise
environment = read_environment()
web = programs_of(environment, {})[0]
tiny = replace(web, argv=(*web.argv[:-1], "tiny_pages:application"))
plan = Plan(home=environment.home, programs=(tiny,), announce=lambda: print("up", flush=True))
supervise(plan, lambda said: None)
"""


def until(happens, otherwise=lambda: ""):
    giving_up = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < giving_up, otherwise()
        time.sleep(0.02)


def commands_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


@pytest.fixture
def told(tmp_path) -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    paths = os.pathsep.join([SOURCE, HERE])
    return {
        "KAP_HOME": str(tmp_path / "home"),
        "KAP_PORT": port,
        "PYTHONPATH": paths,
        "PATH": "/usr/bin:/bin",
    }


@pytest.fixture
def supervisors(told):
    started = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISE], env=told, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        log = Path(told["KAP_HOME"]) / "logs" / "web.log"
        assert process.stdout.readline() == "up\n", log.read_text() if log.exists() else "no log"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
    for pid in marked(Path(told["KAP_HOME"])):
        os.kill(pid, signal.SIGKILL)


def answering(told) -> int | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{told['KAP_PORT']}/", timeout=2) as reply:
            return int(reply.read())
    except OSError:
        return None


def test_granian_and_its_workers_are_replaced_when_killed_and_end_with_the_supervisor(told, supervisors):
    home = Path(told["KAP_HOME"])
    first = supervisors()
    before = set(marked(home))
    worker = answering(told)
    assert worker in before
    assert len(before) >= 3
    os.kill(worker, signal.SIGKILL)
    until(lambda: answering(told) not in (None, worker))
    guard = next(each.pid for each in read_state(home).services if each.name == "guard")
    pages = set(marked(home)) - {guard}
    for pid in pages:
        os.kill(pid, signal.SIGKILL)
    until(lambda: answering(told) is not None and pages.isdisjoint(marked(home)))
    first.kill()
    first.wait()
    until(lambda: marked(home) == [], lambda: [commands_of(pid) for pid in marked(home)])
    assert is_port_free("127.0.0.1", int(told["KAP_PORT"]))
    second = supervisors()
    assert answering(told) in marked(home)
    second.terminate()
    assert second.wait(60) == 0
    assert (marked(home), answering(told)) == ([], None)


def test_a_port_somebody_listens_on_is_refused_with_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=f"Port {port} is used by another program"):
            refuse_taken_port("127.0.0.1", port)
    refuse_taken_port("127.0.0.1", port)


def test_programs_start_in_an_order_and_are_told_what_the_command_line_said():
    programs = programs_of(read_environment({"KAP_HOST": "localhost"}), {"KAP_PORT": "9000"})
    assert [program.name for program in programs] == ["web", "stream", "worker"]
    assert [program.environment for program in programs] == [{"KAP_PORT": "9000"}] * 3
    assert "--host=127.0.0.1" in programs[0].argv


def test_a_database_that_cannot_be_made_ready_is_reported_without_its_rows(tmp_path):
    open_home(tmp_path)
    told = {"KAP_HOME": str(tmp_path), "DATABASE_URL": "postgresql://kap_app:hunter2@127.0.0.1:1/kap"}
    with pytest.raises(KapError, match="could not be made ready: OperationalError") as failed:
        make_ready(read_environment(told), {**told, "PYTHONPATH": SOURCE})
    log = (tmp_path / "logs" / "preparing.log").read_text()
    assert "hunter2" not in str(failed.value) + log


@pytest.mark.database
def test_what_this_code_made_ready_is_not_made_ready_again():
    with throwaway_cluster() as cluster:
        environment = read_environment({"KAP_HOME": str(cluster.home)})
        told = {"KAP_HOME": str(cluster.home), "PYTHONPATH": SOURCE}
        assert is_ready(environment, code_digest(environment)) is False
        make_ready(environment, told)
        assert is_ready(environment, code_digest(environment)) is True
        assert is_ready(environment, "other code") is False
        with psycopg.connect(**cluster.address("kap_owner").conninfo()) as connection:
            last = "SELECT max(id) FROM django_migrations"
            connection.execute(f"DELETE FROM django_migrations WHERE id = ({last})")
        assert is_ready(environment, code_digest(environment)) is False
