"""The duties that really stand, as the roster's questions begin: each with the moment it really ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce, Least

from kap_clinic.database.door import Acting

from .models import Duty


def standing(act: Acting) -> Any:
    """Return the duties of people who still work here, but those taken back before they began."""
    rows = Duty.objects.filter(organization_id=act.organization, member__left_at__isnull=True)
    rows = rows.select_related("member", "site", "after__member")
    rows = rows.annotate(until=Least("ends_at", Coalesce("ended_at", F("ends_at"))))
    return rows.filter(until__gt=F("starts_at"))


def standing_in(act: Acting, since: datetime, until: datetime) -> Any:
    """Return the duties that fall into a stretch of time."""
    return standing(act).filter(starts_at__lt=until, until__gt=since)


def standing_at(act: Acting, at: datetime) -> Any:
    """Return the duties that go on at a moment."""
    return standing(act).filter(starts_at__lte=at, until__gt=at)
