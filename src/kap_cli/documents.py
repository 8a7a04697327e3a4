"""`kap manual`: the clinical manual and the reference, written anew from the code and its cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from kap_cli.checkout import checkout_root
from kap_cli.manual import render_manual
from kap_cli.reference.commands import commands_page
from kap_cli.reference.doses import doses_page
from kap_cli.reference.environment import environment_page
from kap_cli.reference.history import history_page
from kap_cli.reference.instruments import instruments_page
from kap_cli.reference.limits import limits_page
from kap_cli.reference.protocols import protocols_page
from kap_cli.reference.roles import roles_page
from kap_cli.reference.tables import tables_page

MARK = "<!-- Generated from the code by ./kap manual. Do not edit: change the code. -->\n"


def manual(
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.manual/1.")] = False,
) -> None:
    """Write docs/manual and docs/reference anew from the cases and the code."""
    root = checkout_root()
    written = [page.relative_to(root).as_posix() for page in write_documents(root, root)]
    if as_json:
        print(json.dumps({"schema": "openkap.manual/1", "written": written}, indent=2))
    else:
        print(f"Wrote {len(written)} pages under docs/manual and docs/reference.")


def write_documents(root: Path, into: Path) -> list[Path]:
    """Writes every generated page of a checkout under a folder.

    Raises: DeclarationError when the code holds something the reference cannot explain.
    """
    reference = into / "docs" / "reference"
    reference.mkdir(parents=True, exist_ok=True)
    pages = {
        "commands.md": commands_page(root),
        "roles.md": roles_page(),
        "environment.md": environment_page(root),
        "instruments.md": instruments_page(),
        "tables.md": tables_page(root),
        "history.md": history_page(),
        "limits.md": limits_page(),
        "protocols.md": protocols_page(),
        "dose-limits.md": doses_page(),
    }
    for name, text in pages.items():
        (reference / name).write_text(MARK + text, encoding="utf-8")
    chapters = render_manual(root / "tests" / "spec", into / "docs" / "manual")
    return [*chapters, *(reference / name for name in pages)]
