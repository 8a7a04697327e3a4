"""Records imported into a real database: reading, row-level security, sealing and audit included."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from bench.import_fhir import RECORDS
from bench.running import ROOT, running_clinic
from bench.screen_peers.bundles import bundles

BUNDLES = 60
SEED = 20261121


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What one kind of file brought, and its seconds: by the clock, our processor's and the database's."""

    kind: str
    files: int
    resources: int
    facts: int
    seconds: float
    own_seconds: float
    database_seconds: float

    @property
    def per_second(self) -> float:
        """Resources a second by the clock."""
        return self.resources / self.seconds

    @property
    def per_processor_second(self) -> float:
        """Resources a second of processor time, which other work on the machine does not lengthen."""
        return self.resources / (self.own_seconds + self.database_seconds)


def imported_kinds() -> list[Imported]:
    """Start a clinic on a throwaway folder, import each kind of file into it, and leave nothing behind."""
    with running_clinic() as clinic:
        told = subprocess.run(
            [sys.executable, "-m", "bench.imported"],
            env={**clinic.environment, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
            cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    return [Imported(**row) for row in json.loads(told.stdout.splitlines()[-1])]


def _files() -> Iterator[tuple[str, list[bytes]]]:
    made = bundles(BUNDLES, SEED)
    yield "invented, a bundle a person", [json.dumps(one).encode() for one in made]
    lines = [json.dumps(entry["resource"]) for one in bundles(BUNDLES, SEED + 1) for entry in one["entry"]]
    yield "invented, NDJSON of everyone", ["\n".join(lines).encode()]
    if others := sorted((RECORDS / "synthea").glob("*.json.gz")):
        yield "Synthea, a bundle a person", [gzip.decompress(path.read_bytes()) for path in others]


def _import_all() -> list[Imported]:
    from kap_cli.opened import opened_clinic, organizations  # noqa: PLC0415 -- django insists

    with opened_clinic(lambda _: None):
        house = organizations()[0]
        _warm_up(house)
        return [_import(house, kind, files) for kind, files in _files()]


def _warm_up(house: UUID) -> None:
    # Tables of codes are read once in a process; a clinic that imports has read them long ago.
    _import(house, "warm-up", [json.dumps(one).encode() for one in bundles(2, SEED + 2)])


def _import(house: UUID, kind: str, files: list[bytes]) -> Imported:
    from kap_clinic.database.actors import Actor  # noqa: PLC0415 -- django insists
    from kap_clinic.people.importing import receive_file  # noqa: PLC0415 -- django insists

    by = Actor.program("benchmark")
    server = _database_seconds()
    began, own = time.perf_counter(), time.process_time()
    done = [receive_file(organization=house, by=by, content=one, source=kind) for one in files]
    seconds, own_seconds = time.perf_counter() - began, time.process_time() - own
    if not all(one.is_written and one.is_new for one in done):
        raise RuntimeError(f"{kind}: not every file was written.")
    resources, facts = _counted(house, [one.id for one in done])
    return Imported(
        kind=kind, files=len(files), resources=resources, facts=facts, seconds=seconds,
        own_seconds=own_seconds, database_seconds=_database_seconds() - server,
    )  # fmt: skip


def _database_seconds() -> float:
    """Return the processor seconds that our session's server process has used so far."""
    from django.db import connection  # noqa: PLC0415 -- django insists

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        told = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text()
    user, system = told.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _counted(house: UUID, ids: list[UUID]) -> tuple[int, int]:
    """What the database says it holds of these files."""
    from kap_clinic.database.actors import Actor  # noqa: PLC0415 -- django insists
    from kap_clinic.database.door import acting  # noqa: PLC0415 -- django insists
    from kap_clinic.people.models import Import, RecordedFact  # noqa: PLC0415 -- django insists

    with acting(house, Actor.program("benchmark"), "people.see_import"):
        resources = [one.resources for one in Import.objects.filter(id__in=ids)]
        return sum(resources), RecordedFact.objects.filter(brought_by_id__in=ids).count()


if __name__ == "__main__":
    print(json.dumps([asdict(row) for row in _import_all()]))
