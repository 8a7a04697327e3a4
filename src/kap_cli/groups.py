"""The groups the tests run in: the promises first, the core with its coverage, then the clinic."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from kap_clinic.config.environment import environment_of_a_child

CORES = "2"


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Tests that run together: where they lie, how pytest is asked, and what else is told to them."""

    name: str
    folders: tuple[str, ...]
    options: tuple[str, ...] = ()
    variables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What became of a group."""

    name: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    is_ok: bool


PROMISES = Group(name="promises", folders=("tests/repository",), options=("-n", CORES))
CORE = Group(
    name="core",
    folders=("tests/spec", "tests/unit", "tests/laws", "tests/references"),
    options=("-n", CORES, "--cov", "--cov-branch", "--cov-fail-under=100", "--cov-report=term-missing"),
)
CLINIC = Group(name="clinic", folders=("tests/clinic", "tests/journeys"), options=("-n", CORES))


def on_postgresql(major: int, folder: Path) -> Group:
    """Gives the clinic's tests, without the browser's, on another PostgreSQL."""
    return Group(
        name=f"PostgreSQL {major}",
        folders=("tests/clinic",),
        options=("-n", CORES),
        variables={"KAP_POSTGRES_BIN": str(folder)},
    )


def run(group: Group, root: Path, *, marks: str, to_errors: bool) -> Result | None:
    """Runs a group where it has any folder, showing pytest's own progress.

    Missing: none of its folders is there.
    """
    folders = [folder for folder in group.folders if (root / folder.split("::")[0]).exists()]
    if not folders:
        return None
    with tempfile.TemporaryDirectory() as place:
        report, began = Path(place) / "report.xml", time.monotonic()
        options = ["-q", *group.options, "-m", marks, f"--junitxml={report}"]
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", *folders, *options],
            cwd=root,
            env=environment_of_a_child({"PYTHONPATH": str(root / "src"), **group.variables}),
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr if to_errors else None,
            check=False,
        )
        passed, failed, skipped = _counts(report)
    # Pytest that ended before it could report is a failure nobody may overlook.
    failed += 1 if ran.returncode not in (0, 1) else 0
    return Result(
        name=group.name,
        passed=passed,
        failed=failed,
        skipped=skipped,
        seconds=round(time.monotonic() - began, 1),
        is_ok=ran.returncode == 0,
    )


def count(folders: tuple[str, ...], root: Path, *, marks: str) -> int:
    """Counts the tests with these marks, running none."""
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", marks, *folders],
        cwd=root,
        env=environment_of_a_child({"PYTHONPATH": str(root / "src")}),
        capture_output=True,
        text=True,
        check=False,
    )
    return sum("::" in line for line in found.stdout.splitlines())


def _counts(report: Path) -> tuple[int, int, int]:
    if not report.is_file():
        return 0, 0, 0
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    totals = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in suites:
        for name in totals:
            totals[name] += int(suite.get(name, "0"))
    failed = totals["failures"] + totals["errors"]
    return totals["tests"] - failed - totals["skipped"], failed, totals["skipped"]
