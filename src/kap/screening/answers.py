"""The ways a screening rule can answer, each with the scope and the way out that belong to it."""

from __future__ import annotations

from collections.abc import Iterable

from kap.vocabulary.facts import Fact
from kap.vocabulary.findings import ClearedBy, Clearing, Explanation, Finding, Scope, Verdict
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.sources import AnySource

_BY_OVERRIDE = Clearing(ClearedBy.OVERRIDE)
_BY_FACT = Clearing(ClearedBy.FACT)

ANOTHER_READING = Clearing(ClearedBy.REMEASURE)
PSYCHIATRY = Clearing(ClearedBy.CLEARANCE, sentence("psychiatry"))
HEPATOLOGY = Clearing(ClearedBy.CLEARANCE, sentence("hepatology"))
PRIMARY_CARE = Clearing(ClearedBy.CLEARANCE, sentence("primary care"))

# What would change an answer, where it is the same for many rules.
IF_WRONG = sentence("Only an entry that is shown to be wrong.")
IF_SETTLED = sentence("The entry is confirmed, or shown to be wrong.")
IF_ASKED = sentence("The question is answered.")
IF_RECORDED = sentence("An entry of it, or a yes to the question.")


class Answers:
    """What one rule says: its reason, its facts, its source, and what would change the answer."""

    __slots__ = ("rule",)

    def __init__(self, rule: str) -> None:
        self.rule = rule

    def stop(self, reason: Sentence, facts: Iterable[Fact], source: AnySource, change: Sentence) -> Finding:
        """Excluded from the program, unless the medical director overrides."""
        return self._finding(Verdict.STOP, _BY_OVERRIDE, reason, facts, source, change)

    def stop_today(
        self,
        reason: Sentence,
        facts: Iterable[Fact],
        source: AnySource,
        change: Sentence,
        *,
        is_remeasured: bool,
    ) -> Finding:
        """Not on this day; cleared by a new reading or a new fact, never overridden."""
        way = ANOTHER_READING if is_remeasured else _BY_FACT
        return self._finding(Verdict.STOP, way, reason, facts, source, change, Scope.TODAY)

    def hold(
        self, by: Clearing, reason: Sentence, facts: Iterable[Fact], source: AnySource, change: Sentence
    ) -> Finding:
        """Not until the named specialty has cleared it, or another reading has."""
        return self._finding(Verdict.HOLD, by, reason, facts, source, change)

    def unknown(
        self,
        reason: Sentence,
        facts: Iterable[Fact],
        source: AnySource,
        change: Sentence,
        *,
        is_remeasured: bool = False,
    ) -> Finding:
        """A fact is missing, old or doubtful: answered by a fact or a new reading, never overridden."""
        way = ANOTHER_READING if is_remeasured else _BY_FACT
        return self._finding(Verdict.UNKNOWN, way, reason, facts, source, change)

    def caution(
        self, reason: Sentence, facts: Iterable[Fact], source: AnySource, change: Sentence
    ) -> Finding:
        """Go on, with a plan."""
        return self._finding(Verdict.CAUTION, None, reason, facts, source, change)

    def proceed(
        self, reason: Sentence, facts: Iterable[Fact], source: AnySource, change: Sentence
    ) -> Finding:
        """Nothing stands in the way."""
        return self._finding(Verdict.PROCEED, None, reason, facts, source, change)

    def _finding(
        self,
        verdict: Verdict,
        clears_by: Clearing | None,
        reason: Sentence,
        facts: Iterable[Fact],
        source: AnySource,
        change: Sentence,
        scope: Scope = Scope.PROGRAM,
    ) -> Finding:
        because = Explanation(reason=reason, facts=tuple(facts), source=source, would_change_if=change)
        return Finding(rule=self.rule, verdict=verdict, scope=scope, clears_by=clears_by, because=because)
