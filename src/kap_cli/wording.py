"""`kap wording`: checks a file of an instrument's licensed words or tables, or writes an empty one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from kap.instruments.definition import Instrument
from kap.instruments.shelf import instrument
from kap.instruments.site import checked_tables, checked_wording, why_no_wording
from kap.instruments.skeleton import tables_skeleton, wording_skeleton
from kap.vocabulary.errors import DeclarationError, InputError
from kap_cli.score import text_of


def wording(
    instrument_id: Annotated[str, typer.Argument(metavar="ID", help="Which instrument; ./kap instruments.")],
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="The file to check.")] = None,
    language: Annotated[str, typer.Option(help="The language of the empty file.")] = "en",
    tables: Annotated[bool, typer.Option("--tables", help="T-score tables instead of words.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.wording/1.")] = False,
) -> None:
    """Check a file of licensed words, every mistake with its line; without a file, write the empty one.

    Only a file without mistakes is taken in on the instrument's page of the clinic.
    """
    definition = instrument(instrument_id)
    if file is None:
        print(_empty(definition, language, is_tables=tables), end="")
        return
    check = checked_tables if tables else checked_wording
    mistakes = check(definition, file.name, text_of(file)).mistakes
    if as_json:
        answer = {"schema": "openkap.wording/1", "instrument": definition.key, "mistakes": list(mistakes)}
        print(json.dumps(answer, indent=2))
    elif not mistakes:
        print(f"{file.name}: whole and right for {definition.key}.")
    if mistakes:
        raise DeclarationError("\n".join(mistakes))


def _empty(definition: Instrument, language: str, *, is_tables: bool) -> str:
    if not is_tables:
        if why := why_no_wording(definition, language):
            raise InputError(why)
        return wording_skeleton(definition, language)
    if not (written := tables_skeleton(definition)):
        raise InputError(f"{definition.key} reads no table.")
    return written
