"""Drives mutated bundles through the reader and the rules, guided by coverage; counts what it makes of them.

    python -m tests.fuzz.fhir 100000

Stops at the first traceback, or at the first fact a person has from an entry that does not name them. Needs
atheris, which runs beside the house and is installed into a folder of its own the first time.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import time
import venv
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".kap" / "fuzz"
FUZZER = "atheris==3.0.0"
TODAY = date(2026, 3, 4)
SMALLEST_INPUT, LARGEST_INPUT = 8, 96


def main() -> None:
    """Runs here where the fuzzer is, else in its own folder."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if importlib.util.find_spec("atheris"):
        _fuzz(runs)
        return
    python = FOLDER / "bin" / "python"
    if not python.exists():
        venv.create(FOLDER, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", FUZZER], check=True)
    ours = os.pathsep.join([str(ROOT), str(ROOT / "src"), sysconfig.get_path("purelib")])
    os.execve(python, [str(python), "-m", "tests.fuzz.fhir", str(runs)], {**os.environ, "PYTHONPATH": ours})


def _fuzz(runs: int) -> None:
    atheris: Any = importlib.import_module("atheris")

    with atheris.instrument_imports(include=["kap_fhir", "kap.screening"]):
        from kap.screening.screening import Treatment, screen
        from kap.vocabulary.errors import InputError
        from kap_fhir.reading import read_people
    from tests.fuzz.mutations import mutated
    from tests.fuzz.strangers import strangers_facts

    counted: Counter[str] = Counter()
    began = time.monotonic()

    class Bytes:
        """Chance from the fuzzer's bytes."""

        def __init__(self, data: bytes) -> None:
            self.data = atheris.FuzzedDataProvider(data)

        def whole(self, below: int) -> int:
            return int(self.data.ConsumeIntInRange(0, below - 1))

    def one(data: bytes) -> None:
        style, sent = mutated(Bytes(data))
        counted["runs"] += 1
        try:
            read = read_people(sent, on=TODAY)
        except InputError:
            counted["refused"] += 1
        else:
            counted["read"] += 1
            counted[f"read {style}"] += 1
            counted["people"] += len(read.people)
            counted["facts"] += sum(len(one.facts) for one in read.people)
            counted["listed"] += sum(len(one.not_understood) for one in read.people) + len(read.unplaced)
            if strange := strangers_facts(sent, read):
                raise AssertionError(f"Facts from a stranger: {strange}")
            for person in read.people:
                counted[screen(person, Treatment(), TODAY).verdict.value] += 1
        if counted["runs"] == runs:
            _tell(counted, time.monotonic() - began)

    atheris.Setup(
        [sys.argv[0], f"-runs={runs}", f"-max_len={LARGEST_INPUT}", "-len_control=0", "-seed=1",
         f"-artifact_prefix={FOLDER}/", *_seeds()],
        one,
    )  # fmt: skip
    atheris.Fuzz()


def _seeds() -> list[str]:
    """Inputs of the right length to begin with, for libFuzzer grows them slowly by itself."""
    folder = FOLDER / "inputs"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(64):
        # Chance without a generator: digits of a fraction are as good a start as any.
        digits = pow(3, 1000 + number, 1 << (8 * LARGEST_INPUT)).to_bytes(LARGEST_INPUT, "little")
        (folder / f"{number}").write_bytes(digits[: SMALLEST_INPUT + number])
    return [str(folder)]


def _tell(counted: Counter[str], seconds: float) -> None:
    told: dict[str, Any] = {**counted, "seconds": round(seconds, 1), "tracebacks": 0, "strangers' facts": 0}
    print(json.dumps(told, indent=1), flush=True)


if __name__ == "__main__":
    main()
