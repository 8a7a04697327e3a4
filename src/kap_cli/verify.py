"""`./kap verify`: proves that nobody changed the audit trail, nor the chains beside it."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from kap_cli.opened import Tell, opened_clinic, organizations, told

if TYPE_CHECKING:
    from kap_clinic.audit.verification import Proof


def verify(
    organization: Annotated[str, typer.Option(help="Only this organization, by its id.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Check the audit, its heads and every chain beside it; name what was changed, removed or added."""
    started = time.monotonic()
    with told() as tell, opened_clinic(tell):
        proofs = _proofs(organization, tell)
    seconds = round(time.monotonic() - started, 2)
    if as_json:
        answer = {"schema": "openkap.verify/1", "ok": all(proof.is_intact for proof in proofs)}
        print(json.dumps({**answer, "seconds": seconds, "organizations": [as_told(one) for one in proofs]}))
    else:
        for proof in proofs:
            print("\n".join(_lines(proof)))
        print(_ending(proofs, seconds))
    if not all(proof.is_intact for proof in proofs):
        raise typer.Exit(1)


def as_told(proof: Proof) -> dict[str, Any]:
    """Writes a proof as plain JSON."""
    return {
        "organization": str(proof.organization),
        "ok": proof.is_intact,
        "sealed": proof.sealed,
        "unsealed": proof.unsealed,
        "oldest_unsealed_at": proof.oldest_unsealed_at and proof.oldest_unsealed_at.isoformat(),
        "heads": proof.heads,
        "last_head_at": proof.last_head_at,
        "chains": {one.kind: one.rows for one in proof.chains},
        "problems": [
            {
                "kind": problem.kind,
                "reason": str(problem.reason),
                "number": problem.number,
                "entry": problem.entry and str(problem.entry),
                "at": problem.at and problem.at.isoformat(),
            }
            for problem in proof.problems
        ],
        "notes": [str(note) for note in proof.notes],
    }


def _proofs(asked: str, tell: Tell) -> list[Proof]:
    from kap_clinic.audit.actions import kept_file, verify  # noqa: PLC0415 -- django insists
    from kap_clinic.database.actors import Actor  # noqa: PLC0415 -- django insists

    file, by = kept_file(), Actor.program("command line")
    every = organizations(asked)

    def proof_of(place: int, one: UUID) -> Proof:
        return verify(
            organization=one,
            by=by,
            file=file,
            told=lambda rows: tell(f"Organization {place} of {len(every)}: {rows} rows checked ..."),
        )

    return [proof_of(place, one) for place, one in enumerate(every, 1)]


def _lines(proof: Proof) -> list[str]:
    tail = f", {proof.unsealed} not sealed yet" if proof.unsealed else ""
    if proof.oldest_unsealed_at:
        tail += f" (the oldest since {proof.oldest_unsealed_at:%Y-%m-%d %H:%M:%S %Z})"
    lines = [f"{proof.organization}  {proof.sealed} rows sealed, {proof.heads} heads{tail}"]
    lines += [f"  {one.rows} rows of {one.words}" for one in proof.chains]
    for problem in proof.problems:
        where = " ".join(str(one) for one in (problem.entry, problem.at) if one)
        lines.append(f"  BROKEN  {problem.reason}{f' ({where})' if where else ''}")
    return lines + [f"  note    {note}" for note in proof.notes]


def _ending(proofs: list[Proof], seconds: float) -> str:
    broken = sum(not proof.is_intact for proof in proofs)
    rows = sum(proof.sealed for proof in proofs)
    if broken:
        return f"{broken} of {len(proofs)} trails are not what was sealed. {rows} rows in {seconds} s."
    return f"Nothing was changed, removed or added: {rows} rows in {seconds} s."
