"""The worker: jobs, the audit's sealer, the on-call ladder and the night's chores, in one process.

It outlives the database: what fails because the database is away is tried again, a little later each time.
It ends at SIGTERM after the job and the batch in hand, with everything sealed that was committed by then.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any

import django
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils.module_loading import import_string

from kap.vocabulary.errors import KapError
from kap_clinic.config.environment import Environment, read_environment
from kap_clinic.config.home import open_home
from kap_clinic.processes.heartbeat import beat

LOG = logging.getLogger("kap.worker")
BACKUP_AT = clock_time(2, 30)
DRILL_EVERY = timedelta(days=7)
LONGEST_WAIT = 30.0
# Somebody may be waiting to be called about: back soon, however often it failed before.
LONGEST_WAIT_ON_CALL = 5.0
# A loop that has said nothing for so long hangs; the supervisor then starts the worker anew.
SILENT = 45.0
BEAT_EVERY = 5.0
JOB_GRACE = 10.0


class Loop(threading.Thread):
    """One duty, done again and again in a thread of its own until the worker ends."""

    def __init__(
        self, name: str, duty: Callable[[Loop], Any], every: float, stopping: threading.Event,
        longest: float = LONGEST_WAIT,
    ) -> None:  # fmt: skip
        """Hold the duty, how many seconds lie between its turns, and how many at most after failures."""
        super().__init__(name=name, daemon=True)
        self._duty, self._every, self._longest, self._stopping = duty, every, longest, stopping
        self.heard_at = time.monotonic()

    def goes_on(self) -> bool:
        """Take a sign of life from the midst of a long duty, and say whether to go on with it."""
        self.heard_at = time.monotonic()
        return not self._stopping.is_set()

    @property
    def is_silent(self) -> bool:
        """Say whether the duty has not come back for too long."""
        return time.monotonic() - self.heard_at > SILENT

    def run(self) -> None:
        """Do the duty until the worker ends; after a failure wait longer each time."""
        failures = 0
        while not self._stopping.wait(self._pause(failures)):
            failures = 0 if self.turn() else failures + 1
        connection.close()

    def turn(self) -> bool:
        """Do the duty once; say whether it went well. What went wrong is logged without its values."""
        self.heard_at = time.monotonic()
        close_old_connections()
        try:
            self._duty(self)
        except KapError as failed:
            LOG.error("%s: %s", self.name, failed)
            return False
        except Exception as failed:
            LOG.error("%s: %s%s", self.name, type(failed).__name__, _where(failed))
            return False
        finally:
            self.heard_at = time.monotonic()
        return True

    def _pause(self, failures: int) -> float:
        longer = min(self._longest, self._every * 2 ** min(failures, 10))
        return max(self._every, longer) if failures else self._every


def _where(failed: Exception) -> str:
    # A database error's own text quotes values.
    if isinstance(failed, DatabaseError | InterfaceError):
        return " (the database is away, or refused)"
    frame = failed.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    return f" at {Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else ""


def main() -> int:
    """Work until SIGTERM or SIGINT."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kap_clinic.config.settings")
    django.setup()
    environment = read_environment()
    open_home(environment.home)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    sealer, chores = _sealer(environment, stopping), _chores(environment, stopping)
    ladder, *around_it = _on_call(environment, stopping)
    for loop in (sealer, chores, ladder, *around_it, *_played(environment, stopping)):
        loop.start()
    beat(environment.home)
    asyncio.run(_work(environment.home, (sealer, ladder), stopping))
    ladder.join(SILENT)
    sealer.join(SILENT)
    sealer.turn()
    return 0


def _sealer(environment: Environment, stopping: threading.Event) -> Loop:
    from kap_clinic.audit.sealer import Sealer  # noqa: PLC0415 -- django insists

    sealer = Sealer(environment.home)
    return Loop("sealer", lambda loop: sealer.tick(loop.goes_on), 1.0, stopping)


def _chores(environment: Environment, stopping: threading.Event) -> Loop:
    return Loop("chores", lambda _: do_chores(environment), 300.0, stopping)


def _on_call(environment: Environment, stopping: threading.Event) -> list[Loop]:
    duties = import_string("kap_clinic.on_call.duties.duties_of")(environment)

    def turning(do: Callable[[Callable[[], bool]], object]) -> Callable[[Loop], object]:
        return lambda loop: do(loop.goes_on)

    return [Loop(duty.name, turning(duty.do), duty.every, stopping, LONGEST_WAIT_ON_CALL) for duty in duties]


def _played(environment: Environment, stopping: threading.Event) -> list[Loop]:
    """The one session that runs live where everybody is invented; nothing anywhere else."""
    if not environment.is_demo:
        return []
    live = import_string("kap_clinic.demonstration.live.Live")()
    return [Loop("live session", lambda _: live.turn(), live.every, stopping)]


async def _work(home: Path, loops: tuple[Loop, ...], stopping: threading.Event) -> None:
    jobs = asyncio.create_task(_jobs(stopping))
    while not stopping.is_set():
        if not any(loop.is_silent for loop in loops) and not jobs.done():
            beat(home)
        await _until(stopping, BEAT_EVERY)
    jobs.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await jobs


async def _jobs(stopping: threading.Event) -> None:
    """Run jobs; when the database goes away, begin again."""
    from procrastinate.contrib.django import app  # noqa: PLC0415 -- django insists

    wait = 1.0
    while not stopping.is_set():
        begun = time.monotonic()
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
        try:
            with app.replace_connector(connector) as working:
                async with working.open_async():
                    await working.run_worker_async(
                        install_signal_handlers=False,
                        shutdown_graceful_timeout=JOB_GRACE,
                        task_middleware=[_on_fresh_connections],
                        delete_jobs="successful",
                    )
        except Exception as failed:
            LOG.error("jobs: %s%s", type(failed).__name__, _where(failed))
        wait = 1.0 if time.monotonic() - begun > LONGEST_WAIT else min(LONGEST_WAIT, wait * 2)
        await _until(stopping, wait)


def _on_fresh_connections(call_next: Callable[[], Any], context: Any, worker: Any) -> Any:
    # A job's thread keeps its connection, and the database may have been restarted since.
    close_old_connections()
    try:
        return call_next()
    finally:
        close_old_connections()


async def _until(stopping: threading.Event, seconds: float) -> None:
    """Wait, but not past the end of the worker."""
    end = time.monotonic() + seconds
    while not stopping.is_set() and time.monotonic() < end:
        await asyncio.sleep(min(0.1, seconds))


def do_chores(environment: Environment, now: datetime | None = None) -> list[str]:
    """Do what is due: clear what has expired, back up, drill. Return what was done."""
    at = (now or datetime.now(UTC)).astimezone()
    done = ["cleared"]
    _clear_expired()
    if is_backup_due(environment, at):
        from kap_clinic.audit.backups import back_up, forget_old_backups  # noqa: PLC0415 -- slow import

        back_up(environment, LOG.info)
        forget_old_backups(environment.home)
        done.append("backed up")
    if is_drill_due(environment, at):
        from kap_clinic.audit.backups import drill  # noqa: PLC0415 -- slow import

        if not drill(environment, LOG.info).is_proven:
            raise KapError(
                "The newest backup is NOT proven: run ./kap restore --drill and read what it says."
            )
        done.append("drilled")
    return done


def is_backup_due(environment: Environment, at: datetime) -> bool:
    """Say whether no backup was made since the last time the clock of this machine showed half past two."""
    from kap_clinic.audit.backups import standing  # noqa: PLC0415 -- slow import

    slot = datetime.combine(at.date(), BACKUP_AT, at.tzinfo)
    slot = slot if slot <= at else slot - timedelta(days=1)
    return (standing(environment.home).made_at or _installed_at()) < slot


def is_drill_due(environment: Environment, at: datetime) -> bool:
    """Say whether there is a backup and none was proven for a week."""
    from kap_clinic.audit.backups import standing  # noqa: PLC0415 -- slow import

    known = standing(environment.home)
    return known.made_at is not None and at - (known.drilled_at or _installed_at()) >= DRILL_EVERY


def _installed_at() -> datetime:
    from kap_clinic.database.models import Installation  # noqa: PLC0415 -- django insists

    return Installation.objects.values_list("created_at", flat=True).get()


def _clear_expired() -> None:
    from kap_clinic.accounts.sessions import SessionStore  # noqa: PLC0415 -- django insists
    from kap_clinic.database.door import Reason, outside  # noqa: PLC0415 -- django insists

    SessionStore.clear_expired()
    with outside(Reason.THROTTLE), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_cache WHERE expires < now()")


if __name__ == "__main__":
    raise SystemExit(main())
