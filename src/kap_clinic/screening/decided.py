"""What was signed for people, and what of it goes with a shared chart; run inside ``acting()``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kap.vocabulary.findings import Verdict
from kap.vocabulary.routes import Drug, Route
from kap_clinic.database.door import Acting

from .models import Signature, SignedDecision


@dataclass(frozen=True, kw_only=True)
class SharedDecision:
    """One signed decision as another organization reads it: for what, which verdict, when and by whom."""

    drug: Drug
    route: Route
    decision: str
    verdict: Verdict
    signed_at: datetime
    signed_by: str


def shared_decisions(giver: UUID, person: UUID) -> list[SharedDecision]:
    """Return what was signed for a chart another organization shares, the newest first."""
    rows = SignedDecision.objects.filter(person_id=person, organization_id=giver)
    return [
        SharedDecision(
            drug=Drug(row.drug), route=Route(row.route), decision=row.decision, verdict=Verdict(row.verdict),
            signed_at=row.signed_at, signed_by=row.signed_by,
        )
        for row in rows.order_by("-signed_at", "-id")
    ]  # fmt: skip


def decisions_of(act: Acting, persons: Collection[UUID]) -> dict[UUID, str]:
    """Return the decision that was signed last for each of these people, in one query."""
    rows = Signature.objects.filter(person_id__in=persons, organization_id=act.organization)
    return dict(rows.order_by("number").values_list("person_id", "decision"))
