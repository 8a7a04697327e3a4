"""`./kap backup`: writes a backup of the database into a new folder."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from kap_cli.opened import opened_clinic, told


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
    said = made.manifest
    rows = sum(said["tables"].values())
    if as_json:
        print(
            json.dumps(
                {
                    "schema": "openkap.backup/1",
                    "folder": str(made.folder),
                    "made_at": said["made_at"],
                    "rows": rows,
                    "bytes": said["bytes"],
                    "sha256": said["sha256"],
                    "holds_no_keys": True,
                    "seconds": seconds,
                }
            )
        )
        return
    print(f"{made.folder}  {rows} rows, {said['bytes'] / 1e6:.1f} MB, in {seconds} s.")
    print(said["about_keys"])
    print("Prove it with ./kap restore --drill.")
