"""The stages every person passes here, from the first call to the last follow-up."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kap_clinic.website.parts import Step

ENQUIRY, REFERRAL, SCREENING, LOST = "enquiry", "referral", "screening", "lost"
PREPARATION = "preparation"
GO_ON = "go-on"

STAGES: Mapping[str, Promise] = {
    REFERRAL: _("referral"),
    SCREENING: _("screening"),
    PREPARATION: _("preparation"),
    "dosing": _("dosing"),
    "integration": _("integration"),
    "discharge": _("discharge"),
    "follow-up": _("follow-up"),
}


def ribbon(stage: str, decision: str = "") -> list[Step]:
    """Return the journey as it stands: what is done, where they are, what lies ahead.

    Once a screening was signed with the decision to go on, screening is done, whoever moves the chart on.
    """
    order = list(STAGES)
    here = order.index(stage) if stage in STAGES else len(order)
    if decision == GO_ON:
        here = max(here, order.index(PREPARATION))
    if stage == LOST:
        here = -1
    return [
        Step(words, is_here=place == here, state=_state(place, here))
        for place, words in enumerate(STAGES.values())
    ]


def _state(place: int, here: int) -> str:
    if place == here:
        return "here"
    return "done" if place < here else "ahead"


def stage_in_words(stage: str) -> str:
    """Name a stage, also those before there is a chart."""
    more = {ENQUIRY: _("enquiry"), LOST: _("lost")}
    return str(STAGES.get(stage) or more.get(stage) or stage)
