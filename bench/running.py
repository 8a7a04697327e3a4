"""A clinic of our own for a benchmark: the real supervisor, a throwaway folder, signed-in browsers."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Clinic:
    """A demonstration under its own supervisor, which may be killed and started again."""

    home: Path
    port: int = field(default_factory=free_port)
    stream_port: int = field(default_factory=free_port)
    supervisor: subprocess.Popen[str] | None = None
    sign_ins: list[dict[str, Any]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables its processes run with."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_URL")}
        return {**kept, "KAP_HOME": str(self.home), "KAP_ROOT": str(ROOT), "PYTHONPATH": str(ROOT / "src")}

    def start(self, *, within: float = 120.0) -> float:
        """Start it and wait until it announces itself; return the seconds."""
        began = time.monotonic()
        with open(self.home.parent / f"{self.home.name}.log", "a") as log:
            self.supervisor = subprocess.Popen(
                [sys.executable, "-m", "kap_cli", "demo", "--json", f"--port={self.port}",
                 f"--stream-port={self.stream_port}"],
                env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        assert self.supervisor.stdout is not None
        said = self.supervisor.stdout.readline()
        if not said:
            raise RuntimeError(f"The clinic did not start; see {self.home}/logs.")
        self.sign_ins = json.loads(said)["sign_ins"]
        assert time.monotonic() - began < within
        return time.monotonic() - began

    def stop(self) -> None:
        """Ask it to stop and wait."""
        if self.supervisor is not None and self.supervisor.poll() is None:
            self.supervisor.send_signal(signal.SIGTERM)
            self.supervisor.wait(60)

    def processes(self) -> dict[str, int]:
        """Return the pids its supervisor wrote down, by name."""
        state = json.loads((self.home / "run" / "state.json").read_text())
        return {one["name"]: one["pid"] for one in state["services"] if one["pid"]} | {
            "supervisor": state["supervisor"]
        }

    def sign_in(self, role: str) -> Browser:
        """Return a browser signed in by the first unused link of this role."""
        index = next(i for i, one in enumerate(self.sign_ins) if role in one["roles"])
        path = re.sub(r"^https?://[^/]+", "", self.sign_ins.pop(index)["url"])
        browser = Browser(self.port)
        browser.request("GET", path)
        browser.request("POST", path, "")
        return browser


class Browser:
    """One keep-alive connection with its cookies; ``sent_to`` is where the last answer sends the browser."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        """Hold where to ask."""
        self.port, self.cookies, self.sent_to = port, dict(cookies or {}), ""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def request(self, method: str, path: str, body: str | None = None, kind: str = "") -> tuple[int, bytes]:
        """Ask, and keep the cookies that come back."""
        headers = {
            "Host": f"localhost:{self.port}",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = kind or "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = self.cookies.get("kap_csrf", "")
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            raise
        for morsel in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = morsel.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.sent_to = answer.headers.get("Location", "")
        return answer.status, text


@contextmanager
def running_clinic() -> Iterator[Clinic]:
    """Start a clinic on a throwaway state folder, and leave nothing behind."""
    home = Path(tempfile.mkdtemp(prefix="kap-bench-"))
    home.chmod(0o711)
    clinic = Clinic(home)
    try:
        # The first start makes the whole demonstration, which takes its time where others work beside it.
        clinic.start(within=600.0)
        yield clinic
    finally:
        clinic.stop()
        shutil.rmtree(home, ignore_errors=True)
