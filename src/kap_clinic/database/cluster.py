"""The built-in PostgreSQL: started, adopted when it already runs, and stopped by its last user.

A running server holds a lock it was handed at its start. Whether it lives is asked of that lock and not of a
process number, which another program, or another container on the same folder, may carry.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg import pq

from kap.vocabulary.errors import KapError
from kap_clinic.config.environment import Environment
from kap_clinic.config.home import open_home
from kap_clinic.database.account import Account, database_account
from kap_clinic.database.addresses import (
    DATABASE,
    PORT,
    SUPER,
    Address,
    built_in_address,
    make_passwords,
    passwords_file,
    read_passwords,
    socket_folder,
)
from kap_clinic.database.binaries import Binaries, every_binaries, find_binaries, reachable_binaries
from kap_clinic.database.datafolder import (
    PROGRAM_ENVIRONMENT,
    major_of,
    make_data,
    refuse_wrong_major,
    set_superuser_password,
    write_settings,
)
from kap_clinic.database.locks import held, is_held, take
from kap_clinic.database.postmaster import ask_to_end, postmaster_of
from kap_clinic.database.roles import establish_roles

Tell = Callable[[str], None]
STOP_SECONDS = 60.0
ADOPT_SECONDS = 60.0


def _silently(_: str) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The built-in PostgreSQL of one state folder."""

    home: Path
    binaries: Binaries
    account: Account
    is_durable: bool = True

    @property
    def folder(self) -> Path:
        """Names the folder that holds data, socket and logs."""
        return self.home / "database"

    @property
    def data(self) -> Path:
        """Names PostgreSQL's own data folder."""
        return self.folder / "data"

    def address(self, role: str, database: str = DATABASE) -> Address:
        """Gives the address of a database as kap_owner, kap_app or kap_backup."""
        return built_in_address(self.home, role, read_passwords(self.home), database)

    def superuser_address(self, database: str = "postgres") -> Address:
        """Gives the address of a database as its superuser, whom no page or job ever is."""
        return self.address(SUPER, database)

    @contextmanager
    def in_use(self, tell: Tell = _silently) -> Iterator[Cluster]:
        """Runs the server for as long as anybody uses it; the last to leave stops it."""
        open_home(self.home)
        self.folder.mkdir(exist_ok=True)
        users = self.folder / "users.lock"
        try:
            with held(users, shared=True):
                self.ensure_started(tell)
                yield self
        finally:
            alone = take(users)
            if alone is not None:
                self.stop()
                os.close(alone)

    def ensure_started(self, tell: Tell = _silently) -> bool:
        """Starts the server, or adopts the one that runs; says whether it had to be started.

        Raises: KapError with PostgreSQL's own words when it will not start.
        """
        self._open_folders()
        with held(self.folder / "starting.lock"):
            giving_up = time.monotonic() + ADOPT_SECONDS
            while True:
                lock = take(self._server_lock)
                if lock is not None:
                    return self._start_or_adopt(lock, tell)
                if self.answers():
                    return False
                if time.monotonic() > giving_up:
                    raise KapError(
                        f"A PostgreSQL holds {self.data} and does not answer. If another container runs "
                        f"on this folder, stop that one; otherwise read the log in {self.folder / 'logs'}."
                    )
                # It is starting, stopping, or its children still end after it was killed.
                time.sleep(0.05)

    def stop(self, mode: str = "fast") -> None:
        """Stops the server, if it runs, and waits until its last process has ended."""
        pid = self.postmaster()
        if pid is None:
            return
        ask_to_end(pid, mode)
        impatient = time.monotonic() + STOP_SECONDS
        while self.is_running():
            if time.monotonic() > impatient:
                # Recovery at the next start loses nothing that was acknowledged.
                ask_to_end(pid, "immediate")
                impatient = time.monotonic() + STOP_SECONDS
            time.sleep(0.02)

    def is_running(self) -> bool:
        """Says whether any process of the server lives."""
        return is_held(self._server_lock) or self.postmaster() is not None

    def answers(self) -> bool:
        """Says whether the server takes connections now."""
        conninfo = f"host='{socket_folder(self.home)}' port={PORT} connect_timeout=5"
        return pq.PGconn.ping(conninfo.encode()) == pq.Ping.OK

    def postmaster(self) -> int | None:
        """Gives the process number of the running server.

        Missing: nothing when none runs.
        """
        return postmaster_of(self.data)

    @property
    def _server_lock(self) -> Path:
        return self.folder / "server.lock"

    def _open_folders(self) -> None:
        open_home(self.home)
        self.folder.mkdir(exist_ok=True)
        self.folder.chmod(0o711 if self.account.is_lower else 0o700)
        if self.account.is_lower and not self.account.may_enter(self.folder):
            raise KapError(
                f"The database's account {self.account.name} cannot enter {self.folder}, because a folder "
                "above it is closed: set KAP_HOME to a folder under /var/lib or /srv."
            )
        for name in ("logs", "socket"):
            self.account.own_folder(self.folder / name)
        socket = socket_folder(self.home)
        self.account.own_folder(socket)
        found = socket.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.account.uid or found.st_mode & 0o077:
            raise KapError(f"{socket} is not a private folder of the account {self.account.name}: remove it.")

    def _start_or_adopt(self, lock: int, tell: Tell) -> bool:
        try:
            if self.postmaster() is not None:
                return False
            self._prepare(tell)
            self._start(lock)
        finally:
            os.close(lock)
        self._wait_until_it_answers(tell)
        establish_roles(self.superuser_address(), read_passwords(self.home))
        return True

    def _prepare(self, tell: Tell) -> None:
        binaries = self._reachable()
        is_lost = not passwords_file(self.home).exists()
        passwords = make_passwords(self.home)
        if major_of(self.data) is None:
            tell(f"Making the database with {binaries} ...")
            make_data(self.data, binaries, self.account, passwords[SUPER], is_durable=self.is_durable)
            is_lost = False
        refuse_wrong_major(self.data, binaries)
        self._clear_leftovers()
        write_settings(self.data, self.account, socket_folder(self.home), is_durable=self.is_durable)
        if is_lost:
            set_superuser_password(self.data, binaries, self.account, passwords[SUPER])

    def _clear_leftovers(self) -> None:
        # No server lives: we hold its lock. PostgreSQL would believe a leftover number that a stranger now
        # carries, or that a killed server keeps until the first process of a container collects it.
        socket = socket_folder(self.home) / f".s.PGSQL.{PORT}"
        for leftover in (self.data / "postmaster.pid", socket, socket.with_name(socket.name + ".lock")):
            leftover.unlink(missing_ok=True)

    def _reachable(self) -> Binaries:
        return reachable_binaries(self.binaries, self.account, self.folder)

    def _start(self, lock: int) -> None:
        log = self.folder / "logs" / "start.log"
        self.account.write(log, "")
        command: list[str | Path] = [
            self._reachable() / "pg_ctl",
            "start",
            "--silent",
            "--no-wait",
            f"--pgdata={self.data}",
        ]
        said = self.account.run(*command, f"--log={log}", pass_fds=(lock,), env=PROGRAM_ENVIRONMENT)
        if said.returncode != 0:
            raise KapError(f"{self.binaries} could not be started: {said.stderr.strip()}")

    def _wait_until_it_answers(self, tell: Tell) -> None:
        next_word = time.monotonic() + 2
        while not self.answers():
            if not self.is_running():
                said = (self.folder / "logs" / "start.log").read_text(errors="replace").strip()
                raise KapError(
                    f"{self.binaries} did not start in {self.data}. It said: {said[-600:] or 'nothing'}"
                )
            if time.monotonic() > next_word:
                tell("PostgreSQL is putting the data in order after an unclean stop ...")
                next_word += 5
            time.sleep(0.02)


def cluster_of(environment: Environment) -> Cluster:
    """Gives the built-in PostgreSQL of an installation; data already made keeps its major version."""
    binaries = find_binaries(environment)
    made_by = major_of(environment.home / "database" / "data")
    if made_by not in (None, binaries.major) and environment.postgres_bin is None:
        binaries = next((other for other in every_binaries() if other.major == made_by), binaries)
    return Cluster(environment.home, binaries, database_account())


@contextmanager
def throwaway_cluster(folder: Path | None = None, binaries: Binaries | None = None) -> Iterator[Cluster]:
    """Runs an empty database for a test and leaves nothing behind."""
    home = folder or Path(tempfile.mkdtemp(prefix="kap-"))
    home.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(home, binaries or next(every_binaries()), database_account(), is_durable=False)
    cluster.ensure_started()
    try:
        yield cluster
    finally:
        cluster.stop("immediate")
        shutil.rmtree(socket_folder(home), ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)
