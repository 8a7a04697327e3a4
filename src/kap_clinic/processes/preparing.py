"""Makes an installation ready before its pages are served: migrations, rights, static files.

A program of its own, so that the supervisor stays small and never holds Django or a database connection.
"""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from collections.abc import Mapping

from kap.vocabulary.errors import KapError
from kap_clinic.config.environment import Environment, environment_of_a_child
from kap_clinic.processes.readiness import code_digest, is_ready, note_ready


def make_ready(environment: Environment, told: Mapping[str, str], *, is_synthetic: bool = False) -> None:
    """Prepares the database and the static files of an installation, unless this very code already did.

    Raises: KapError with the sentence the preparation ended in.
    """
    if is_ready(environment, code_digest(environment)):
        return
    command = [sys.executable, "-m", __name__, *(["synthetic"] if is_synthetic else [])]
    said = subprocess.run(
        command, env=environment_of_a_child(told), capture_output=True, text=True, check=False
    )
    log = environment.home / "logs" / "preparing.log"
    with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(said.stdout + said.stderr)
    if said.returncode != 0:
        words = said.stdout.strip().splitlines()
        last = words[-1] if words else f"it ended with code {said.returncode}."
        raise KapError(f"The database could not be made ready: {last} More is in {log}.")
    note_ready(environment, code_digest(environment))


def _prepare(*, is_synthetic: bool) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kap_clinic.config.settings")
    import django  # noqa: PLC0415 -- slow import

    django.setup()
    from kap_clinic.processes.making_ready import make_all_ready  # noqa: PLC0415 -- django insists

    make_all_ready(is_synthetic=is_synthetic)


def _begin(arguments: list[str]) -> int:
    try:
        _prepare(is_synthetic="synthetic" in arguments)
    except KapError as failed:
        sys.stdout.write(f"{failed}\n")
        return 1
    except Exception as failed:
        # Where, and of what kind; an error's own text may quote a row.
        traceback.print_tb(failed.__traceback__)
        sys.stdout.write(f"{type(failed).__name__}.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_begin(sys.argv[1:]))
