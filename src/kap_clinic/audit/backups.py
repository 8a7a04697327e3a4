"""Backups of this installation: made, restored, and proven by drills in a database that is thrown away."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from kap.vocabulary.errors import InputError, KapError
from kap_clinic.config.environment import Environment
from kap_clinic.database.addresses import BACKUP, OWNER, Address, role_addresses
from kap_clinic.database.backup import MANIFEST, Backup, Tell, make_backup, row_counts
from kap_clinic.database.binaries import every_binaries, find_binaries
from kap_clinic.database.cluster import throwaway_cluster
from kap_clinic.database.programs import program_for
from kap_clinic.database.restore import differing_counts, load, newest_backup, read_backup

from .copies import described, proven, reading_copy, refuse_forged, rows_told, signed_by
from .verification import Proof

DRILL = "last-drill.json"
KEPT = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """What restoring a backup into a database that was thrown away has shown."""

    backup: str
    at: str
    seconds: float
    rows: int
    is_signed: bool
    proofs: tuple[Proof, ...]
    wrong_tables: tuple[str, ...]

    @property
    def is_proven(self) -> bool:
        """Say whether every row and every chain came back as it was."""
        return not self.wrong_tables and all(proof.is_intact for proof in self.proofs)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupStanding:
    """When the last backup was made, and when a backup was last proven by a drill.

    Missing: None where it never was; ``is_proven`` is False when the last drill failed.
    """

    made_at: datetime | None
    drilled_at: datetime | None
    is_proven: bool


def backups_folder(home: Path) -> Path:
    """Name the folder backups go to when nobody says another."""
    return home / "backups"


def back_up(environment: Environment, tell: Tell, to: Path | None = None) -> Backup:
    """Make a backup of this installation.

    Raises: KapError, Refused.
    """
    return make_backup(
        role_addresses(environment)["backup"],
        to or backups_folder(environment.home),
        pg_dump=partial(program_for, environment, "pg_dump"),
        describe=described,
        sign=signed_by(environment.home),
        tell=tell,
    )


def chosen_backup(environment: Environment, folder: Path | None) -> Backup:
    """Read the backup in a folder, or the newest of this installation; checked against its manifest.

    Raises: InputError, Refused.
    """
    found = folder or newest_backup(backups_folder(environment.home))
    if found is None:
        raise InputError("There is no backup yet: make one with ./kap backup, or name a folder.")
    backup = read_backup(found)
    refuse_forged(backup.manifest, environment.home)
    return backup


def drill(environment: Environment, tell: Tell, folder: Path | None = None) -> Drill:
    """Restore a backup into a throwaway database, count and verify it, and write down what came of it.

    The live database is not touched, and nothing of the copy is left behind.

    Raises: InputError, Refused, KapError.
    """
    started = time.monotonic()
    backup = chosen_backup(environment, folder)
    place = environment.home / "drill"
    shutil.rmtree(place, ignore_errors=True)
    tell("Starting a database to be thrown away ...")
    with throwaway_cluster(place, _binaries(environment, backup.manifest["needs_major"])) as cluster:
        load(backup, cluster.address(OWNER), pg_restore=cluster.binaries / "pg_restore", tell=tell)
        wrong, rows = counted(backup, cluster.address(BACKUP))
        proofs = proven(cluster.address(BACKUP), backup.manifest, environment.home, rows_told(tell))
    done = Drill(
        backup=str(backup.folder),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - started, 2),
        rows=rows,
        is_signed=refuse_forged(backup.manifest, environment.home),
        proofs=tuple(proofs),
        wrong_tables=tuple(wrong),
    )
    _write_down(backups_folder(environment.home), done)
    return done


def counted(backup: Backup, copy: Address) -> tuple[list[str], int]:
    """Count a restored copy as a role that sees everything; name the tables that differ from the manifest."""
    with reading_copy(copy) as read:
        counts = row_counts(read)
    return differing_counts(backup, counts), sum(counts.values())


def standing(home: Path) -> BackupStanding:
    """Return when the last backup was made and last proven."""
    newest = newest_backup(backups_folder(home))
    made = _json(newest / MANIFEST) if newest else {}
    drilled = _json(backups_folder(home) / DRILL)
    return BackupStanding(
        made_at=_at(made.get("made_at")),
        drilled_at=_at(drilled.get("at")),
        is_proven=bool(drilled.get("ok")),
    )


def forget_old_backups(home: Path, keep: int = KEPT) -> int:
    """Delete the oldest backups in our own folder and keep the newest few; return how many went."""
    folders = sorted(one.parent for one in backups_folder(home).glob(f"[0-9]*/{MANIFEST}"))
    old = folders[:-keep]
    for folder in old:
        shutil.rmtree(folder)
    return len(old)


def _binaries(environment: Environment, at_least: int) -> Any:
    chosen = [find_binaries(environment)] if environment.postgres_bin else list(every_binaries())
    # The oldest that fits is nearest to what runs here.
    fit = sorted((one for one in chosen if one.major >= at_least), key=lambda one: one.major)
    if not fit:
        raise KapError(
            f"A drill needs PostgreSQL {at_least} or newer on this machine (Debian: apt-get install "
            f"postgresql-{at_least})."
        )
    return fit[0]


def _write_down(folder: Path, done: Drill) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = {
        "schema": "openkap.drill/1",
        "ok": done.is_proven,
        "at": done.at,
        "backup": done.backup,
        "seconds": done.seconds,
        "rows": done.rows,
        "wrong_tables": list(done.wrong_tables),
        "broken": [str(proof.organization) for proof in done.proofs if not proof.is_intact],
    }
    draft = folder / f"{DRILL}.draft"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(told, indent=1) + "\n")
    draft.replace(folder / DRILL)


def _json(file: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return told


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
