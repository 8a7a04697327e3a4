"""The supervisor keeps everything running, whoever is killed, and leaves nothing behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kap_clinic.database.account import database_account
from kap_clinic.database.binaries import every_binaries
from kap_clinic.database.cluster import Cluster
from kap_clinic.processes.lineage import marked, started_at
from kap_clinic.processes.logs import last_line, shorten
from kap_clinic.processes.state import ProcessState, read_state

TINY = str(Path(__file__).with_name("tiny.py"))
SOURCE = str(Path(__file__).parents[3] / "src")


def _hear_interrupts() -> None:
    """Undo what a shell did that runs these tests in the background: its children ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Running:
    """One supervisor of tiny programs, in a folder and on a port of its own."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.processes: list[subprocess.Popen[str]] = []

    def start(self, *wanted: str) -> subprocess.Popen[str]:
        process = self.begin(*wanted)
        until(lambda: f"up {process.pid}" in self.said(process), lambda: self.said(process))
        # The pages are announced first; what runs beside them follows.
        until(self.is_well, lambda: self.said(process))
        return process

    def is_well(self) -> bool:
        state = read_state(self.home)
        return state is not None and state.is_well

    def begin(self, *wanted: str) -> subprocess.Popen[str]:
        said = self.home / f"said-{len(self.processes)}.txt"
        with said.open("w") as out:
            command = [sys.executable, TINY, "clinic", str(self.home), str(self.port), *wanted]
            env = {"PYTHONPATH": SOURCE, "PATH": "/usr/bin:/bin"}
            process = subprocess.Popen(
                command, stdout=out, stderr=subprocess.STDOUT, text=True, env=env, preexec_fn=_hear_interrupts
            )
        self.processes.append(process)
        return process

    def said(self, process: subprocess.Popen[str]) -> str:
        return (self.home / f"said-{self.processes.index(process)}.txt").read_text()

    def state(self) -> ProcessState:
        state = read_state(self.home)
        assert state is not None
        return state

    def pid(self, name: str) -> int | None:
        state = read_state(self.home)
        return next((each.pid for each in state.services if each.name == name), None) if state else None

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=1) as reply:
                return reply.read() == b"well"
        except OSError:
            return False

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.home, next(every_binaries()), database_account(), is_durable=False)


@pytest.fixture
def running() -> Iterator[Running]:
    home = Path(tempfile.gettempdir()) / f"kap-test-{uuid.uuid4().hex[:8]}"
    home.mkdir(mode=0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    here = Running(home, port)
    yield here
    for process in here.processes:
        process.kill()
        process.wait()
    for pid in marked(home):
        os.kill(pid, signal.SIGKILL)
    here.cluster.stop("immediate")
    shutil.rmtree(home, ignore_errors=True)


def until(happens: Callable[[], bool], otherwise: Callable[[], object] = lambda: "") -> None:
    """Waits for something that must happen; the limit only ends a test that hangs."""
    giving_up = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < giving_up, otherwise()
        time.sleep(0.02)


def is_stopped(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def runs_anew(running: Running, name: str, before: int) -> Callable[[], bool]:
    return lambda: running.pid(name) not in (None, before) and running.state().is_well


@pytest.mark.database
def test_everything_starts_in_order_and_stops_clean(running):
    process = running.start("database", "web", "worker")
    said = running.said(process)
    order = ["Starting the database", "Starting the guard", "Starting the web", "Starting the worker"]
    assert [said.index(word) for word in order] == sorted(said.index(word) for word in order)
    assert said.index("Starting the web") < said.index("up")
    state = running.state()
    assert [(each.name, each.standing, each.restarts) for each in state.services] == [
        ("database", "running", 0),
        ("guard", "running", 0),
        ("web", "running", 0),
        ("worker", "running", 0),
    ]
    assert (state.supervisor, state.address) == (process.pid, f"http://localhost:{running.port}")
    assert [each.started for each in state.services] == [started_at(each.pid) for each in state.services]
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert (read_state(running.home), marked(running.home), running.answers()) == (None, [], False)
    assert running.cluster.is_running() is False


@pytest.mark.database
@pytest.mark.parametrize("victim", ["database", "guard", "web", "worker"])
def test_whoever_is_killed_is_started_again_and_the_others_go_on(running, victim):
    running.start("database", "web", "worker")
    before = {name: running.pid(name) for name in ("database", "guard", "web", "worker")}
    os.kill(before[victim], signal.SIGKILL)
    until(runs_anew(running, victim, before[victim]))
    after = {name: running.pid(name) for name in before}
    assert {name for name in before if before[name] != after[name]} == {victim}
    assert (running.answers(), running.cluster.answers()) == (True, True)
    restarts = {each.name: each.restarts for each in running.state().services}
    assert restarts == {name: int(name == victim) for name in before}


def test_a_worker_orphaned_by_its_killed_parent_does_not_keep_the_port(running):
    running.start("web")
    leader = running.pid("web")
    old = set(marked(running.home)) - {running.pid("guard")}
    assert len(old) == 2
    assert leader in old
    os.kill(leader, signal.SIGKILL)
    until(runs_anew(running, "web", leader))
    assert running.answers()
    assert old.isdisjoint(marked(running.home))


def test_a_program_that_lives_but_no_longer_works_is_started_again(running):
    process = running.start("worker")
    before = running.pid("worker")
    silent = running.home / "run" / "silent"
    silent.touch()
    until(lambda: "no longer answered" in running.said(process))
    silent.unlink()
    until(runs_anew(running, "worker", before))


@pytest.mark.database
def test_after_the_supervisor_is_killed_the_next_adopts_the_database_and_starts_the_rest(running):
    first = running.start("database", "web", "worker")
    database, web = running.pid("database"), running.pid("web")
    first.kill()
    first.wait()
    until(lambda: marked(running.home) == [], lambda: marked(running.home))
    assert read_state(running.home) is None
    assert running.cluster.postmaster() == database
    running.start("database", "web", "worker")
    assert running.pid("database") == database
    assert running.pid("web") != web
    assert running.answers()


def test_what_a_killed_supervisor_left_behind_is_ended_by_the_next(running):
    first = running.start("web", "stubborn")
    left = set(marked(running.home))
    # Stopped programs cannot follow their supervisor into its end.
    for pid in left:
        os.kill(pid, signal.SIGSTOP)
    until(lambda: all(is_stopped(pid) for pid in left))
    first.kill()
    first.wait()
    assert left <= set(marked(running.home))
    second = running.start("web", "stubborn")
    assert f"Ended {len(left)} processes" in running.said(second)
    assert left.isdisjoint(marked(running.home))
    assert running.answers()


def test_a_stranger_that_carries_a_number_from_before_is_left_alone(running):
    first = running.start("web")
    written = (running.home / "run" / "state.json").read_text()
    web = running.pid("web")
    first.kill()
    first.wait()
    stranger = subprocess.Popen(["/bin/sleep", "600"])
    try:
        state = running.home / "run" / "state.json"
        state.write_text(written.replace(str(web), str(stranger.pid)))
        running.start("web")
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_second_copy_is_refused_with_a_sentence(running):
    first = running.start("web")
    second = running.begin("web")
    assert second.wait(60) == 1
    assert running.said(second).startswith(
        f"OpenKAP already runs here, at http://localhost:{running.port} (process {first.pid})."
    )
    assert running.answers()


def test_a_program_that_cannot_begin_is_reported_in_its_own_words(running):
    process = running.begin("web", "broken")
    assert process.wait(60) == 1
    said = running.said(process)
    assert "The broken does not start. The broken ended before it was ready. Its last words:" in said
    assert "I cannot begin: the drawer is locked." in said
    assert (marked(running.home), running.answers()) == ([], False)


def test_a_program_that_will_not_end_is_ended(running):
    process = running.start("stubborn")
    until(lambda: last_line(running.home / "logs" / "stubborn.log") == "I will not end")
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert marked(running.home) == []


def test_what_does_not_follow_its_killed_supervisor_is_ended_by_the_guard(running):
    first = running.start("stubborn")
    until(lambda: last_line(running.home / "logs" / "stubborn.log") == "I will not end")
    first.kill()
    first.wait()
    until(lambda: marked(running.home) == [], lambda: marked(running.home))


def test_asking_twice_hastens(running):
    process = running.start("obstinate")
    until(lambda: last_line(running.home / "logs" / "obstinate.log") == "I will not end")
    process.send_signal(signal.SIGINT)
    until(lambda: "Stopping" in running.said(process))
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert marked(running.home) == []


def test_a_log_that_grew_is_turned_over_under_the_program_that_writes_it(tmp_path):
    log = tmp_path / "web.log"
    with log.open("a", buffering=1) as writing:
        for round_of in range(5):
            writing.write(f"round {round_of}\n" * 20)
            shorten(log, largest=100)
        writing.write("still writing\n")
    assert last_line(log) == "still writing"
    assert log.read_text() == "still writing\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "web.log",
        "web.log.1",
        "web.log.2",
        "web.log.3",
    ]
    assert [last_line(tmp_path / f"web.log.{number}") for number in (1, 2, 3)] == [
        "round 4",
        "round 3",
        "round 2",
    ]
