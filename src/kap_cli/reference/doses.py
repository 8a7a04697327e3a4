"""The limits of doses as a page: each number with its unit, its source, and whether it was verified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from typing import Any

from kap.dosing.limits import Bound, DoseLimits
from kap.dosing.loading import packaged_limits
from kap.vocabulary.decimals import plain

_GROUPS = (
    ("weights", "The body weight a dose is reckoned on"),
    ("liquids", "What is drawn up and pumped"),
    ("frequency", "How many doses come together"),
)


def doses_page() -> str:
    """Writes the page of every limit of a dose, for a medical director to read and sign."""
    limits = packaged_limits()
    groups = [*_treatments(limits), *((title, getattr(limits, name)) for name, title in _GROUPS)]
    rows = {title: list(_rows(group)) for title, group in groups}
    bounds = [bound for held in rows.values() for _name, bound in held]
    unverified = sum(not bound.source.verified for bound in bounds)
    lines = [
        "# The limits of a dose",
        "",
        f"{len(bounds)} numbers, {unverified} of them verified by nobody yet. They bind the total of a",
        "session, over every dose and route in it; a protocol or a caution may bind tighter, and nothing",
        "loosens them.",
        f"`{limits.key}`, from {limits.effective_on.isoformat()} on.",
    ]
    for title, held in rows.items():
        lines += ["", f"## {title}", "", "| What | Where | Source | Verified |", "| --- | --- | --- | --- |"]
        lines += [_line(name, bound) for name, bound in held]
    return "\n".join([*lines, ""])


def _treatments(limits: DoseLimits) -> Iterator[tuple[str, Any]]:
    for (drug, route), held in limits.treatments.items():
        yield f"{drug.value.capitalize()}, {route.value}", held


def _rows(group: Any) -> Iterator[tuple[str, Bound[Any]]]:
    for field in fields(group):
        bound = getattr(group, field.name)
        if bound is not None:
            yield field.name.replace("_", " "), bound


def _line(name: str, bound: Bound[Any]) -> str:
    at, source = bound.at, bound.source
    parts = at if isinstance(at, tuple) else (at,)
    said = ", ".join(plain(one) if isinstance(one, Decimal) else str(one) for one in parts)
    address = getattr(source, "address", "")
    url = address if address.startswith("https://") else f"https://doi.org/{address}"
    link = f"[{source.citation}]({url})" if address else source.citation
    return f"| {name} | {said} | {link} | {'yes' if source.verified else 'no'} |"
