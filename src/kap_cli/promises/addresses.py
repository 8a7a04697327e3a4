"""Nothing in the repository points at one machine, or at one package registry."""

from __future__ import annotations

import re
from typing import Final

from kap_cli.checkout import Checkout

# Each has one letter in brackets, so that this file keeps its own promise.
_FOLDERS: Final = (r"/[w]ork/", r"/[r]oot/", r"/[t]mp/", r"/[h]ome/[a-z]\w*/", r"/[U]sers/\w+/")
_HOSTS: Final = (
    r"[p]ypi\.org",
    r"[p]ythonhosted\.org",
    r"registry\.[n]pmjs\.org",
    r"proxy\.[g]olang\.org",
    r"[c]rates\.io",
    r"--(?:extra-)?[i]ndex-url",
)
_ELSEWHERE = re.compile("|".join([rf"(?<![\w.}}]){folder}" for folder in _FOLDERS] + list(_HOSTS)))
_PINNED = re.compile(r"^[A-Za-z0-9_.-]+(\[[\w,-]+\])?==\S+")
_TEXT = (
    *(".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".html", ".css", ".js", ".sh", ".lock", ".sql"),
    *(".json", ".importlinter", ".ci/run", "kap"),
)


def machines(checkout: Checkout) -> list[str]:
    """Names each line that holds a path of one machine or the address of a package registry."""
    return [
        f"{name}:{number} holds {match[0]}"
        for name, text in checkout.files(*_TEXT)
        for number, line in enumerate(text.splitlines(), 1)
        if (match := _ELSEWHERE.search(line))
    ]


def locks(checkout: Checkout) -> list[str]:
    """Names each lock that holds an address, or a package without its hash."""
    broken = []
    for name, text in checkout.files(".lock"):
        lines = text.splitlines()
        broken += [f"{name}:{at} holds an address" for at, line in enumerate(lines, 1) if "://" in line]
        for at, line in enumerate(lines):
            following = lines[at + 1] if at + 1 < len(lines) else ""
            if _PINNED.match(line) and "--hash=sha256:" not in line + following:
                broken.append(f"{name}:{at + 1} {line.split()[0]} has no hash")
    return broken
