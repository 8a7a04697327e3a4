"""`./kap backup`: writes a backup of the database into a new folder."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kap_cli.opened import opened_clinic, told

if TYPE_CHECKING:
    from kap_clinic.database.backup import Backup


def backup(
    to: Annotated[
        Path | None, typer.Option(help="Folder to put it in; the state folder's own if none.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Write a backup of the whole database into a new folder. It never holds a key."""
    started = time.monotonic()
    with told() as tell, opened_clinic(tell) as environment:
        from kap_clinic.audit.backups import back_up  # noqa: PLC0415 -- slow import

        made = back_up(environment, tell, to.absolute() if to else None)
    seconds = round(time.monotonic() - started, 2)
    print(json.dumps(_told(made, seconds)) if as_json else _in_words(made, seconds))


def _told(made: Backup, seconds: float) -> dict[str, Any]:
    said = made.manifest
    return {
        "schema": "openkap.backup/1",
        "folder": str(made.folder),
        "made_at": said["made_at"],
        "rows": sum(said["tables"].values()),
        "bytes": said["bytes"],
        "sha256": said["sha256"],
        "holds_no_keys": True,
        "seconds": seconds,
    }


def _in_words(made: Backup, seconds: float) -> str:
    said = made.manifest
    rows, megabytes = sum(said["tables"].values()), said["bytes"] / 1e6
    first = f"{made.folder}  {rows} rows, {megabytes:.1f} MB, in {seconds} s."
    return f"{first}\n{said['about_keys']}\nProve it with ./kap restore --drill."
