"""Every exception to a rule carries its reason from a closed list, is counted, and the number only falls."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from kap_cli.checkout import Checkout

REASONS: Final = ("slow import", "optional dependency", "django insists")
# The type checker says by itself when one of these is not needed any more; it still has to name its error.
UNTYPED: Final = "type: ignore"
COUNTED_IN: Final = ".ci/exceptions.txt"
_EXCEPTION = re.compile(r"#\s*(?:noqa|pragma: no cover|nosec)\b(?P<rest>[^#]*)")
_UNTYPED = re.compile(r"#\s*type: ignore(?P<code>\[[a-z, -]+\])?")
_REASON = re.compile(r"--\s*(?P<reason>[a-z ]+?)\s*$")


def reasons(checkout: Checkout) -> list[str]:
    """Names each exception without a reason from the closed list."""
    return [
        f"{name}:{line} gives the reason {reason or 'none'!r}"
        for name, line, reason in _exceptions(checkout)
        if reason not in (*REASONS, UNTYPED)
    ]


def counts(checkout: Checkout) -> list[str]:
    """Names each reason that is used more often than was agreed, or less often than is written down."""
    found = Counter(reason for _, _, reason in _exceptions(checkout))
    agreed = _agreed(checkout)
    broken = []
    for reason in (*REASONS, UNTYPED):
        used, most = found[reason], agreed.get(reason, 0)
        if used > most:
            broken.append(f"{reason}: {used} times, {most} agreed; the number only falls")
        elif used < most:
            broken.append(f"{reason}: only {used} left; write that into {COUNTED_IN}")
    return broken


def _agreed(checkout: Checkout) -> dict[str, int]:
    path = checkout.root / COUNTED_IN
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    pairs = (line.rsplit(":", 1) for line in lines if line and not line.startswith("#"))
    return {reason.strip(): int(number) for reason, number in pairs}


def _exceptions(checkout: Checkout) -> list[tuple[str, int, str]]:
    found = []
    for name, text in checkout.files(".py"):
        if not name.startswith(("src/", "tests/", "bench/")):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if match := _EXCEPTION.search(line):
                reason = _REASON.search(match["rest"])
                found.append((name, number, reason["reason"] if reason else ""))
            if match := _UNTYPED.search(line):
                found.append((name, number, UNTYPED if match["code"] else ""))
    return found
