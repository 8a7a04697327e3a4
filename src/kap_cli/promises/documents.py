"""The documents: links lead somewhere, decisions have their three parts, what is generated is fresh."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path, PurePosixPath

from kap_cli.checkout import Checkout
from kap_cli.documents import write_documents

_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_PATH = re.compile(r"`((?:src|tests|docs|bench|\.ci)/[\w./-]+)`")
_FENCE = re.compile(r"^```.*?^```", re.M | re.S)
_PARTS = ("## Context", "## Decision", "## Consequences")


def links(checkout: Checkout) -> list[str]:
    """Names each link of a document that leads to no file or heading, and each path that is not there."""
    pages = dict(checkout.files(".md"))
    broken = []
    for name, text in pages.items():
        for target in _LINK.findall(_FENCE.sub("", text)):
            if "://" in target or target.startswith("mailto:"):
                continue
            path, _, heading = target.partition("#")
            if fault := _dead_end(checkout.root, name, path, heading):
                broken.append(f"{name}: {target} {fault}")
        named = [path for path in _PATH.findall(text) if not (checkout.root / path).exists()]
        broken += [f"{name}: {path} is not there" for path in named]
    return broken


def decisions(checkout: Checkout) -> list[str]:
    """Names each decision without its context, decision and consequences, and each gap in their numbers."""
    broken = []
    pages = sorted(checkout.files(".md", under="docs/decisions/0"))
    for name, text in pages:
        broken += [f"{name} has no {part.strip('# ')}" for part in _PARTS if part not in text]
    numbers = [int(PurePosixPath(name).name[:4]) for name, _ in pages]
    if numbers != list(range(len(numbers))):
        broken.append(f"docs/decisions is numbered {numbers}")
    return broken


def generated(checkout: Checkout) -> list[str]:
    """Names each generated page that is not what the code gives now."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = write_documents(checkout.root, Path(folder))
        broken = []
        for page in fresh:
            name = page.relative_to(folder).as_posix()
            kept = checkout.root / name
            if not kept.is_file() or kept.read_text(encoding="utf-8") != page.read_text(encoding="utf-8"):
                broken.append(f"{name} is stale")
    return broken


def _dead_end(root: Path, page: str, path: str, heading: str) -> str:
    target = (root / page).parent / path if path else root / page
    if not target.exists():
        return "leads nowhere"
    if heading and target.suffix == ".md" and heading not in _headings(target):
        return "names no heading there"
    return ""


def _headings(page: Path) -> set[str]:
    lines = page.read_text(encoding="utf-8").splitlines()
    titles = [line.lstrip("#").strip() for line in lines if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
