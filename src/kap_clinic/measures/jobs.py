"""What is done for forms by the clock: asked, closed when their time is over, and clients told."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

from django.core.mail import EmailMessage
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from kap_clinic.organizations.queries import every

from .closing import close_what_is_over
from .reminding import remind
from .rounds import ask_what_is_due


@app.periodic(cron="*/5 * * * *")
@app.task(name="measures.keep_time", queueing_lock="measures.keep_time")
def keep_time(timestamp: int) -> None:
    """Have every organization visited, each by a job of its own, so that none waits for another."""
    for organization in every():
        # Where the visit before this one still waits, it will do.
        with suppress(AlreadyEnqueued):
            visit.configure(queueing_lock=f"measures {organization}").defer(organization=str(organization))


@app.task(name="measures.visit")
def visit(organization: str) -> None:
    """Close what is over, ask what is due, and remind by day."""
    do_what_is_due(UUID(organization), datetime.now(UTC))


def do_what_is_due(organization: UUID, at: datetime) -> tuple[int, int, int]:
    """Close, ask and remind for one organization; return how many of each."""
    return (
        close_what_is_over(organization, at),
        ask_what_is_due(organization, at),
        remind(organization, at, EmailMessage.send),
    )
