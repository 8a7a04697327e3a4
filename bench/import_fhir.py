"""Every record made by others, read: people, resources understood, listed, kept, and seconds by file."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kap.vocabulary.errors import InputError
from kap_fhir.reading import read_people

RECORDS = Path(__file__).parents[2] / "shared" / "data" / "fhir"
COLUMNS = ("people", "resources", "understood", "listed", "kept", "seconds")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One file: what became of its resources, or the sentence it was refused in."""

    file: str
    people: int = 0
    resources: int = 0
    understood: int = 0
    listed: int = 0
    kept: int = 0
    seconds: float = 0.0
    refused: str = ""


def run(as_json: bool) -> None:
    """Read every file once and print the table; the last lines are the sums."""
    rows = list(_rows())
    if not rows:
        raise InputError("The records made by others do not lie beside this checkout: nothing was read.")
    sums = _sums(rows)
    if as_json:
        told = {"schema": "openkap.bench/1", "name": "import_fhir"}
        print(json.dumps({**told, "files": [asdict(row) for row in rows], **sums}, indent=2))
        return
    width = max(len(row.file) for row in rows)
    print(f"{'file':<{width}}", *(f"{name:>10}" for name in COLUMNS))
    for row in rows:
        print(f"{row.file:<{width}}", row.refused or " ".join(_cells(row)))
    for name, value in sums.items():
        print(f"{name}: {value}")


def _rows() -> Iterator[Row]:
    for path in sorted(RECORDS.glob("*/*")):
        file, began = f"{path.parent.name}/{path.name}", time.perf_counter()
        try:
            read = read_people(path)
        except InputError as refusal:
            yield Row(file=file, refused=str(refusal))
            continue
        seconds, tally = time.perf_counter() - began, read.tally
        yield Row(
            file=file,
            people=len(read.people),
            resources=tally.resources,
            understood=tally.understood,
            listed=tally.listed,
            kept=sum(tally.kept.values()),
            seconds=round(seconds, 4),
        )


def _sums(rows: list[Row]) -> dict[str, float | int]:
    read = [row for row in rows if not row.refused]
    seconds = sum(row.seconds for row in read)
    resources = sum(row.resources for row in read)
    return {
        "files": len(rows),
        "files read": len(read),
        "files refused in a sentence": len(rows) - len(read),
        "resources": resources,
        "understood": sum(row.understood for row in read),
        "listed with the reason": sum(row.listed for row in read),
        "kept": sum(row.kept for row in read),
        "seconds": round(seconds, 2),
        "resources a second": round(resources / seconds),
    }


def _cells(row: Row) -> list[str]:
    return [f"{getattr(row, name):>10}" for name in COLUMNS]
