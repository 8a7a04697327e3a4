"""A screening as it is signed: all a reader saw, in plain values kept exactly; and what differs later.

The versions of the limits are kept with the findings, so that an old decision is read with the numbers it was
made by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kap.screening.registry import Rulebook
from kap.screening.standing import Answer, Clearance, Standing
from kap.vocabulary.facts import Fact
from kap.vocabulary.findings import Finding

SCHEMA = "openkap.signed_screening/1"


@dataclass(frozen=True, slots=True)
class Difference:
    """One rule that says something else than when the screening was signed.

    Missing: `was` or `now` is None where the rule was not asked then, or is not asked any more.
    """

    rule: str
    was: str | None
    now: str | None


def frozen(standing: Standing, rulebook: Rulebook) -> dict[str, Any]:
    """Everything a screening says, with its answers, as it is kept under a signature."""
    screening = standing.screening
    return {
        "schema": SCHEMA,
        "person": screening.person,
        "on": screening.on.isoformat(),
        "drug": screening.treatment.drug.value,
        "route": screening.treatment.route.value,
        "protocol": screening.treatment.protocol,
        "verdict": standing.verdict.value,
        "findings": [_finding(one, standing, rulebook) for one in screening.findings],
        "not_screened": list(screening.not_screened),
        "not_understood": [part.came_from for part in screening.not_understood],
    }


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What a screening says otherwise than the signed one: verdicts, answers, and rules newly asked."""
    was, is_now = _essence(then), _essence(now)
    return tuple(
        Difference(rule, was.get(rule), is_now.get(rule))
        for rule in [*is_now, *(rule for rule in was if rule not in is_now)]
        if was.get(rule) != is_now.get(rule)
    )


def _essence(signed: Mapping[str, Any]) -> dict[str, str]:
    """Each rule's verdict, with a mark where somebody answered it; of several the worst not answered."""
    told: dict[str, Mapping[str, Any]] = {}
    for finding in signed["findings"]:
        before = told.setdefault(finding["rule"], finding)
        if before["answered"] and not finding["answered"]:
            told[finding["rule"]] = finding
    return {rule: f"{one['verdict']}{', answered' if one['answered'] else ''}" for rule, one in told.items()}


def _finding(finding: Finding, standing: Standing, rulebook: Rulebook) -> dict[str, Any]:
    because, clearing = finding.because, finding.clears_by
    limits = rulebook.limits_of(finding.rule)
    return {
        "rule": finding.rule,
        "limits": {"version": limits.version, "effective_on": limits.effective_on.isoformat()},
        "verdict": finding.verdict.value,
        "scope": finding.scope.value,
        "clears_by": clearing.way.value if clearing else None,
        "reason": str(because.reason),
        "would_change_if": str(because.would_change_if),
        "facts": [_fact(fact) for fact in because.facts],
        "source": {"citation": because.source.citation, "verified": because.source.verified},
        "answered": _answer(standing.answer_to(finding)),
    }


def _answer(answer: Answer | None) -> dict[str, str] | None:
    if answer is None:
        return None
    if isinstance(answer, Clearance):
        said = {"way": "clearance", "by": answer.by, "why": answer.conditions}
    else:
        said = {"way": "override", "by": answer.by, "why": str(answer.why)}
    return {**said, "until": str(answer.until)}


def _fact(fact: Fact) -> dict[str, str | None]:
    return {
        "what": fact.what,
        "value": None if fact.value is None else str(fact.value),
        "unit": fact.unit.value if fact.unit else None,
        "when": None if fact.when is None else str(fact.when),
        "status": fact.status.value,
        "course": fact.course.value if fact.course else None,
        "from": fact.came_from or None,
    }
