"""The tables of the clinic and how each is guarded, as a reference page."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from kap_clinic.database.global_tables import GLOBAL_TABLES

_INTRODUCTION = """# The tables and their guards

A table belongs to an organization, and then row-level security is forced on it and keyed on
`organization_id`; or it is global, and then it is on the closed list below, holds no clinical value and is
written through `outside(reason)`. There is no third kind. A **history** takes new rows only: the role of the
application may not change or remove one, and a trigger says no to everybody.

## Tables of an organization

| table | what a row is | guard |
|---|---|---|"""


def tables_page(root: Path) -> str:
    """Describes every table: of an organization with its guard, or global with its reason."""
    lines = [_INTRODUCTION]
    for app in sorted((root / "src/kap_clinic").iterdir()):
        guards = dict(_guards(app))
        for model, sentence in _models(app):
            if model.lower() in guards:
                lines.append(f"| `{app.name}_{model.lower()}` | {sentence} | {guards[model.lower()]} |")
    lines += ["", "## Global tables", "", "| table | what it is |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{table}` | {why} |" for table, why in GLOBAL_TABLES.items()), ""])


def _models(app: Path) -> Iterator[tuple[str, str]]:
    for file in sorted([*app.glob("models.py"), *app.glob("models/*.py")]):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                yield node.name, (ast.get_docstring(node) or "").partition("\n")[0]


def _guards(app: Path) -> Iterator[tuple[str, str]]:
    shared = {model: str(named["kind"]) for model, named in _operations(app, "ShareRows")}
    for model, named in _operations(app, "GuardTable"):
        kind = str(named.get("shared_as") or shared.get(model, ""))
        yield model, _in_words(is_history=bool(named.get("is_history")), shared_as=kind)


def _operations(app: Path, name: str) -> Iterator[tuple[str, dict[str, object]]]:
    for file in sorted(app.glob("migrations/0*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
                named = {str(word.arg): ast.literal_eval(word.value) for word in node.keywords}
                yield ast.literal_eval(node.args[0]).lower(), named


def _in_words(*, is_history: bool, shared_as: str) -> str:
    words = ["its organization only"]
    if is_history:
        words.append("a history")
    if shared_as:
        words.append(f"a Sharing grant of kind `{shared_as}` opens single rows, to read")
    return "; ".join(words)
