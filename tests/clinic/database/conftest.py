"""An installation to back up, a folder that others can open, and an empty database to restore into."""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.clinic.audit.chains import Chain
from tests.clones import clone, connect_to, drop, urls_of

from kap_clinic.config.environment import DatabaseUrls, Environment, read_environment

NOTE = {"table": "notes", "column": "text"}


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder the database's own account can enter, which pytest's are not."""
    made = Path(tempfile.mkdtemp(prefix="kap-backup-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


def silent(_: str) -> None:
    """Tell nobody."""


@pytest.fixture
def installation(clinic: Any, open_folder: Path) -> Iterator[Any]:
    """A clinic on a server, with a folder of its own, a sealed text and a sealed trail."""
    from django.conf import settings
    from django.test import override_settings

    urls = urls_of(clinic.cluster, clinic.database)
    environment = dataclasses.replace(
        read_environment(),
        home=open_folder,
        database=DatabaseUrls(
            app=urls["DATABASE_URL"], owner=urls["DATABASE_URL_OWNER"], backup=urls["DATABASE_URL_BACKUP"]
        ),
        postgres_bin=clinic.cluster.binaries.folder,
    )
    own = dataclasses.replace(settings.ENVIRONMENT, home=open_folder)
    with override_settings(ENVIRONMENT=own):
        chain = Chain(clinic=clinic, house=clinic.organization(), folder=open_folder)
        chain.fill(5)
        chain.seal()
        yield Installed(clinic=clinic, environment=environment, chain=chain)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Installed:
    """What a test of backups needs at hand."""

    clinic: Any
    environment: Environment
    chain: Chain


def rewritten(folder: Path, **changes: Any) -> None:
    file = folder / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


@pytest.fixture
def empty_database(clinic: Any) -> Iterator[str]:
    """A database with nothing in it, on the same server."""
    name = clone(clinic.cluster, "template0")
    superuser = clinic.cluster.superuser_address(name)
    with psycopg.connect(**superuser.conninfo()) as server:
        server.execute("ALTER SCHEMA public OWNER TO kap_owner")
    yield name
    drop(clinic.cluster, name)
    connect_to(clinic.cluster, clinic.database)
