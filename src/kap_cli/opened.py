"""Opens the clinic for a command: the database runs, Django is ready, and long work says how far it is."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from uuid import UUID

from rich.console import Console

from kap.vocabulary.errors import InputError
from kap_clinic.config.environment import Environment, read_environment
from kap_clinic.database.cluster import cluster_of

Tell = Callable[[str], None]


@contextmanager
def told() -> Iterator[Tell]:
    """Shows one moving line on a terminal, and nothing where nobody looks."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("...") as line:
        yield line.update


@contextmanager
def opened_clinic(tell: Tell) -> Iterator[Environment]:
    """Runs the built-in database while the command works, unless a server is used or it runs already."""
    environment = read_environment()
    running = nullcontext() if environment.database else cluster_of(environment).in_use(tell)
    with running:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kap_clinic.config.settings")
        import django  # noqa: PLC0415 -- slow import

        # A command answers its person; what libraries note at their start is for the logs of services.
        logging.disable(logging.INFO)
        django.setup()
        yield environment


def organizations(asked: str = "") -> list[UUID]:
    """Lists the organizations, or the one that was asked for.

    Raises: InputError for an id nobody has.
    """
    from kap_clinic.audit.reading import organizations as every  # noqa: PLC0415 -- django insists

    found = every()
    if not asked:
        return found
    try:
        one = UUID(asked)
    except ValueError:
        one = None
    if one not in found:
        raise InputError(
            f"There is no organization with the id {asked!r}. Give an id as the organization page shows it."
        )
    return [one]
