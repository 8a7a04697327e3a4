"""What runs, written by the supervisor for others to read, and the lock that says it is the only one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.config.home import open_home
from kap_clinic.database.locks import is_held, take
from kap_clinic.processes.lineage import started_at
from kap_clinic.processes.watched import Watched

SCHEMA = "openkap.processes/1"


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceState:
    """How one service is.

    Units: `started` in clock ticks since the machine started; with the pid it names one process for good.
    """

    name: str
    standing: str
    pid: int | None
    started: int | None
    restarts: int
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessState:
    """How all services are, and who watches them."""

    supervisor: int
    address: str
    services: tuple[ServiceState, ...]

    @property
    def is_well(self) -> bool:
        """Says whether every service runs."""
        return all(service.standing == "running" for service in self.services)


def states_of(watched: Iterable[Watched]) -> tuple[ServiceState, ...]:
    """Reads how the services under watch are now."""
    return tuple(
        ServiceState(
            name=each.service.name,
            standing=each.standing.value,
            pid=each.service.pid,
            started=started_at(each.service.pid) if each.service.pid else None,
            restarts=each.restarts,
            sentence=each.sentence,
        )
        for each in watched
    )


def write_state(home: Path, state: ProcessState) -> None:
    """Writes what runs, whole or not at all."""
    file = _file(home)
    making = file.with_suffix(".making")
    making.write_text(json.dumps({"schema": SCHEMA, **asdict(state)}, indent=1))
    making.replace(file)


def forget_state(home: Path) -> None:
    """Says that nothing runs any more."""
    _file(home).unlink(missing_ok=True)


def read_state(home: Path) -> ProcessState | None:
    """Reads what runs.

    Missing: nothing when no supervisor lives, whatever one that was killed left written.
    """
    if not is_held(_lock(home)):
        return None
    return _written(home)


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Lets one supervisor in for as long as it lives.

    Raises: Refused when one is in already.
    """
    open_home(home)
    lock = take(_lock(home))
    if lock is None:
        raise Refused(_already_running(home))
    try:
        yield
    finally:
        forget_state(home)
        os.close(lock)


def _already_running(home: Path) -> Sentence:
    state = _written(home)
    if state is None:
        return sentence("OpenKAP is just starting here. Wait for it, or look with ./kap doctor.")
    return sentence(
        "OpenKAP already runs here, at {address} (process {pid}). Open that address; to stop it, press "
        "Ctrl-C where it runs, or end process {pid}.",
        address=state.address,
        pid=state.supervisor,
    )


def _written(home: Path) -> ProcessState | None:
    try:
        read = json.loads(_file(home).read_text())
    except FileNotFoundError:
        return None
    services = tuple(ServiceState(**service) for service in read["services"])
    return ProcessState(supervisor=read["supervisor"], address=read["address"], services=services)


def _file(home: Path) -> Path:
    return home / "run" / "state.json"


def _lock(home: Path) -> Path:
    return home / "run" / "supervisor.lock"
