"""`kap instruments`: which questionnaires and scales there are, and who may show their wording."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any

import typer

from kap.instruments.definition import Instrument
from kap.instruments.documents import instrument_document
from kap.instruments.shelf import library, versions_of
from kap.instruments.wording import languages_of
from kap_cli.opened import opened_clinic, organizations, told

_LICENSES = "kap_clinic.measures.licenses"


def instruments(
    organization: Annotated[
        str, typer.Option(help="With the licenses this organization says it holds, by its id.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as openkap.instruments/1.")] = False,
) -> None:
    """List every instrument: id and version, items, whose wording is shown, use for profit."""
    shelf = library().values()
    held = _held(organization) if organization else {}
    if as_json:
        listed = [
            {
                **instrument_document(definition),
                "versions": list(versions_of(definition.id)),
                "licensed_copies": held.get(definition.id, []),
            }
            for definition in shelf
        ]
        print(json.dumps({"schema": "openkap.instruments/1", "instruments": listed}, indent=2))
        return
    for definition in shelf:
        _print(definition, held.get(definition.id, []))


def _print(definition: Instrument, copies: list[Mapping[str, Any]]) -> None:
    terms = definition.license
    print(
        f"{definition.key:<28} {len(definition.items):>2} items   wording: {terms.wording.value:<8} "
        f"{'/'.join(languages_of(definition)):<6} for profit: {terms.for_profit.value:<17} "
        f"{definition.about.title}"
    )
    for copy in copies:
        print(
            f"    own {copy['kind']} {copy['language']}: license {copy['reference']} of {copy['holder']}, "
            f"until {copy['valid_until']}: {copy['state']}"
        )


def _held(organization: str) -> Mapping[str, list[Mapping[str, Any]]]:
    """The licensed copies an organization has supplied, by instrument; looking leaves a row in its trail."""
    with told() as tell, opened_clinic(tell):
        [one] = organizations(organization)
        # The clinic's own words are read only once the clinic is open.
        found: Mapping[str, list[Mapping[str, Any]]] = import_module(_LICENSES).listed(organization=one)
        return found
