"""`./kap demo`: a clinic of invented people, with a sign-in link for each role."""

from __future__ import annotations

import json
from typing import Annotated

import psycopg
import typer

from kap.vocabulary.errors import KapError
from kap_clinic.config.environment import Environment, read_environment
from kap_clinic.demonstration.entering import fresh_links
from kap_clinic.demonstration.tour import TOUR
from kap_clinic.processes.clinic import run_clinic

from .serve import Teller


def demo(
    port: Annotated[int | None, typer.Option(help="Port of the pages (8000).")] = None,
    stream_port: Annotated[int | None, typer.Option(help="Port of the live stream (8001).")] = None,
    links: Annotated[
        bool, typer.Option("--links", help="Print fresh sign-in links for a demo that runs already.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON once everything runs.")] = False,
) -> None:
    """Start a clinic of invented people to look around in. Ctrl-C stops it."""
    said = {"KAP_PORT": port, "KAP_STREAM_PORT": stream_port}
    told = {"KAP_MODE": "demo"} | {name: str(value) for name, value in said.items() if value is not None}
    environment = read_environment(overriding=told)
    if links:
        _announce(environment, as_json)
        return
    teller = Teller()

    def announce() -> None:
        teller.settle()
        _announce(environment, as_json)

    try:
        run_clinic(environment, told, tell=teller, announce=announce, is_synthetic=True)
    finally:
        teller.settle()


def _announce(environment: Environment, as_json: bool) -> None:
    found = _fresh_links(environment)
    stops = [stop.described(environment.origin) for stop in TOUR]
    if as_json:
        answer = {
            "schema": "openkap.demo/1", "address": environment.origin, "sign_ins": found, "tour": stops
        }  # fmt: skip
        print(json.dumps(answer), flush=True)
        return
    print(f"\nOpenKAP's demonstration runs at {environment.origin}  (Ctrl-C stops it)\n", flush=True)
    print("Everybody in it is invented. Each link signs in once; ./kap demo --links prints fresh ones.\n")
    organization = ""
    for one in found:
        if one["organization"] != organization:
            organization = one["organization"]
            print(f"  {organization}")
        print(f"    {one['roles']:<46}{one['name']:<18}{one['url']}", flush=True)
    print("\nA tour of five minutes: sign in as each of them, in a window of their own, and open the page.\n")
    for number, stop in enumerate(stops, start=1):
        print(f"  {number}. {stop['who']:<17}{stop['see']}  {stop['url']}")
    print(flush=True)


def _fresh_links(environment: Environment) -> list[dict[str, str]]:
    try:
        return fresh_links(environment)
    except psycopg.Error:
        raise KapError(
            "No sign-in links could be made. Is the demo running? Start it with ./kap demo; "
            "./kap doctor says more."
        ) from None
