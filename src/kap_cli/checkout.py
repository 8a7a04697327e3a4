"""The checkout these commands were started from, and the files in it."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_NOT_OURS = {".git", ".kap", ".venv", "node_modules", "screenshots", "__pycache__"}


def checkout_root() -> Path:
    """Finds the checkout these commands were started from."""
    return Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Checkout:
    """The files of one checkout: those git tracks or would track."""

    root: Path

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names every file, as a path from the root."""
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=self.root,
            capture_output=True,
            text=True,
            check=False,
        )
        if listed.returncode == 0 and (self.root / ".git").exists():
            return tuple(sorted({name for name in listed.stdout.split("\0") if (self.root / name).is_file()}))
        return tuple(sorted(self._walk()))

    def _walk(self) -> Iterator[str]:
        # An unpacked release has no git: everything in it is ours but what we make when we run.
        for path in self.root.rglob("*"):
            inside = path.relative_to(self.root)
            if path.is_file() and not _NOT_OURS.intersection(inside.parts):
                yield inside.as_posix()

    def files(self, *endings: str, under: str = "") -> Iterator[tuple[str, str]]:
        """Gives the name and the text of each file with one of these endings."""
        for name in self.names:
            if name.startswith(under) and name.endswith(endings):
                yield name, (self.root / name).read_text(encoding="utf-8")

    def modules(self, under: str = "src/") -> Iterator[tuple[str, ast.Module]]:
        """Gives the name and the syntax tree of each Python file but migrations, which Django writes."""
        for name, text in self.files(".py", under=under):
            if "/migrations/" not in name:
                yield name, ast.parse(text, name)
