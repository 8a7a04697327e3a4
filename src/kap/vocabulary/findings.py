"""What a rule answers, who may answer back, and what all findings together say.

A clinical "no" is a value: it names its rule, the facts it used, its source and what would change it. Only
people approve; an override stands beside the finding, which keeps its verdict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from kap.vocabulary.errors import DeclarationError
from kap.vocabulary.facts import Fact
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence
from kap.vocabulary.sources import AnySource

OVERRIDING_ROLE = "medical_director"


class Verdict(Enum):
    """What a finding says, worst first; `severity` is how bad it is, 0 for the mildest."""

    severity: int

    STOP = "stop"  # excluded
    HOLD = "hold"  # not until a named clearance
    UNKNOWN = "unknown"  # a fact is missing, old or doubtful: answered by a fact, never overridden
    CAUTION = "caution"  # go on, with a plan
    PROCEED = "proceed"

    @classmethod
    def worst(cls, verdicts: Iterable[Verdict]) -> Verdict:
        """The worst of them.

        Missing: of no verdicts at all, the answer is that nothing is known.
        """
        return max(verdicts, key=lambda verdict: verdict.severity, default=cls.UNKNOWN)


# Held beside each verdict once: every screening compares it, for every finding.
for _severity, _verdict in enumerate(reversed(Verdict)):
    _verdict.severity = _severity


class Scope(Enum):
    """Whom a finding binds."""

    PROGRAM = "program"  # this client's course of treatment
    TODAY = "today"  # this day only; evaluated again, never overridden


class ClearedBy(Enum):
    """What answers a finding."""

    OVERRIDE = "override"  # the medical director, with a reason and an end
    CLEARANCE = "clearance"  # a named specialty says so
    REMEASURE = "remeasure"  # a new reading
    FACT = "fact"  # somebody tells what is missing


@dataclass(frozen=True, slots=True)
class Clearing:
    """How a finding can be cleared; a clearance names whose it is.

    Raises: DeclarationError when a clearance names nobody, or another way names somebody.
    """

    way: ClearedBy
    whose: Sentence | None = None

    def __post_init__(self) -> None:
        if (self.way is ClearedBy.CLEARANCE) != (self.whose is not None):
            raise DeclarationError("A clearance, and nothing else, names whose clearance it is.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a rule answered so: the reason, the facts, the source, and what would change the answer."""

    reason: Sentence
    facts: tuple[Fact, ...] = ()
    source: AnySource
    would_change_if: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule's answer about one person, place or day.

    Raises: DeclarationError when the way it is cleared contradicts its verdict or its scope.
    """

    rule: str
    verdict: Verdict
    scope: Scope = Scope.PROGRAM
    clears_by: Clearing | None = None
    because: Explanation

    def __post_init__(self) -> None:
        way = self.clears_by.way if self.clears_by else None
        if self.verdict is Verdict.HOLD and way is None:
            raise DeclarationError(f"{self.rule}: a hold must say what clears it.")
        if self.verdict is Verdict.UNKNOWN and way not in (ClearedBy.FACT, ClearedBy.REMEASURE):
            raise DeclarationError(f"{self.rule}: what is unknown is answered by a fact or a new reading.")
        if self.verdict is Verdict.PROCEED and way is not None:
            raise DeclarationError(f"{self.rule}: nothing has to clear a finding that says proceed.")
        if self.scope is Scope.TODAY and way is ClearedBy.OVERRIDE:
            raise DeclarationError(f"{self.rule}: a finding for today is evaluated again, never overridden.")

    @property
    def may_be_overridden(self) -> bool:
        """Whether a medical director may answer it."""
        return self.clears_by is not None and self.clears_by.way is ClearedBy.OVERRIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A medical director's answer to one finding: who, in which role, why, and until when.

    `answers` is the rule and the verdict it answered: an override of a hold does not answer a later stop.
    """

    answers: tuple[str, Verdict]
    by: str
    role: str
    why: Sentence
    until: Instant

    def answers_finding(self, finding: Finding, at: Instant) -> bool:
        """Whether it answers this finding at this moment; it ends at the instant it names."""
        return (
            finding.may_be_overridden
            and self.answers == (finding.rule, finding.verdict)
            and self.role == OVERRIDING_ROLE
            and at < self.until
        )


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Puts findings in the order they must be read in; equals keep their order."""
    return tuple(sorted(findings, key=lambda finding: -finding.verdict.severity))


def unanswered(
    findings: Iterable[Finding], overrides: Iterable[Override], at: Instant
) -> tuple[Finding, ...]:
    """The findings nobody has answered, worst first."""
    answers = tuple(overrides)
    return worst_first(
        finding
        for finding in findings
        if not any(override.answers_finding(finding, at) for override in answers)
    )


def overall(findings: Iterable[Finding], overrides: Iterable[Override], at: Instant) -> Verdict:
    """The worst verdict nobody has answered.

    Missing: where no rule has answered at all, nothing is known.
    """
    asked = tuple(findings)
    left = unanswered(asked, overrides, at)
    if asked and not left:
        return Verdict.PROCEED
    return Verdict.worst(finding.verdict for finding in left)
