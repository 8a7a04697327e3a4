"""Screens one person: every rule answers, worst first; what nobody asked is never taken for clear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kap.screening.known import Known
from kap.screening.record import NotUnderstood, PersonRecord
from kap.screening.registry import Rulebook, packaged_rulebook
from kap.vocabulary.findings import Finding, Verdict, worst_first
from kap.vocabulary.routes import Drug, Route


@dataclass(frozen=True, slots=True)
class Treatment:
    """What a person is screened for: the drug, its route and, where one is chosen, the protocol."""

    drug: Drug = Drug.KETAMINE
    route: Route = Route.IV
    protocol: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """All that the rules say about one person on one day."""

    person: str
    treatment: Treatment
    on: date
    findings: tuple[Finding, ...]
    not_screened: tuple[str, ...]
    not_understood: tuple[NotUnderstood, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The rules that lack a fact, in the order they are read."""
        return tuple(finding.rule for finding in self.findings if finding.verdict is Verdict.UNKNOWN)

    @property
    def verdict(self) -> Verdict:
        """The worst of the findings, and never better than unknown while a rule was not asked."""
        worst = Verdict.worst(finding.verdict for finding in self.findings)
        return Verdict.worst((worst, Verdict.UNKNOWN)) if self.not_screened else worst


def screen(
    record: PersonRecord, treatment: Treatment, on: date, *, rulebook: Rulebook | None = None
) -> Screening:
    """Asks every rule about one person as they stand on a day."""
    book = rulebook or packaged_rulebook()
    known = Known(record.facts, on)
    return Screening(
        person=record.person,
        treatment=treatment,
        on=on,
        findings=worst_first(
            finding for rule, limits in book.entries for finding in rule.findings(known, limits)
        ),
        not_screened=book.not_screened,
        not_understood=record.not_understood,
    )
