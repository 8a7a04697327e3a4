"""How a plan and what was signed are read by another organization: in words, with nothing to press."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kap.vocabulary.findings import Verdict
from kap.vocabulary.moments import Instant
from kap_clinic.accounts.shown import moment_of
from kap_clinic.plans.history import history_of
from kap_clinic.plans.queries import PlanFile
from kap_clinic.plans.shown import days_of
from kap_clinic.screening.actions import GO_ON
from kap_clinic.screening.decided import SharedDecision
from kap_clinic.screening.forms import DECISIONS, DRUGS, ROUTES


def decision_in_words(one: SharedDecision, clock: str) -> dict[str, str]:
    """Say what was signed for which treatment, on which verdict, when and by whom."""
    words = _("{decision}. Signed by {who}, {when}.")
    if one.verdict is Verdict.UNKNOWN and one.decision == GO_ON:
        words = _("{decision}. Signed by {who}, {when}, who assessed what the software does not screen.")
    who, when = one.signed_by or _("a program"), moment_of(one.signed_at, clock)
    return {
        "verdict": one.verdict.value,
        "treatment": f"{DRUGS[one.drug]}, {ROUTES[one.route]}",
        "words": words.format(decision=DECISIONS[one.decision], who=who, when=when),
    }


def plan_to_read(plan: PlanFile | None, at: Instant) -> dict[str, Any]:
    """Show a plan day by day by the clock of its place, and what was done to it.

    Missing: nothing where there is no plan, or none the reader may see.
    """
    if plan is None:
        return {}
    return {
        "plan": plan,
        "protocol": plan.course.plan.protocol,
        "days": days_of(None, plan, at),
        "history": history_of(plan),
    }
