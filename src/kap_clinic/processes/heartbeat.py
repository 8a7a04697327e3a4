"""The worker's sign of life, for the supervisor that watches it."""

from __future__ import annotations

from pathlib import Path


def heartbeat_file(home: Path) -> Path:
    """Names the file the worker touches while it works."""
    return home / "run" / "worker.heartbeat"


def beat(home: Path) -> None:
    """Says that the worker works; said every few seconds, and missed after a minute."""
    heartbeat_file(home).touch()
