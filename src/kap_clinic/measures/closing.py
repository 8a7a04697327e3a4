"""Forms whose time is over are ended: scored with what was answered, or missed where nothing was."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kap_clinic.database.door import acting

from . import store
from .actions import end
from .models import Asked
from .rounds import CLOCK, LOOK

MOST = 500


def close_what_is_over(organization: UUID, at: datetime) -> int:
    """End every form whose time is over, each in a transaction of its own; return how many."""
    with acting(organization, CLOCK, LOOK) as act:
        rows = Asked.objects.filter(ended="", expires_at__lte=at, organization_id=act.organization)
        over = tuple(rows.order_by("expires_at", "id").values_list("id", flat=True)[:MOST])
    for asked in over:
        with acting(organization, CLOCK, "measures.close_form") as act:
            row = store.locked(act, asked)
            if not row.ended:
                end(act, row)
    return len(over)
