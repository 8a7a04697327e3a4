"""A small checkout, written for one test, that breaks or keeps a promise."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kap_cli.checkout import Checkout

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Callable[[dict[str, str]], Checkout]:
    """Write a checkout that holds these files and nothing else; None copies the real file of that name."""

    def write(files: dict[str, str | None]) -> Checkout:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                shutil.copy(ROOT / name, path)
            else:
                path.write_text(text, encoding="utf-8")
        return Checkout(tmp_path)

    return write
