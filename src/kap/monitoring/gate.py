"""The ways a rule of the dosing room can answer: all of them for today, evaluated again, never overridden."""

from __future__ import annotations

from dataclasses import dataclass

from kap.monitoring.checklist import FROM_CHECKLIST, YES
from kap.monitoring.session import Answer
from kap.vocabulary.facts import Fact
from kap.vocabulary.findings import ClearedBy, Clearing, Explanation, Finding, Scope, Verdict
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.sources import AnySource

_BY_FACT = Clearing(ClearedBy.FACT)
_BY_READING = Clearing(ClearedBy.REMEASURE)
_NEEDS_NOTHING = frozenset({Verdict.PROCEED, Verdict.CAUTION})

IF_MEASURED = sentence("A new reading.")
IF_ANSWERED = sentence("The item is answered.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a yes, a no and a silence say of one item."""

    yes: Sentence
    no: Sentence
    silence: Sentence


class Gate:
    """What one rule says: its verdict for today, the reason, the facts, the source, what would change it."""

    __slots__ = ("rule",)

    def __init__(self, rule: str) -> None:
        self.rule = rule

    def says(
        self,
        verdict: Verdict,
        reason: Sentence,
        source: AnySource,
        change: Sentence,
        *facts: Fact,
        is_remeasured: bool = False,
    ) -> Finding:
        """One finding; what is not clear is cleared by a new reading or a new fact."""
        way = None if verdict in _NEEDS_NOTHING else _BY_READING if is_remeasured else _BY_FACT
        because = Explanation(reason=reason, facts=facts, source=source, would_change_if=change)
        return Finding(rule=self.rule, verdict=verdict, scope=Scope.TODAY, clears_by=way, because=because)

    def answered(self, answer: Answer | None, asked: Asked, source: AnySource, otherwise: Verdict) -> Finding:
        """What the answer to a plain question says; anything but a yes is the other verdict."""
        if answer is None:
            return self.says(
                Verdict.UNKNOWN, asked.silence, source, IF_ANSWERED, Fact.missing(self.rule)
            )  # fmt: skip
        said = Fact(what=self.rule, value=answer.value, when=answer.at, came_from=FROM_CHECKLIST)
        if answer.value == YES:
            return self.says(Verdict.PROCEED, asked.yes, source, IF_ANSWERED, said)
        return self.says(otherwise, asked.no, source, IF_ANSWERED, said)


def blocking(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that do not let the person go on, worst first."""
    left = [finding for finding in findings if finding.verdict not in _NEEDS_NOTHING]
    return tuple(sorted(left, key=lambda finding: -finding.verdict.severity))
