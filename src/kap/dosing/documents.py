"""A proposal in plain values, as the command line and the web API say it."""

from __future__ import annotations

from typing import Any

from kap.dosing.caps import Cap
from kap.dosing.proposals import Proposal, Step
from kap.dosing.syringes import Preparation
from kap.vocabulary.findings import Finding
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.sources import AnySource

SCHEMA = "openkap.dose/1"


def proposal_document(proposal: Proposal) -> dict[str, Any]:
    """The proposal with every step, cap and finding; amounts with their UCUM units."""
    asked = proposal.asked
    return {
        "schema": SCHEMA,
        "drug": asked.drug.value,
        "route": asked.route.value,
        "asked": asked.amount.ucum,
        "basis": asked.basis.value,
        "dose": _ucum(proposal.dose),
        "is_capped": proposal.is_capped,
        "verdict": proposal.verdict.value,
        "steps": [_step(step) for step in proposal.steps],
        "caps": [_cap(cap) for cap in proposal.caps],
        "findings": [finding_document(finding) for finding in proposal.findings],
    }


def preparation_document(preparation: Preparation) -> dict[str, Any]:
    """What is drawn, what it is made up to, and how fast it runs."""
    return {
        "concentration": preparation.concentration.ucum,
        "drawn": preparation.drawn.ucum,
        "holds": preparation.dose.ucum,
        "made_up_to": _ucum(preparation.made_up_to),
        "rate": _ucum(preparation.rate),
    }


def finding_document(finding: Finding) -> dict[str, Any]:
    """A finding with its reason, its source and what would change it."""
    because, clearing = finding.because, finding.clears_by
    return {
        "rule": finding.rule,
        "verdict": finding.verdict.value,
        "scope": finding.scope.value,
        "clears_by": clearing.way.value if clearing else None,
        "reason": str(because.reason),
        "would_change_if": str(because.would_change_if),
        "source": _source(because.source),
    }


def _step(step: Step) -> dict[str, Any]:
    source = _source(step.source) if step.source else None
    return {"what": str(step.what), "comes_to": step.comes_to.ucum, "source": source}


def _cap(cap: Cap) -> dict[str, Any]:
    return {"at_most": cap.at_most.ucum, "reason": str(cap.reason), "source": _source(cap.source)}


def _source(source: AnySource) -> dict[str, Any]:
    return {"citation": source.citation, "verified": source.verified}


def _ucum(quantity: Quantity | None) -> str | None:
    return quantity.ucum if quantity is not None else None
