"""`./kap restore`: restores a backup, or proves in a drill that one can be restored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kap.vocabulary.errors import InputError
from kap_cli.opened import Tell, told
from kap_cli.verify import as_told
from kap_clinic.config.environment import Environment, read_environment

if TYPE_CHECKING:
    from kap_clinic.audit.backups import Drill
    from kap_clinic.audit.restoring import Restored


def restore(
    folder: Annotated[
        Path | None, typer.Argument(help="A backup's folder; a drill takes the newest.")
    ] = None,
    drill: Annotated[
        bool, typer.Option("--drill", help="Restore into a throwaway database, prove it, leave nothing.")
    ] = False,
    into: Annotated[
        str, typer.Option(help="Address of an empty database of a server, as its owner role.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Put it in the place of the data that is here.")] = False,
    unproven: Annotated[
        bool, typer.Option("--unproven", help="Restore although the audit in it cannot be proven.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Restore a backup, or prove with --drill that it can be restored."""
    environment = read_environment()
    folder = folder.absolute() if folder else None
    with told() as tell:
        if drill:
            _drill(environment, tell, folder, as_json)
            return
        if folder is None:
            raise InputError(
                "Say which backup to restore: ./kap restore FOLDER. With --drill the newest is taken."
            )
        done = _restore(environment, tell, folder, into, yes=yes, unproven=unproven)
    print(json.dumps(_restored_told(done)) if as_json else _restored_in_words(done))


def _restore(
    environment: Environment, tell: Tell, folder: Path, into: str, *, yes: bool, unproven: bool
) -> Restored:
    from kap_clinic.audit.backups import chosen_backup  # noqa: PLC0415 -- slow import
    from kap_clinic.audit.restoring import restore_built_in, restore_into  # noqa: PLC0415 -- slow import
    from kap_clinic.database.addresses import address_from, role_addresses  # noqa: PLC0415 -- slow import

    tell("Checking the backup ...")
    backup = chosen_backup(environment, folder)
    if not into and not environment.database:
        return restore_built_in(environment, backup, tell, may_replace=yes, may_be_unproven=unproven)
    owner = address_from(into) if into else role_addresses(environment)["owner"]
    return restore_into(environment, backup, owner, tell, may_be_unproven=unproven)


def _drill(environment: Environment, tell: Tell, folder: Path | None, as_json: bool) -> None:
    from kap_clinic.audit.backups import drill  # noqa: PLC0415 -- slow import

    done = drill(environment, tell, folder)
    print(json.dumps(_drill_told(done)) if as_json else _drill_in_words(done))
    if not done.is_proven:
        raise typer.Exit(1)


def _drill_told(done: Drill) -> dict[str, Any]:
    return {
        "schema": "openkap.restore/1",
        "drill": True,
        "ok": done.is_proven,
        "backup": done.backup,
        "at": done.at,
        "seconds": done.seconds,
        "rows": done.rows,
        "signed": done.is_signed,
        "wrong_tables": list(done.wrong_tables),
        "organizations": [as_told(proof) for proof in done.proofs],
    }


def _restored_told(done: Restored) -> dict[str, Any]:
    return {
        "schema": "openkap.restore/1",
        "drill": False,
        "ok": all(proof.is_intact for proof in done.proofs),
        "backup": done.backup,
        "database": done.database,
        "rows": done.rows,
        "kept_as": done.kept_as,
        "seconds": done.seconds,
        "organizations": [as_told(proof) for proof in done.proofs],
    }


def _drill_in_words(done: Drill) -> str:
    sealed = sum(proof.sealed for proof in done.proofs)
    lines = [
        f"{done.backup}",
        f"{done.rows} rows came back, {sealed} sealed rows verified, in {done.seconds} s.",
    ]
    if not done.is_signed:
        lines.append("Its manifest could not be checked: it was signed by another keyring, or by none.")
    lines += [f"BROKEN  other row count in {name}" for name in done.wrong_tables]
    lines += [
        f"BROKEN  {proof.organization}: {one.reason}" for proof in done.proofs for one in proof.problems
    ]
    lines.append(
        "This backup is proven." if done.is_proven else "This backup is NOT proven. Make another one."
    )
    return "\n".join(lines)


def _restored_in_words(done: Restored) -> str:
    rows = "" if done.rows is None else f" {done.rows} rows."
    kept = f" What was here before is kept as the database {done.kept_as}." if done.kept_as else ""
    return f"Restored {done.backup} into {done.database} in {done.seconds} s.{rows}{kept}"
