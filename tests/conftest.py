"""One throwaway PostgreSQL a worker, one fresh clone of the prepared database a test, a real browser."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
MEMORY = Path("/dev/shm")
_ROOM_BYTES = 3 * 1024**3


def is_roomy(folder: Path) -> bool:
    """Say whether files made here stay in memory, may be programs, and have room for two small databases."""
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize > _ROOM_BYTES and not found.f_flag & os.ST_NOEXEC


# A clone of the prepared database is nine hundred files: on a disk they cost most of what a test takes.
if is_roomy(MEMORY):
    tempfile.tempdir = os.environ["TMPDIR"] = str(MEMORY)
HOME = Path(tempfile.mkdtemp(prefix="kap-test-"))
# Settings are read once a process: they must point at this worker's own state before anything imports them.
for name in ("DATABASE_URL", "DATABASE_URL_OWNER", "DATABASE_URL_BACKUP", "KAP_SMTP_URL"):
    os.environ.pop(name, None)
os.environ.update(
    KAP_HOME=str(HOME),
    KAP_ROOT=str(ROOT),
    KAP_MODE="demo",
    DJANGO_SETTINGS_MODULE="kap_clinic.config.settings",
)
HOME.chmod(0o711)
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

DATA = ROOT.parent / "shared" / "data"


def pytest_report_header() -> list[str]:
    """Say what this run stands on."""
    lines = [f"PostgreSQL: {os.environ.get('KAP_POSTGRES_BIN') or 'the first found'}"]
    if not DATA.is_dir():
        lines.append("Data made by others is not here: the tests that read it are not collected.")
    return lines


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """A running PostgreSQL of this worker's own; its prepared database ``kap`` is the template of clones."""
    import django

    from kap_clinic.config.environment import read_environment
    from kap_clinic.database.binaries import find_binaries
    from kap_clinic.database.cluster import throwaway_cluster

    with throwaway_cluster(HOME, find_binaries(read_environment())) as running:
        django.setup()
        from django.core.management import call_command
        from django.db import connections

        from kap_clinic.database.preparation import prepare
        from tests.clones import connect_to

        connect_to(running, "kap")
        prepare(is_synthetic=True)
        call_command("collectstatic", verbosity=0, interactive=False)
        # A browser's loop hides this connection from clone(), which needs the template to itself.
        connections.close_all()
        yield running
        connections.close_all()


@pytest.fixture
def database(cluster: Any) -> Iterator[str]:
    """A fresh clone of the prepared database, connected as the app role; its name."""
    from tests.clones import clone, connect_to, drop

    name = clone(cluster)
    connect_to(cluster, name)
    yield name
    drop(cluster, name)


@pytest.fixture
def clinic(database: str, cluster: Any) -> Any:
    """A database in which organizations can be founded: ``clinic.organization("Cedar House")``."""
    from tests.houses import Clinic

    return Clinic(cluster=cluster, database=database)


@pytest.fixture
def live(clinic: Any) -> Iterator[Any]:
    """The real web server on this test's database; ``live.address`` is its origin."""
    from tests.browsing import serving

    with serving(clinic) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    from tests.browsing import open_chromium

    with open_chromium() as browser:
        yield browser


@pytest.fixture
def browser_page(chromium: Any, live: Any) -> Iterator[Any]:
    """An empty browser page whose relative addresses are the live server's."""
    context = chromium.new_context(base_url=live.address, locale="en-US", reduced_motion="reduce")
    page = context.new_page()
    yield page
    context.close()
