"""`./kap keys`: shows, rotates or begins anew the keys that seal private text and sign the audit."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Annotated, Any

import typer

from kap_cli.opened import opened_clinic, organizations, told
from kap_clinic.config.environment import read_environment

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@app.callback(invoke_without_command=True)
def keys(context: typer.Context, as_json: AsJson = False) -> None:
    """Show the keyring (public halves only), or rotate it; nothing secret is ever printed."""
    if context.invoked_subcommand is None:
        status(as_json=as_json)


@app.command()
def status(as_json: AsJson = False) -> None:
    """Show which keys there are, since when, and the public keys that check the audit's heads."""
    from kap_clinic.keys.keyring_file import keyring_path, read_keyring  # noqa: PLC0415 -- slow import

    home = read_environment().home
    ring = read_keyring(home)
    found: dict[str, Any] = {"roots": [], "signing": []}
    if ring:
        public = {id: b64encode(key).decode() for id, key in ring.public_keys.items()}
        found["roots"] = [{"id": key.id, "made_at": key.made_at} for key in ring.roots]
        found["signing"] = [
            {"id": key.id, "made_at": key.made_at, "public": public[key.id]} for key in ring.signing
        ]
    answer = {
        "schema": "openkap.keys/1",
        "keyring": ring and ring.id,
        "file": str(keyring_path(home)),
        **found,
    }
    print(json.dumps(answer) if as_json else _in_words(answer, home))


@app.command()
def rotate(
    organization: Annotated[
        str, typer.Option(help="Give only this organization a new data key, by its id.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Put new root and signing keys into use and wrap every data key anew; or one organization's data key."""
    with told() as tell, opened_clinic(tell):
        from kap_clinic.database.actors import Actor  # noqa: PLC0415 -- django insists
        from kap_clinic.keys import actions  # noqa: PLC0415 -- django insists

        by, changed = Actor.program("command line"), 1
        if organization:
            [one] = organizations(organization)
            actions.rotate_data_key(organization=one, owner=one, by=by)
        else:
            tell("Wrapping the data keys with a new root key ...")
            changed = actions.rotate_root(by=by, organizations=organizations())
    said = "Copy keyring.json to where you keep your copy of it: the old copy lacks the new keys."
    answer = {"schema": "openkap.keys/1", "changed": changed, "todo": "" if organization else said}
    print(json.dumps(answer) if as_json else f"{changed} keys and secrets changed. {answer['todo']}".strip())


@app.command("begin-again")
def begin_again(
    yes: Annotated[
        bool, typer.Option("--yes", help="The keyring is lost for good, and so is what it sealed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a new keyring after the old one was lost; what the old one sealed stays unreadable for ever."""
    if not yes:
        print(
            "This gives up sealed texts, authenticator apps and recovery codes. Add --yes if that is meant."
        )
        raise typer.Exit(1)
    with told() as tell, opened_clinic(tell):
        from kap_clinic.audit.actions import mark_new_keyring  # noqa: PLC0415 -- django insists
        from kap_clinic.database.actors import Actor  # noqa: PLC0415 -- django insists
        from kap_clinic.keys import actions  # noqa: PLC0415 -- django insists

        lost = actions.begin_again(by=Actor.program("command line"), organizations=organizations())
        mark_new_keyring(organizations())
    answer = {"schema": "openkap.keys/1", "lost": lost}
    print(json.dumps(answer) if as_json else f"A new keyring is in use; {lost} data keys were given up.")


def _in_words(answer: dict[str, Any], home: Path) -> str:
    if not answer["keyring"]:
        return f"There is no keyring in {home / 'keys'} yet: the first start makes it."
    lines = [f"Keyring {answer['keyring']} in {answer['file']}"]
    for kind, use in (("roots", "wraps data keys"), ("signing", "signs the audit's heads")):
        for place, key in enumerate(answer[kind], 1):
            state = f"in use, {use}" if place == len(answer[kind]) else "older, still opens what it closed"
            public = f"\n    public key {key['public']}" if "public" in key else ""
            lines.append(f"  {key['id']}  since {key['made_at'][:10]}  {state}{public}")
    return "\n".join([*lines, "Keep a copy of the keyring apart from the backups."])
