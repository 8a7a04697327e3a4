"""A real web server on a test's database, and Debian's Chromium to look at it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.clones import urls_of

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PICTURES = Path(__file__).parents[1] / "screenshots"


@dataclass(frozen=True)
class Server:
    """A running web server."""

    address: str
    clinic: Any


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(clinic: Any, **variables: str) -> Iterator[Server]:
    """Run granian with our application on this test's database."""
    port = free_port()
    address = f"http://localhost:{port}"
    environment = {
        **os.environ, **urls_of(clinic.cluster, clinic.database), "KAP_PORT": str(port),
        "KAP_STREAM_PORT": str(free_port()), "PYTHONPATH": "src", **variables,
    }  # fmt: skip
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--no-ws", "kap_clinic.config.wsgi:application",
    ]  # fmt: skip
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, env=environment, cwd=root) as process:
        try:
            _wait_until_it_answers(address, process)
            yield Server(address=address, clinic=clinic)
        finally:
            process.terminate()


def _wait_until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"The web server ended with {process.returncode}.")
        try:
            urllib.request.urlopen(f"{address}/health", timeout=2).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("The web server did not answer.")


@contextmanager
def open_chromium() -> Iterator[Any]:
    """Start the browser; a machine without it counts the test as not run, and `./kap test` says so."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


def sign_in_browser(page: Any, house: Any, member: Any) -> None:
    """Give the browser a session of this member, without walking the sign-in page."""
    key = house.session_for(member).session_key
    page.context.add_cookies(
        [{"name": "kap_session", "value": key, "domain": "localhost", "path": "/", "httpOnly": True}]
    )


def picture(page: Any, name: str, *, widths: tuple[int, ...] = (390, 1440)) -> None:
    """Take pictures of the page at each width, light and dark, into the ignored folder ``screenshots``."""
    PICTURES.mkdir(exist_ok=True)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")


def accessibility_faults(page: Any) -> list[str]:
    """Return what axe-core finds wrong with the page, one line a finding."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]
