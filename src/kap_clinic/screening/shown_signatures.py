"""A signature as it is read later: who decided what, on which findings, and what differs since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kap.screening.frozen import differences
from kap.screening.registry import packaged_rulebook
from kap_clinic.website.parts import Words

from .forms import DRUGS, ROUTES
from .queries import Signed, Whole
from .shown import differences_in_words, signature_in_words


@dataclass(frozen=True, kw_only=True)
class SignedLine:
    """One finding as it was signed."""

    verdict: str
    title: Words
    reason: Words
    answer: Words


@dataclass(frozen=True, kw_only=True)
class ShownSignature:
    """One signature, with what it was given on and what differs now."""

    number: int
    verdict: str
    said: Words
    treatment: Words
    signed: Signed
    findings: tuple[SignedLine, ...]
    changed: tuple[str, ...]


def shown_signature(signed: Signed, now: Whole, clock: str) -> ShownSignature:
    """Write one signature, compared with what the same treatment's screening says now."""
    treatment = signed.treatment
    return ShownSignature(
        number=signed.number,
        verdict=signed.screening["verdict"],
        said=signature_in_words(signed, clock),
        treatment=f"{DRUGS[treatment.drug]}, {ROUTES[treatment.route]}",
        signed=signed,
        findings=tuple(_line(finding) for finding in signed.screening["findings"]),
        changed=tuple(differences_in_words(differences(signed.screening, now.kept))),
    )


def _line(finding: Mapping[str, Any]) -> SignedLine:
    titles, answered = packaged_rulebook().titles, finding["answered"]
    answer = ""
    if answered:
        words = {"override": _("Overridden by {who}: {why}"), "clearance": _("Cleared by {who}. {why}")}
        answer = words[answered["way"]].format(who=answered["by"], why=answered["why"]).strip()
    return SignedLine(
        verdict=finding["verdict"],
        title=titles.get(finding["rule"], finding["rule"]),
        reason=finding["reason"],
        answer=answer,
    )
