"""What became of texts and calls: asked of the gateway again and again until it is known for good.

We ask, and are not told: a webhook would need an address that strangers reach, and a message of theirs that
we believe. Nothing is remembered between two rounds but what was learned, so a restart only asks once more.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from kap.casework.calls import Means
from kap.casework.reaching import FINAL, Became
from kap.vocabulary.errors import KapError
from kap_clinic.audit.reading import organizations
from kap_clinic.database.announce import announce
from kap_clinic.database.door import acting

from .channels import Channel, Channels
from .letters import NotSentError
from .models import Message
from .sending import AT_ONCE, ON_CALL, SENT
from .sparing import Spared

# A carrier that has said nothing for so long will not; until then the ladder has long climbed by its minutes.
FOLLOWED_FOR = timedelta(minutes=15)
_TOLD_OF = (Means.SMS, Means.VOICE)


@dataclass(frozen=True)
class Followed:
    """A message that went out, and what was last known of it."""

    id: UUID
    channel: Channel
    reference: str
    known: Became | None


@dataclass(frozen=True)
class Told:
    """What the gateway said of a message, or why it did not."""

    became: Became | None = None
    because: str = ""


def follow(channels: Channels, at: datetime | None = None, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Ask what became of everything on its way in every organization; return how much was learned.

    Raises: KapError in the end, where the gateway answered nothing at all or an organization had to be left.
    """
    learned, answers, spared = 0, list[Told](), Spared()
    for organization in organizations():
        with spared.going_on(organization):
            now = at or timezone.now()
            followed = _followed(organization, channels, now)
            while followed and goes_on():
                batch, followed = followed[:AT_ONCE], followed[AT_ONCE:]
                with ThreadPoolExecutor(max_workers=len(batch)) as lines:
                    told = list(lines.map(_ask, batch))
                answers += told
                learned += sum(_learn(organization, *one, now) for one in zip(batch, told, strict=True))
    spared.tell()
    if answers and all(one.because for one in answers):
        raise KapError(f"Nobody says what became of texts and calls: {answers[0].because}.")
    return learned


def _followed(organization: UUID, channels: Channels, at: datetime) -> list[Followed]:
    with acting(organization, ON_CALL, "on_call.look") as act:
        rows = Message.objects.filter(
            organization_id=act.organization, state=SENT, is_real=True, sent_at__gt=at - FOLLOWED_FOR,
            means__in=[means.value for means in _TOLD_OF if means in channels],
        ).exclude(became__in=[one.value for one in FINAL])  # fmt: skip
        return [
            Followed(
                row.id, channels[Means(row.means)], row.reference, Became(row.became) if row.became else None
            )
            for row in rows.order_by("sent_at", "id")
        ]


def _ask(one: Followed) -> Told:
    """Ask what became of one message; touches no database."""
    try:
        return Told(one.channel.became(one.reference))
    except NotSentError as failed:
        return Told(because=failed.because)
    except Exception as failed:
        return Told(because=f"it could not be asked ({type(failed).__name__})")


def _learn(organization: UUID, one: Followed, told: Told, at: datetime) -> bool:
    if told.became is None or told.became is one.known:
        return False
    with acting(organization, ON_CALL, "on_call.learn_of_message") as act:
        row = Message.objects.select_for_update().get(id=one.id, organization_id=act.organization)
        if row.became in FINAL:
            return False
        act.about(row.id)
        row.became, row.became_at = told.became, at
        row.save(update_fields=["became", "became_at"])
        announce(act, "cases" if row.call_id else "on_call", row.id)
        return True
