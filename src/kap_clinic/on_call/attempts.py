"""The calls made about a case, and what became of every message; run inside ``acting()``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kap.casework.calls import Called, Means
from kap.casework.reaching import Became, Outgoing, in_vain_since
from kap.vocabulary.moments import Instant
from kap_clinic.database.door import Acting

from .models import CallMade, Message


@dataclass(frozen=True, kw_only=True)
class MessageLine:
    """One message of a call: to whom, by which means, and what came of it.

    Missing: ``became`` and ``became_at`` are None as long as the gateway said nothing of it.
    """

    name: str
    means: Means
    state: str
    tries: int
    sent_at: datetime | None
    because: str
    became: Became | None
    became_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CallLine:
    """One call about a case: who was meant, when it was due and made, and its messages."""

    who: Called
    due_at: datetime
    made_at: datetime
    messages: tuple[MessageLine, ...]


def case_of(act: Acting, message: UUID) -> UUID | None:
    """Return the case a message called about; None for any other id."""
    rows = Message.objects.filter(id=message, organization_id=act.organization, call__isnull=False)
    return rows.values_list("call__case_id", flat=True).first()


def calls_about(act: Acting, case: UUID) -> list[CallLine]:
    """Return the calls made about a case, the first first."""
    rows = CallMade.objects.filter(organization_id=act.organization, case_id=case).order_by("made_at", "id")
    sent = Message.objects.filter(organization_id=act.organization, call__case_id=case)
    by_call: dict[UUID | None, list[MessageLine]] = {}
    for row in sent.select_related("member").order_by("made_at", "id"):
        by_call.setdefault(row.call_id, []).append(_line(row))
    return [
        CallLine(
            who=Called(row.who), due_at=row.due_at, made_at=row.made_at,
            messages=tuple(by_call.get(row.id, [])),
        )
        for row in rows
    ]  # fmt: skip


def in_vain(act: Acting, cases: Iterable[UUID]) -> dict[UUID, dict[str, Instant]]:
    """Return the steps of these cases that are known to have reached nobody, and since when."""
    rows = Message.objects.filter(organization_id=act.organization, call__case_id__in=list(cases))
    steps: dict[tuple[UUID, str], list[Outgoing]] = {}
    for case, key, member, means, became, at in rows.values_list(
        "call__case_id", "call__key", "member_id", "means", "became", "became_at"
    ):
        told = Outgoing(str(member), Means(means), _became(became), Instant(at) if at else None)
        steps.setdefault((case, key), []).append(told)
    found: dict[UUID, dict[str, Instant]] = {}
    for (case, key), step in steps.items():
        since = in_vain_since(step)
        if since is not None:
            found.setdefault(case, {})[key] = since
    return found


def _line(row: Message) -> MessageLine:
    return MessageLine(
        name=row.member.name, means=Means(row.means), state=row.state, tries=row.tries, sent_at=row.sent_at,
        because=row.because, became=_became(row.became), became_at=row.became_at,
    )  # fmt: skip


def _became(told: str) -> Became | None:
    return Became(told) if told else None
