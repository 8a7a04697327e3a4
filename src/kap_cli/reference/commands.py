"""The commands, as a reference page."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.core import TyperGroup

from kap_cli.doors import DOORS, loaded

_SCHEMA = re.compile(r"openkap\.[a-z][a-z_.-]*/\d+")
_INTRODUCTION = """# The commands

Every command is typed as `./kap COMMAND`. `--help` after any of them says the same as this page.

**Exit codes**: 0 done · 1 refused, or a check failed · 2 not understood · 130 stopped by the person.
An error is one sentence on the error output; it holds no value of a record. With `--json` the answer is one
JSON object whose `schema` names its shape; a shape never changes under the same number.
"""


def commands_page(root: Path) -> str:
    """Describes every command: its sentence, what it takes, and the names of its answers."""
    sections = [line for name in DOORS for line in _section(root, name)]
    return "\n".join([_INTRODUCTION, *sections])


def _section(root: Path, name: str) -> Iterator[str]:
    command = loaded(name)
    yield from (f"## {name}", "", DOORS[name], "")
    yield from _takes(f"./kap {name}", command)
    if isinstance(command, TyperGroup):
        for below, inner in command.commands.items():
            yield from (f"### {name} {below}", "", inspect.cleandoc(inner.help or "").partition("\n")[0], "")
            yield from _takes(f"./kap {name} {below}", inner)
    if schemas := sorted(set(_SCHEMA.findall(_source(root, name)))):
        yield from (f"Answers with `--json` as {', '.join(f'`{schema}`' for schema in schemas)}.", "")


def _takes(typed: str, command: Any) -> Iterator[str]:
    rows = [_row(one) for one in command.params if one.name != "help"]
    if not rows:
        yield from (f"`{typed}` takes nothing.", "")
        return
    yield from (f"| `{typed}` | what it is | without it |", "|---|---|---|", *rows, "")


def _row(parameter: Any) -> str:
    is_option = parameter.param_type_name == "option"
    names = parameter.opts if is_option else [parameter.name.upper()]
    written = ", ".join(f"`{name}`" for name in names)
    default = getattr(parameter.default, "value", parameter.default)
    without = "needed" if parameter.required else f"`{default}`" if default else ""
    return f"| {written} | {(getattr(parameter, 'help', None) or '').strip()} | {without} |"


def _source(root: Path, name: str) -> str:
    module = root / "src" / "kap_cli" / f"{name}.py"
    return module.read_text(encoding="utf-8") if module.is_file() else ""
