"""A peer in a process of its own, which takes a turn when it is asked, so that engines can alternate."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Peer:
    """A started engine: a line asks for a turn, the end of its input for the verdicts."""

    process: subprocess.Popen[str]
    made: Path

    def turn(self) -> float:
        """Let it answer about everybody once; return its processor seconds.

        Raises: RuntimeError when it ended instead.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("turn\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        if not said:
            raise RuntimeError(f"{self.made.stem} ended without an answer; what it said stands above.")
        return float(said)

    def verdicts(self) -> list[dict[str, str]]:
        """End it and return what it said about each client, by rule."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        if self.process.wait() != 0:
            raise RuntimeError(f"{self.made.stem} failed; what it said stands above.")
        verdicts: list[dict[str, str]] = json.loads(self.made.read_text())
        return verdicts


def given_to(name: str, folder: Path) -> Path:
    """The file in which a peer finds the clients, today's day and the rules."""
    return folder / f"{name}.in.json"


@contextmanager
def started(name: str, command: list[str], folder: Path) -> Iterator[Peer]:
    """Start a peer's command with the file it was given and the file it makes, and end it afterwards."""
    given, made = given_to(name, folder), folder / f"{name}.json"
    with subprocess.Popen(
        [*command, str(given), str(made)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Peer(process, made)
        finally:
            process.kill()
