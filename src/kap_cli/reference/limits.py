"""The numbers screening and the dosing room decide by: each with its unit, its source, and who checked it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from kap.monitoring.alarms import packaged_alarms
from kap.monitoring.before_a_dose import packaged_before_a_dose
from kap.monitoring.going_home import packaged_going_home
from kap.screening.limits import Ground, Limit, Limits, Scale
from kap.screening.registry import packaged_rulebook
from kap.vocabulary.decimals import plain
from kap.vocabulary.sources import AnySource

Row = tuple[str, str, AnySource]

_IN_THE_ROOM = {
    "before-a-dose": "In the room: before a dose",
    "alarms": "In the room: alarms",
    "going-home": "In the room: going home",
}


def limits_page() -> str:
    """Writes the page of every limits document, for a medical director to read and sign."""
    book = packaged_rulebook()
    room = (packaged_before_a_dose(), packaged_alarms(), packaged_going_home())
    documents = [(limits, book.titles[limits.rule]) for _, limits in book.entries]
    documents += [(limits, _IN_THE_ROOM[limits.rule]) for limits in room]
    rows = {limits.rule: list(_rows(limits)) for limits, _ in documents}
    sources = [source for held in rows.values() for _, _, source in held]
    unverified = sum(not source.verified for source in sources)
    lines = [
        "# The limits screening and the dosing room decide by",
        "",
        f"{len(sources)} numbers and grounds, {unverified} of them verified by nobody yet. A medical",
        "director replaces any of them with a document of their own: see",
        "[Add a screening rule](../how-to/add-a-screening-rule.md#change-a-number-at-one-site).",
    ]
    for limits, title in documents:
        lines += ["", f"## {title}", "", limits.decides, ""]
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
