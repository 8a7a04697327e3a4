"""`./kap found`: the first organization of an installation, and the link its first administrator opens."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from kap_cli.opened import opened_clinic, told

if TYPE_CHECKING:
    from uuid import UUID


def found(
    name: Annotated[str, typer.Argument(help="What the organization is called.")],
    administrator: Annotated[str, typer.Option(help="Name of its first administrator.")],
    email: Annotated[str, typer.Option(help="E-mail address of its first administrator.")],
    language: Annotated[str, typer.Option(help="Language of its pages: en or es.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Found an organization and invite its first administrator; nobody can sign themselves up."""
    with told() as tell, opened_clinic(tell):
        organization, link = _found(name, administrator, email, language)
    if as_json:
        print(json.dumps({"schema": "openkap.found/1", "organization": str(organization), "join": link}))
        return
    print(f"{name} is founded. Its id is {organization}.")
    print(f"Its administrator joins here, once, within seven days:\n\n  {link}\n")
    print("./kap serve must be running when the link is opened.")


def _found(name: str, administrator: str, email: str, language: str) -> tuple[UUID, str]:
    from kap_clinic.accounts.invitations import invite, link_of  # noqa: PLC0415 -- django insists
    from kap_clinic.database.actors import Actor  # noqa: PLC0415 -- django insists
    from kap_clinic.database.identity import new_id  # noqa: PLC0415 -- django insists
    from kap_clinic.database.preparation import prepare  # noqa: PLC0415 -- django insists
    from kap_clinic.organizations.actions import found_organization  # noqa: PLC0415 -- django insists

    prepare()
    by, organization, invitation = Actor.program("command line"), new_id(), new_id()
    found_organization(id=organization, by=by, name=name, language=language)
    invite(
        organization=organization, by=by, id=invitation, email=email, name=administrator,
        roles=["administrator"], sites=None,
    )  # fmt: skip
    return organization, link_of(organization, invitation)
