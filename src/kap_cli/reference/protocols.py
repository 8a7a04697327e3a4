"""The protocols as a page: every number with its source, and every session with its window."""

from __future__ import annotations

from collections.abc import Iterator

from kap.integration.windows import packaged_windows
from kap.protocols.definition import After, Night, OnDay, Protocol, Rule, Session, WithinDose
from kap.protocols.shelf import library
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.sources import AnySource
from kap.vocabulary.spans import Span

Numbers = list[tuple[str, Quantity | Night, AnySource]]


def protocols_page() -> str:
    """Writes the page of every protocol, for a medical director to read and sign."""
    windows = _windows()
    every = [*windows, *(row for one in library() for row in _numbers(one))]
    unverified = sum(not source.verified for _name, _amount, source in every)
    lines = [
        "# The protocols",
        "",
        f"{len(every)} numbers, {unverified} of them verified by nobody yet. A protocol is a document: see",
        "[Add a protocol](../how-to/add-a-protocol.md). How often vitals are read goes by the route, not by",
        "the protocol.",
    ]
    for one in library():
        lines += ["", f"## {one.about.title}", "", one.about.describes, ""]
        lines += [f"`{one.id}`, version {one.version}, from {one.about.effective_on.isoformat()} on.", ""]
        lines += _table(_numbers(one))
        lines += ["", "| Session | Kind | When | Minutes | Window | Needs |"]
        lines += ["| --- | --- | --- | --- | --- | --- |"]
        lines += [_session(session) for session in one.sessions]
    lines += [
        "",
        "## After a dose",
        "",
        "Windows count from the start of the dose.",
        "",
        *_table(windows),
        "",
    ]
    return "\n".join(lines)


def _numbers(one: Protocol) -> Numbers:
    doses = one.doses
    spans = [
        ("given over", doses.over),
        ("between the starts of two doses", doses.spacing),
        ("usual between doses", doses.usual_spacing),
        ("put off to the next day when later than", one.put_off),
        *(("integration within", rule) for rule in _limits(one)),
    ]
    return [
        ("starting dose", doses.start.amount, doses.start.source),
        *((name, rule.amount, rule.source) for name, rule in spans),
        ("integration waits for the morning", one.night, one.night.source),
    ]


def _limits(one: Protocol) -> Iterator[Rule[Span]]:
    found = {
        session.timing.window.limit.amount: session.timing.window.limit
        for session in one.sessions
        if isinstance(session.timing.window, WithinDose)
    }
    yield from found.values()


def _windows() -> Numbers:
    rules = packaged_windows()
    named = [(window.name.replace("-", " "), window.limit) for window in rules.windows]
    return [(name, limit.length, limit.source) for name, limit in [*named, ("closing", rules.closing)]]


def _table(numbers: Numbers) -> list[str]:
    rows = [
        f"| {name} | {amount} | {source.citation} | {'yes' if source.verified else 'no'} |"
        for name, amount, source in numbers
    ]
    return ["| What | Number | Source | Verified |", "| --- | --- | --- | --- |", *rows]


def _session(one: Session) -> str:
    when, window = one.timing.when, one.timing.window
    match when:
        case OnDay(day, hour):
            begins = f"day {day} at {hour:%H:%M}"
        case After(followed, by):
            begins = f"{by} after `{followed}`"
    held = (
        f"within {window.limit.amount} of `{window.dose}`"
        if isinstance(window, WithinDose)
        else f"{window.before} days before to {window.after} after"
    )
    needs = ", ".join(f"`{need}`" for need in one.needs)
    minutes = int(one.timing.length.in_unit("min"))
    return f"| {one.title} (`{one.id}`) | {one.kind.value} | {begins} | {minutes} | {held} | {needs} |"
