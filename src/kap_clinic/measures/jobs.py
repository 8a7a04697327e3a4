"""What is done for forms by the clock: asked, closed when their time is over, and clients told."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.core.mail import EmailMessage
from procrastinate.contrib.django import app

from kap_clinic.organizations.queries import every

from .closing import close_what_is_over
from .reminding import remind
from .rounds import ask_what_is_due


@app.periodic(cron="*/5 * * * *")
@app.task(name="measures.keep_time", queueing_lock="measures.keep_time")
def keep_time(timestamp: int) -> None:
    """Visit every organization: close what is over, ask what is due, remind by day."""
    for organization in every():
        do_what_is_due(organization, datetime.now(UTC))


def do_what_is_due(organization: UUID, at: datetime) -> tuple[int, int, int]:
    """Close, ask and remind for one organization; return how many of each."""
    return (
        close_what_is_over(organization, at),
        ask_what_is_due(organization, at),
        remind(organization, at, EmailMessage.send),
    )
