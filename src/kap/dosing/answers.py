"""The ways a dosing rule can answer, each with what would change it."""

from __future__ import annotations

from kap.vocabulary.findings import ClearedBy, Clearing, Explanation, Finding, Scope, Verdict
from kap.vocabulary.sentences import Sentence
from kap.vocabulary.sources import AnySource


def unanswered(rule: str, reason: Sentence, source: AnySource, change: Sentence) -> Finding:
    """Something must be told first."""
    return _finding(rule, Verdict.UNKNOWN, ClearedBy.FACT, reason, source, change)


def remeasure(rule: str, reason: Sentence, source: AnySource, change: Sentence) -> Finding:
    """Something must be measured or read again first."""
    return _finding(rule, Verdict.UNKNOWN, ClearedBy.REMEASURE, reason, source, change)


def not_today(rule: str, reason: Sentence, source: AnySource, change: Sentence) -> Finding:
    """Not in this session, whoever says otherwise; answered by another fact."""
    return _finding(rule, Verdict.STOP, ClearedBy.FACT, reason, source, change, Scope.TODAY)


def read_again(rule: str, reason: Sentence, source: AnySource, change: Sentence) -> Finding:
    """Not with this syringe: somebody reads label and syringe again."""
    return _finding(rule, Verdict.STOP, ClearedBy.REMEASURE, reason, source, change, Scope.TODAY)


def held(rule: str, reason: Sentence, source: AnySource, change: Sentence) -> Finding:
    """Not until the medical director has said so."""
    return _finding(rule, Verdict.HOLD, ClearedBy.OVERRIDE, reason, source, change)


def caution(rule: str, reason: Sentence, source: AnySource, change: Sentence) -> Finding:
    """Go on, with care."""
    return _finding(rule, Verdict.CAUTION, None, reason, source, change)


def proceed(rule: str, reason: Sentence, source: AnySource, change: Sentence) -> Finding:
    """Nothing stands in the way."""
    return _finding(rule, Verdict.PROCEED, None, reason, source, change)


def _finding(
    rule: str, verdict: Verdict, way: ClearedBy | None, reason: Sentence, source: AnySource, change: Sentence,
    scope: Scope = Scope.PROGRAM,
) -> Finding:  # fmt: skip
    return Finding(
        rule=rule,
        verdict=verdict,
        scope=scope,
        clears_by=Clearing(way) if way else None,
        because=Explanation(reason=reason, source=source, would_change_if=change),
    )
