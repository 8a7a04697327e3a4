"""The ladder: calls that are due are claimed in the database, then sent, then their end is recorded.

Nothing here remembers anything: what is due follows from stored cases and the time, what was claimed stands
in the table of calls, and a message whose sender died midway is found by the time its try began. A step is
claimed once for ever; a message that may have gone out already is looked for before it is sent again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from kap.casework.calls import Called, DueCall, Means, what_is_due, who_hears
from kap.vocabulary.moments import Instant
from kap_clinic.audit.reading import organizations
from kap_clinic.cases import crises
from kap_clinic.cases import queries as cases
from kap_clinic.database.door import acting
from kap_clinic.database.identity import new_id

from . import queries
from .channels import Channels
from .models import CallMade
from .sending import ON_CALL, add_messages, send_waiting

LOOK = "on_call.look"
_NAMES = {Means.VOICE: "voice", Means.SMS: "SMS", Means.EMAIL: "e-mail"}
_STEPS = {
    Called.ON_CALL: "who is on call", Called.BACKUP: "the backup", Called.DIRECTOR: "the medical director",
    Called.EVERYBODY: "everybody",
}  # fmt: skip


def climb(channels: Channels, at: datetime | None = None, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Make every call that is due in every organization and send what waits; return how many went out."""
    sent = 0
    for organization in organizations():
        now = at or timezone.now()
        for case, due in _due(organization, now):
            _make(organization, case, due, channels, now)
        sent += send_waiting(organization, channels, now, goes_on)
    return sent


def _due(organization: UUID, at: datetime) -> list[tuple[UUID, DueCall]]:
    """The calls that are due and not claimed, by rows that nobody locked; each is looked at again."""
    with acting(organization, ON_CALL, LOOK) as act:
        lines = cases.open_safety_cases(act)
        claimed = set(
            CallMade.objects.filter(case_id__in=[line.id for line in lines]).values_list("case_id", "key")
        )
    return [
        (line.id, due)
        for line in lines
        for due in what_is_due(line.state, Instant(at))
        if (line.id, due.key) not in claimed
    ]


def _make(organization: UUID, case: UUID, due: DueCall, channels: Channels, at: datetime) -> None:
    with acting(organization, ON_CALL, "on_call.make_call") as act:
        act.about(case)
        state = crises.stands(act, case)
        is_still_due = due.key in {one.key for one in what_is_due(state, Instant(at))}
        if not is_still_due or CallMade.objects.filter(case_id=case, key=due.key).exists():
            return
        call = CallMade.objects.create(
            id=new_id(), organization_id=act.organization, case_id=case, key=due.key,
            who=due.call.who.value, due_at=due.due_at.at, made_at=at,
        )  # fmt: skip
        people = who_hears(due.call.who, queries.reachable(act, at, cases.site_of(act, case)))
        reached = add_messages(act, people, due.call.means, channels, at, call=call.id)
        crises.tell(act, case, call.id, _in_words(due.call.who, reached), at)


def _in_words(who: Called, reached: list[tuple[str, Means]]) -> str:
    if not reached:
        return f"Nobody could be called as {_STEPS[who]}: nobody is there, or no way to reach them is set up."
    by_name: dict[str, list[str]] = {}
    for name, means in reached:
        by_name.setdefault(name, []).append(_NAMES[means])
    people = "; ".join(f"{name} by {', '.join(means)}" for name, means in by_name.items())
    return f"Calling {_STEPS[who]}: {people}."
