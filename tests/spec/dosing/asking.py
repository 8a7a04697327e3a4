"""How the dosing tables ask: one person, one day, the packaged limits."""

from datetime import UTC, date, datetime

from kap.dosing.loading import packaged_limits
from kap.dosing.proposals import Before, DoseAsked, Proposal, propose
from kap.dosing.weights import Body, Weighing
from kap.vocabulary.findings import ClearedBy, Finding, Scope, Verdict
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import DosePerWeight, Mass
from kap.vocabulary.routes import Drug, Route

TODAY = date(2026, 11, 21)
NOW = Instant(datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
LIMITS = packaged_limits()


def weighed(weight: Mass | None) -> Body:
    """A person weighed today, or nobody ever."""
    return Body(weighings=() if weight is None else (Weighing(weight, TODAY),))


def asked(route: Route, amount: DosePerWeight | Mass, *, is_first: bool = False) -> DoseAsked:
    """Ketamine by this route."""
    return DoseAsked(drug=Drug.KETAMINE, route=route, amount=amount, is_first=is_first)


def proposed(dose: DoseAsked, body: Body, before: Before | None = None) -> Proposal:
    """What is proposed for that person today."""
    return propose(dose, body, before or Before(), LIMITS, on=TODAY, at=NOW)


def said(finding: Finding) -> str:
    """A finding in the words of the tables."""
    verdict = finding.verdict
    words = "stop today" if verdict is Verdict.STOP and finding.scope is Scope.TODAY else verdict.value
    way = finding.clears_by.way if finding.clears_by else None
    ways = {
        ClearedBy.REMEASURE: "remeasure",
        ClearedBy.FACT: "fact",
        ClearedBy.OVERRIDE: "medical director",
    }
    return f"{words}: {ways[way]}" if way else words
