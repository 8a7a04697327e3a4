"""`./kap serve`: runs the clinic until Ctrl-C."""

from __future__ import annotations

import json
import os
import sys
from typing import Annotated

import typer
from rich.console import Console

from kap_clinic.config.environment import Environment, read_environment
from kap_clinic.processes.clinic import run_clinic


class Teller:
    """Says what happens: one moving line while the clinic starts, lines of their own afterwards."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._line = self._console.status("Starting ...") if self._console.is_terminal else None
        if self._line:
            self._line.start()

    def __call__(self, said: str) -> None:
        """Says one sentence."""
        if self._line:
            self._line.update(said)
        else:
            self._console.print(said, markup=False)

    def settle(self) -> None:
        """Ends the moving line; from now on every sentence stays."""
        if self._line:
            self._line.stop()
            self._line = None


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; this machine only by default.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port of the pages (8000).")] = None,
    stream_port: Annotated[int | None, typer.Option(help="Port of the live stream (8001).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON once everything runs.")] = False,
) -> None:
    """Run the clinic: database, pages, live stream, worker. Ctrl-C stops it."""
    said = {"KAP_HOST": host, "KAP_PORT": port, "KAP_STREAM_PORT": stream_port}
    told = {name: str(value) for name, value in said.items() if value is not None}
    environment = read_environment(overriding=told)
    teller = Teller()
    try:
        run_clinic(environment, told, tell=teller, announce=lambda: _announce(environment, teller, as_json))
    finally:
        teller.settle()


def _announce(environment: Environment, teller: Teller, as_json: bool) -> None:
    teller.settle()
    if as_json:
        answer = {
            "schema": "openkap.serve/1",
            "address": environment.origin,
            "stream": environment.stream_origin,
        }
        print(json.dumps({**answer, "process": os.getpid(), "home": str(environment.home)}), flush=True)
        return
    print(f"OpenKAP runs at {environment.origin}  (Ctrl-C stops it)", file=sys.stderr, flush=True)
