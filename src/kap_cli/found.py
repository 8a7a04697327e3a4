"""`./kap found`: the first organization of an installation, and the link its first administrator opens."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from kap_cli.opened import opened_clinic, told


def found(
    name: Annotated[str, typer.Argument(help="What the organization is called.")],
    administrator: Annotated[str, typer.Option(help="Name of its first administrator.")],
    email: Annotated[str, typer.Option(help="E-mail address of its first administrator.")],
    language: Annotated[str, typer.Option(help="Language of its pages: en or es.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Found an organization and invite its first administrator; nobody can sign themselves up."""
    with told() as tell, opened_clinic(tell):
        from kap_clinic.accounts.founding import found_with_administrator  # noqa: PLC0415 -- django insists

        organization, link = found_with_administrator(
            name=name, administrator=administrator, email=email, language=language
        )
    if as_json:
        print(json.dumps({"schema": "openkap.found/1", "organization": str(organization), "join": link}))
        return
    print(f"{name} is founded. Its id is {organization}.")
    print(f"Its administrator joins here, once, within seven days:\n\n  {link}\n")
    print("./kap serve must be running when the link is opened.")
