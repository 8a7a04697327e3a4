"""`kap test`: the repository's promises, the core with its coverage, the clinic in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from kap_cli.checkout import checkout_root
from kap_cli.debian import install
from kap_cli.groups import CLINIC, CORE, CORES, PROMISES, Group, Result, count, on_postgresql, run
from kap_clinic.database.binaries import every_binaries

CHROMIUM = Path("/usr/bin/chromium")
# The same subset of PostgreSQL is promised from the oldest to the newest.
MAJORS = (15, 17, 18)


def test(
    paths: Annotated[list[str] | None, typer.Argument(help="Only these files or folders of tests.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also the slow ones, and PostgreSQL 15, 17 and 18 each.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.test/1.")] = False,
) -> None:
    """Run the repository's promises and the tests. Root gets Chromium from Debian where it is missing."""
    root, progress = checkout_root(), Console(stderr=True)
    if not (root.parent / "shared" / "data").is_dir():
        progress.print("No data made by others lies beside this checkout: its tests are not collected.")
    not_run, marks = _without_a_browser(root, progress), [] if everything else ["not slow"]
    if not_run:
        marks.append("not browser")
    results = []
    for group in _groups(paths, everything, not_run, progress):
        progress.rule(group.name)
        if result := run(group, root, marks=" and ".join(marks), to_errors=as_json):
            results.append(result)
    _tell(results, not_run, as_json)
    raise typer.Exit(0 if results and all(one.is_ok for one in results) and not not_run else 1)


def _without_a_browser(root: Path, progress: Console) -> list[str]:
    if CHROMIUM.exists() or install("chromium", progress):
        return []
    missed = count(CLINIC.folders, root, marks="browser")
    return [f"{missed} browser tests were not run: Chromium is missing (Debian: apt-get install chromium)."]


def _groups(paths: list[str] | None, everything: bool, not_run: list[str], progress: Console) -> list[Group]:
    if paths:
        return [Group(name=" ".join(paths), folders=tuple(paths), options=("-n", CORES))]
    groups = [PROMISES, CORE, CLINIC]
    return [*groups, *_other_postgresqls(not_run, progress)] if everything else groups


def _other_postgresqls(not_run: list[str], progress: Console) -> list[Group]:
    def found() -> dict[int, Path]:
        return {one.major: one.folder for one in reversed(list(every_binaries()))}

    usual = next(iter(every_binaries())).major
    for major in MAJORS:
        if major not in found():
            install(f"postgresql-{major}", progress)
        if major not in found():
            not_run.append(f"PostgreSQL {major} is missing (Debian: apt-get install postgresql-{major}).")
    # The clinic's own group has run on the usual one.
    return [on_postgresql(major, found()[major]) for major in MAJORS if major in found() and major != usual]


def _tell(results: list[Result], not_run: list[str], as_json: bool) -> None:
    totals = {
        "passed": sum(one.passed for one in results),
        "failed": sum(one.failed for one in results),
        "skipped": sum(one.skipped for one in results),
    }
    if as_json:
        print(json.dumps(_answer(results, not_run, totals), indent=2))
        return
    print()
    for one in results:
        state = "ok" if one.is_ok else "WRONG"
        why = "" if one.is_ok or one.failed else " (no test failed; the core's coverage is below 100 %)"
        print(f"{state:<6} {one.name:<14} {one.passed} passed, {one.failed} failed, {one.skipped} skipped "
              f"in {one.seconds} s{why}")  # fmt: skip
    for sentence in not_run:
        print(sentence)
    print(", ".join(f"{number} {name}" for name, number in totals.items()))


def _answer(results: list[Result], not_run: list[str], totals: dict[str, int]) -> dict[str, Any]:
    groups = [
        {"name": one.name, "ok": one.is_ok, "passed": one.passed, "failed": one.failed,
         "skipped": one.skipped, "seconds": one.seconds}
        for one in results
    ]  # fmt: skip
    is_ok = bool(results) and all(one.is_ok for one in results) and not not_run
    return {"schema": "openkap.test/1", "ok": is_ok, **totals, "not_run": not_run, "groups": groups}
