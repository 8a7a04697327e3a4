"""Turns a finding of the core into what the findings list shows."""

from __future__ import annotations

from datetime import date

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from kap.vocabulary.facts import Fact, FactStatus
from kap.vocabulary.findings import Finding
from kap.vocabulary.sources import AnySource, Source

from .parts import Act, Grounds, ShownFact, ShownFinding, Words

_HOW_WELL = {
    FactStatus.RECORDED: "",
    FactStatus.CONFIRMED: _("confirmed"),
    FactStatus.DOUBTFUL: _("doubtful"),
    FactStatus.MISSING: _("not recorded"),
}


def shown_fact(fact: Fact) -> ShownFact:
    """A fact with its value, its day and where it came from.

    Missing: a missing fact says so in place of its value.
    """
    if fact.status is FactStatus.MISSING:
        return ShownFact(what=fact.what, value=_HOW_WELL[FactStatus.MISSING])
    unit = f" {fact.unit}" if fact.unit and fact.unit.value != "1" else ""
    when = formats.date_format(fact.when, "j M Y") if isinstance(fact.when, date) else str(fact.when or "")
    origin = [fact.came_from, str(_HOW_WELL[fact.status])]
    return ShownFact(
        what=fact.what,
        value=f"{fact.value}{unit}",
        on=when,
        origin=", ".join(part for part in origin if part),
    )


def address_of_source(source: AnySource) -> str:
    """Where a source can be read; nothing where nobody has read it."""
    if not isinstance(source, Source):
        return ""
    return source.address if source.address.startswith("https://") else f"https://doi.org/{source.address}"


def shown_finding(finding: Finding, act: Act | None = None, answer: Words = "") -> ShownFinding:
    """A finding as it is read, with what can be done about it and the answer it was given."""
    because = finding.because
    return ShownFinding(
        verdict=finding.verdict.value,
        reason=because.reason,
        would_change_if=because.would_change_if,
        grounds=Grounds(
            rule=finding.rule,
            facts=tuple(shown_fact(fact) for fact in because.facts),
            source=because.source.citation,
            source_url=address_of_source(because.source),
            is_unverified=not because.source.verified,
        ),
        act=act,
        answer=answer,
    )
