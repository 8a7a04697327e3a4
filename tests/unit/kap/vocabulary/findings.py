"""Findings and overrides as tests need them: real ones, with invented words."""

from datetime import date

from kap.vocabulary.findings import ClearedBy, Clearing, Explanation, Finding, Override, Scope, Verdict
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap.vocabulary.sources import UnverifiedSource

INVENTED = UnverifiedSource(key="invented for a test", stated_on=date(2026, 11, 21))
USUAL_WAY = {Verdict.HOLD: ClearedBy.CLEARANCE, Verdict.UNKNOWN: ClearedBy.FACT}


def clearing(way: ClearedBy) -> Clearing:
    """A way to clear a finding; a clearance is cardiology's."""
    return Clearing(way, sentence("cardiology") if way is ClearedBy.CLEARANCE else None)


def finding(
    verdict: Verdict,
    *,
    rule: str = "invented-rule",
    scope: Scope = Scope.PROGRAM,
    way: ClearedBy | None = None,
) -> Finding:
    """A finding with this verdict, cleared the usual way unless another is named."""
    cleared_by = way or USUAL_WAY.get(verdict)
    return Finding(
        rule=rule,
        verdict=verdict,
        scope=scope,
        clears_by=clearing(cleared_by) if cleared_by else None,
        because=Explanation(
            reason=sentence("An invented reason."),
            source=INVENTED,
            would_change_if=sentence("An invented fact."),
        ),
    )


def override(rule: str, of: Verdict, *, role: str = "medical_director", until: Instant) -> Override:
    """An answer to one rule's verdict."""
    return Override(
        answers=(rule, of), by="Dr. Invented", role=role, why=sentence("An invented reason."), until=until
    )
