"""The programs that copy a database, in the version its server needs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kap.vocabulary.errors import KapError
from kap_clinic.config.environment import Environment

from .addresses import Address
from .binaries import every_binaries, find_binaries
from .datafolder import PROGRAM_ENVIRONMENT


@dataclass(frozen=True, slots=True)
class CopyProgram:
    """pg_dump or pg_restore, and its major version."""

    path: Path
    major: int


def program_for(environment: Environment, name: str, at_least: int) -> CopyProgram:
    """Find the oldest pg_dump or pg_restore that can serve a server of this major version.

    A newer one works too, but writes what an older server does not understand.

    Raises: KapError naming what to install.
    """
    fit = [one for one in _candidates(environment, name) if one.major >= at_least]
    if not fit:
        raise KapError(
            f"No {name} of PostgreSQL {at_least} or newer is on this machine. Install the client programs "
            f"(Debian: apt-get install postgresql-client-{at_least}), or name their folder in "
            "KAP_POSTGRES_BIN."
        )
    return min(fit, key=lambda one: one.major)


def variables_for(address: Address) -> Mapping[str, str]:
    """Return the variables a program is started with; an argument could be read by others."""
    return {**PROGRAM_ENVIRONMENT, **address.for_programs()}


def _candidates(environment: Environment, name: str) -> Iterator[CopyProgram]:
    if environment.postgres_bin:
        chosen = find_binaries(environment)
        yield CopyProgram(chosen / name, chosen.major)
        return
    for binaries in every_binaries():
        if (binaries / name).is_file():
            yield CopyProgram(binaries / name, binaries.major)
    on_path = shutil.which(name)
    if on_path:
        said = subprocess.run([on_path, "--version"], capture_output=True, text=True, check=False).stdout
        digits = said.rsplit(" ", 1)[-1].split(".")[0].strip()
        if digits.isdigit():
            yield CopyProgram(Path(on_path), int(digits))
