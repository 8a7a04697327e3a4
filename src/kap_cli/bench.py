"""`kap bench`: one benchmark beside its real peers, or the list of those there are."""

from __future__ import annotations

import ast
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from kap.vocabulary.errors import InputError
from kap_cli.checkout import checkout_root


def bench(
    name: Annotated[str | None, typer.Argument(help="Which benchmark; without it, the list.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.bench/1.")] = False,
) -> None:
    """Run a benchmark of bench/ beside its peers, or say which there are."""
    root = checkout_root()
    known = benchmarks_in(root / "bench")
    if name is None:
        _tell(known, as_json)
        return
    if name not in known:
        raise InputError(f"No benchmark is called {name!r}. There are: {', '.join(known) or 'none yet'}.")
    sys.path.insert(0, str(root))
    import_module(f"bench.{name}").run(as_json)


def benchmarks_in(folder: Path) -> dict[str, str]:
    """Finds the benchmarks of a folder, each with its first sentence: the files that have a `run`."""
    found = {}
    for file in sorted(folder.glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.FunctionDef) and node.name == "run" for node in tree.body):
            found[file.stem] = (ast.get_docstring(tree) or "").partition("\n")[0]
    return found


def _tell(known: dict[str, str], as_json: bool) -> None:
    if as_json:
        listed = [{"name": name, "sentence": sentence} for name, sentence in known.items()]
        print(json.dumps({"schema": "openkap.bench/1", "benchmarks": listed}, indent=2))
        return
    for name, sentence in known.items():
        print(f"{name:<12} {sentence}")
    if not known:
        print("There is no benchmark yet: add bench/<name>.py with a function run(json).")
