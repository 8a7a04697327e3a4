"""The numbers screening decides by as a page: each with its unit, its source, and whether it was verified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from kap.screening.limits import Ground, Limit, Limits, Scale
from kap.screening.registry import packaged_rulebook
from kap.vocabulary.decimals import plain
from kap.vocabulary.sources import AnySource

Row = tuple[str, str, AnySource]


def limits_page() -> str:
    """Writes the page of every limits document, for a medical director to read and sign."""
    book = packaged_rulebook()
    rows = {limits.rule: list(_rows(limits)) for _, limits in book.entries}
    sources = [source for held in rows.values() for _, _, source in held]
    unverified = sum(not source.verified for source in sources)
    lines = [
        "# The limits screening decides by",
        "",
        f"{len(sources)} numbers and grounds, {unverified} of them verified by nobody yet. A medical",
        "director replaces any of them with a document of their own: see",
        "[Add a screening rule](../how-to/add-a-screening-rule.md#change-a-number-at-one-site).",
    ]
    for _, limits in book.entries:
        lines += ["", f"## {book.titles[limits.rule]}", "", limits.decides, ""]
        lines += [
            f"`{limits.rule}`, version {limits.version}, from {limits.effective_on.isoformat()} on.",
            "",
        ]
        lines += ["| What | Where | Source | Verified |", "| --- | --- | --- | --- |"]
        lines += [_line(row) for row in rows[limits.rule]]
    lines += ["", "## Not delivered yet", "", ", ".join(f"`{rule}`" for rule in book.not_screened) + ".", ""]
    return "\n".join(lines)


def _rows(limits: Limits) -> Iterator[Row]:
    for field in fields(limits):
        name, held = field.name.replace("_", " "), getattr(limits, field.name)
        match held:
            case Limit():
                unit = "times" if held.unit.value == "1" else {"a": "years", "d": "days"}.get(held.unit.value)
                yield name, f"{plain(held.value)} {unit or held.unit}", held.source
            case Ground():
                yield name, "—", held.source
            case Scale():
                for line in reversed(held.lines):
                    yield (
                        f"{name}: {line.verdict.value}",
                        f"from {plain(line.begins)} {held.bands.unit}",
                        line.source,
                    )


def _line(row: Row) -> str:
    name, where, source = row
    address = getattr(source, "address", "")
    link = f"[{source.citation}]({_linked(address)})" if address else source.citation
    return f"| {name} | {where} | {link} | {'yes' if source.verified else 'no'} |"


def _linked(address: str) -> str:
    return address if address.startswith("https://") else f"https://doi.org/{address}"
