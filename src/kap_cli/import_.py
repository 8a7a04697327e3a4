"""`./kap import`: writes into charts what `./kap screen` only reads; the same file is written once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kap.vocabulary.errors import InputError
from kap_cli.opened import opened_clinic, organizations, told

if TYPE_CHECKING:
    from kap_clinic.people.importing import Received
    from kap_clinic.people.received import ImportLine

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
_WAITS = 1


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="FHIR R4 (Bundle, resource, NDJSON; plain or gzip), or CSV.")],
    organization: Annotated[str, typer.Option(help="Into whose charts, by the organization's id.")],
    source: Annotated[
        str, typer.Option("--from", help="Who sent it; without, it replaces no other file's facts.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.import/1.")] = False,
) -> None:
    """Bring records into charts; where somebody may have a chart already, nothing is written until answered.

    Exit code 1 says that the file waits for an answer on the page "Records received".
    """
    content = _content_of(file)
    with told() as tell, opened_clinic(tell):
        from kap_clinic.people.received import take_in  # noqa: PLC0415 -- django insists

        (house,) = organizations(organization)
        tell("Reading the records…")
        done, line = take_in(house, content, source)
    answer = _answer(done, line)
    print(json.dumps(answer) if as_json else _in_words(answer))
    if not done.is_written:
        raise typer.Exit(_WAITS)


def _answer(done: Received, line: ImportLine) -> dict[str, object]:
    return {
        "schema": "openkap.import/1",
        "import": str(done.id),
        "written": done.is_written,
        "new": done.is_new,
        "people": line.people,
        "to_answer": len(done.questions),
        "resources": line.resources,
        "understood": line.understood,
        "facts": line.facts,
        "not_understood": line.unread,
        "unused": dict(line.unused),
    }


def _content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise InputError(f"The file cannot be read ({wrong.strerror}): check its path.") from wrong


def _in_words(answer: dict[str, object]) -> str:
    who = "person" if answer["people"] == 1 else "people"
    counted = (
        f"{answer['people']} {who}, {answer['resources']} resources, {answer['facts']} facts; "
        f"{answer['not_understood']} entries kept and not understood."
    )
    if not answer["written"]:
        return (
            f"{counted}\n{answer['to_answer']} may have a chart already. Nothing was written: answer on "
            f"the page Records received, or at /people/records/{answer['import']}/who/."
        )
    if not answer["new"]:
        return f"This file was written before; nothing changed. {counted}"
    return counted
