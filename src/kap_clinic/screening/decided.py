"""Which people a screening was signed for, whatever the treatment; run inside ``acting()``."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kap_clinic.database.door import Acting

from .models import Signature


def decisions_of(act: Acting, persons: Collection[UUID]) -> dict[UUID, str]:
    """Return the decision that was signed last for each of these people, in one query."""
    rows = Signature.objects.filter(person_id__in=persons, organization_id=act.organization)
    return dict(rows.order_by("number").values_list("person_id", "decision"))
