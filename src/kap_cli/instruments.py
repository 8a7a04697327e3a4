"""`kap instruments`: which questionnaires and scales there are, and who may show their wording."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from kap.instruments.documents import instrument_document
from kap.instruments.shelf import library, versions_of
from kap.instruments.wording import languages_of


def instruments(
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.instruments/1.")] = False,
) -> None:
    """List every instrument: id and version, items, whose wording is shown, use for profit."""
    shelf = library().values()
    if as_json:
        listed = [
            {**instrument_document(definition), "versions": list(versions_of(definition.id))}
            for definition in shelf
        ]
        print(json.dumps({"schema": "openkap.instruments/1", "instruments": listed}, indent=2))
        return
    for definition in shelf:
        terms = definition.license
        print(
            f"{definition.key:<28} {len(definition.items):>2} items   wording: {terms.wording.value:<8} "
            f"{'/'.join(languages_of(definition)):<6} for profit: {terms.for_profit.value:<17} "
            f"{definition.about.title}"
        )
