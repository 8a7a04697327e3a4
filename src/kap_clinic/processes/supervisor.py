"""Starts the services in order, keeps them running, and stops them: programs first, the database last."""

from __future__ import annotations

import os
import signal
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from kap.vocabulary.errors import KapError
from kap_clinic.database.cluster import Cluster
from kap_clinic.processes.child import Child
from kap_clinic.processes.guard import guard_of
from kap_clinic.processes.lineage import adopt_orphans, collect_orphans, end_leftovers
from kap_clinic.processes.postgres import Database
from kap_clinic.processes.program import Program
from kap_clinic.processes.state import ProcessState, only_one, states_of, write_state
from kap_clinic.processes.watched import Standing, Tell, Watched

GLANCE = 0.1
LOGS_EVERY = 30.0
TRIES_AT_THE_START = 3
FOUNDATIONS = ("database", "guard")


def _nothing() -> None:
    """Does nothing."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What one supervisor runs.

    `prepare` is called when the database answers and before the first program, `announce` when the first
    program, which serves the pages, is ready.
    """

    home: Path
    programs: tuple[Program, ...]
    cluster: Cluster | None = None
    address: str = ""
    prepare: Callable[[], None] = field(default=_nothing)
    announce: Callable[[], None] = field(default=_nothing)


class Stopping:
    """Whether somebody asked us to stop, and whether they asked twice."""

    def __init__(self) -> None:
        self.is_asked = threading.Event()
        self.is_hasty = False

    def ask(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Asks to stop; the second time hastens."""
        self.is_hasty = self.is_asked.is_set()
        self.is_asked.set()

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Listens to Ctrl-C, to being ended and to a terminal that is closed."""
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        # What nohup told us to ignore stays ignored.
        heard = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
        before = {number: signal.signal(number, self.ask) for number in heard}
        try:
            yield
        finally:
            # Somebody who asked us to stop may press once more while we leave.
            if not self.is_asked.is_set():
                for number, handler in before.items():
                    signal.signal(number, handler)


def supervise(plan: Plan, tell: Tell) -> None:
    """Runs a plan until somebody asks to stop.

    Raises: Refused when another supervisor runs here; KapError when a service does not start.
    """
    stopping = Stopping()
    with only_one(plan.home), stopping.on_signals(), ThreadPoolExecutor(len(plan.programs) + 1) as probes:
        adopt_orphans()
        if left := end_leftovers(plan.home):
            tell(f"Ended {left} processes that an earlier run left behind.")
        with ExitStack() as database:
            services: list[Watched] = []
            if plan.cluster:
                database.enter_context(plan.cluster.in_use(tell))
                services.append(Watched(Database(plan.cluster, tell), tell))
            plan.prepare()
            run = uuid.uuid4().hex
            programs = (guard_of(plan.home, run), *plan.programs)
            services += [Watched(Child(program, plan.home, run, probes), tell) for program in programs]
            _Watch(plan, services, stopping, tell).keep()


class _Watch:
    def __init__(self, plan: Plan, services: Sequence[Watched], stopping: Stopping, tell: Tell) -> None:
        self._plan = plan
        self._services = services
        self._stopping = stopping
        self._tell = tell
        self._written: ProcessState | None = None
        self._next_logs = 0.0

    def keep(self) -> None:
        try:
            self._start_in_order()
            while not self._stopping.is_asked.wait(GLANCE):
                self._look(self._services)
        finally:
            self._stop()

    def _start_in_order(self) -> None:
        # What the pages need comes first, one after another, and then the pages themselves: they are
        # announced as soon as they answer, while the programs beside them still start.
        count = sum(each.service.name in FOUNDATIONS for each in self._services) + 1
        first, rest = self._services[:count], self._services[count:]
        for service in first:
            self._begin(service)
            if not self._all_ready([service]):
                return
        for service in rest:
            self._begin(service)
        self._plan.announce()
        self._all_ready(rest)

    def _begin(self, service: Watched) -> None:
        self._tell(f"Starting the {service.service.name} ...")
        service.begin(time.monotonic())

    def _all_ready(self, together: Sequence[Watched]) -> bool:
        while not all(service.standing is Standing.RUNNING for service in together):
            if self._stopping.is_asked.wait(GLANCE / 4):
                return False
            self._look(self._services)
            for service in together:
                if service.is_too_slow or service.ends_in_a_row >= TRIES_AT_THE_START:
                    raise KapError(self._does_not_start(service))
        return True

    def _does_not_start(self, service: Watched) -> str:
        name, words = service.service.name, service.service.last_words()
        return (
            f"The {name} does not start. {service.sentence.partition(';')[0]}. "
            f"Its last words: {words or '(none)'} The rest is in {self._plan.home / 'logs' / f'{name}.log'}."
        )

    def _look(self, services: Sequence[Watched]) -> None:
        now = time.monotonic()
        for service in services:
            service.look(now)
        collect_orphans(frozenset(each.service.pid for each in self._services if each.service.pid))
        if now >= self._next_logs:
            self._next_logs = now + LOGS_EVERY
            for service in services:
                service.service.shorten_log()
        self._write()

    def _write(self) -> None:
        state = ProcessState(
            supervisor=os.getpid(), address=self._plan.address, services=states_of(self._services)
        )
        if state != self._written:
            write_state(self._plan.home, state)
            self._written = state

    def _stop(self) -> None:
        self._tell("Stopping ...")
        programs = [each.service for each in reversed(self._services) if each.service.grace]
        for program in programs:
            program.ask_to_end()
        giving_up = time.monotonic() + max((program.grace for program in programs), default=0)
        while any(program.is_alive() for program in programs) and not self._stopping.is_hasty:
            if time.monotonic() > giving_up:
                break
            time.sleep(GLANCE / 5)
        for program in programs:
            program.end()
        collect_orphans(frozenset())
