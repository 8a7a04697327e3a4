"""How a screening stands once people have answered it: overrides and clearances beside the findings.

A finding keeps its verdict. An answer counts for the rule and the verdict it was given to, until it ends.
Only a fact or a new reading answers what is unknown, and a stop for today.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kap.screening.screening import Screening
from kap.vocabulary.findings import ClearedBy, Finding, Override, Verdict
from kap.vocabulary.moments import Instant

_BARS = (Verdict.STOP, Verdict.HOLD, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """A specialty's answer to one hold: who gave it, under which conditions, and until when it counts."""

    rule: str
    by: str
    conditions: str = ""
    until: Instant

    def answers_finding(self, finding: Finding, at: Instant) -> bool:
        """Whether it answers this finding at this moment; it ends at the instant it names."""
        return (
            finding.verdict is Verdict.HOLD
            and finding.clears_by is not None
            and finding.clears_by.way is ClearedBy.CLEARANCE
            and finding.rule == self.rule
            and at < self.until
        )


Answer = Override | Clearance


@dataclass(frozen=True, slots=True)
class Standing:
    """A screening, the answers people gave to it, and the moment it is read."""

    screening: Screening
    answers: tuple[Answer, ...]
    at: Instant

    def answer_to(self, finding: Finding) -> Answer | None:
        """The answer that stands beside a finding; of several the first given."""
        return next((one for one in self.answers if one.answers_finding(finding, self.at)), None)

    @property
    def unanswered(self) -> tuple[Finding, ...]:
        """The findings nobody has answered, worst first."""
        return tuple(one for one in self.screening.findings if self.answer_to(one) is None)

    @property
    def in_the_way(self) -> tuple[Finding, ...]:
        """The unanswered findings with which nobody may go on."""
        return tuple(one for one in self.unanswered if one.verdict in _BARS)

    @property
    def may_go_on(self) -> bool:
        """Whether no rule that was asked stands in the way.

        Missing: where no rule has answered at all, nobody may.
        """
        return bool(self.screening.findings) and not self.in_the_way

    def not_assessed(self, elsewhere: Collection[str]) -> tuple[str, ...]:
        """The rules not delivered that nobody says they assessed by other means.

        Missing: a rule that is not named is not assessed; no word covers them all.
        """
        return tuple(rule for rule in self.screening.not_screened if rule not in elsewhere)

    def may_be_signed_on(self, elsewhere: Collection[str]) -> bool:
        """Whether a prescriber may sign to go on, who assessed these rules by other means.

        A delivered rule is never among them: what it lacks is answered by a fact, a clearance or an override.
        """
        return self.may_go_on and not self.not_assessed(elsewhere)

    @property
    def verdict(self) -> Verdict:
        """The worst that nobody has answered, and never better than unknown while a rule was not asked."""
        left = [finding.verdict for finding in self.unanswered]
        if self.screening.not_screened:
            left.append(Verdict.UNKNOWN)
        if not left and self.screening.findings:
            return Verdict.PROCEED
        return Verdict.worst(left)
