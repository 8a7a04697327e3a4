"""The ladder: calls that are due are claimed in the database, then sent, then their end is recorded.

Nothing here remembers anything: what is due follows from stored cases and the time, what was claimed stands
in the table of calls, and a message whose sender died midway is found by the time its try began. A step is
claimed once for ever; a message that may have gone out already is looked for before it is sent again. Nothing
that is broken, locked or slow in one case or one organization may hold up another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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

from . import attempts, ladder, queries
from .channels import Channels
from .models import CallMade
from .queries import Somebody
from .sending import ON_CALL, add_messages, address_of, send_some, wait_for_no_lock
from .sparing import Spared

LOOK = "on_call.look"
_NAMES = {Means.VOICE: "voice", Means.SMS: "SMS", Means.EMAIL: "e-mail"}
_STEPS = {
    Called.ON_CALL: "who is on call", Called.BACKUP: "the backup", Called.DIRECTOR: "the medical director",
    Called.EVERYBODY: "everybody",
}  # fmt: skip


def climb(channels: Channels, at: datetime | None = None, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Make every call that is due in every organization and send what waits; return how many went out.

    A dozen messages of each organization in turn, so that none waits behind the many of another.
    Raises: KapError in the end, where a case or an organization had to be left for the next round.
    """
    sent, is_more, spared = 0, True, Spared()
    while is_more and goes_on():
        is_more = False
        for organization in organizations():
            now = at or timezone.now()
            with spared.going_on(organization):
                _call(organization, channels, now, spared)
            with spared.going_on(organization):
                seen, went = send_some(organization, channels, now)
                is_more, sent = is_more or bool(seen), sent + went
    spared.tell()
    return sent


def _call(organization: UUID, channels: Channels, at: datetime, spared: Spared) -> None:
    for case, due in _due(organization, at):
        with spared.going_on(case):
            _make(organization, case, due, channels, at)


def _due(organization: UUID, at: datetime) -> list[tuple[UUID, DueCall]]:
    """The calls that are due and not claimed, by rows that nobody locked; each is looked at again."""
    with acting(organization, ON_CALL, LOOK) as act:
        lines = cases.open_safety_cases(act)
        if not lines:
            return []
        ids = [line.id for line in lines]
        claimed = set(CallMade.objects.filter(case_id__in=ids).values_list("case_id", "key"))
        in_vain, signed = attempts.in_vain(act, ids), ladder.signed(act)
    return [
        (line.id, due)
        for line in lines
        for due in what_is_due(ladder.paced(line.state, signed), Instant(at), in_vain.get(line.id, {}))
        if (line.id, due.key) not in claimed
    ]


def _make(organization: UUID, case: UUID, due: DueCall, channels: Channels, at: datetime) -> None:
    with acting(organization, ON_CALL, "on_call.make_call") as act:
        act.about(case)
        wait_for_no_lock()
        state = ladder.paced(crises.stands(act, case), ladder.signed(act))
        still = what_is_due(state, Instant(at), attempts.in_vain(act, [case]).get(case, {}))
        is_still_due = due.key in {one.key for one in still}
        if not is_still_due or CallMade.objects.filter(case_id=case, key=due.key).exists():
            return
        call = CallMade.objects.create(
            id=new_id(), organization_id=act.organization, case_id=case, key=due.key,
            who=due.call.who.value, due_at=due.due_at.at, made_at=at,
        )  # fmt: skip
        reachable = queries.reachable(act, at, cases.site_of(act, case))
        people = who_hears(due.call.who, _by_these_means(reachable, due.call.means, channels))
        reached = add_messages(act, people, due.call.means, channels, at, call=call.id)
        crises.tell(act, case, call.id, _in_words(due, reached), at)


def _by_these_means(
    reachable: Mapping[Called, Sequence[Somebody]], means: Sequence[Means], channels: Channels
) -> dict[Called, list[Somebody]]:
    """Leave out who cannot be reached in any of these ways, so that the next one up is called at once."""

    def has_a_way(one: Somebody) -> bool:
        return any(address_of(one, way) for way in means if way in channels)

    return {who: [one for one in people if has_a_way(one)] for who, people in reachable.items()}


def _in_words(due: DueCall, reached: list[tuple[str, Means]]) -> str:
    step = _STEPS[due.call.who]
    if not reached:
        return f"Nobody could be called as {step}: nobody is there, or no way to reach them is set up."
    by_name: dict[str, list[str]] = {}
    for name, means in reached:
        by_name.setdefault(name, []).append(_NAMES[means])
    people = "; ".join(f"{name} by {', '.join(means)}" for name, means in by_name.items())
    if due.again:
        return f"Nobody has taken it. Calling {step} again, time {due.again + 1}: {people}."
    if due.is_hurried:
        return f"The step before reached nobody. Calling {step} now: {people}."
    return f"Calling {step}: {people}."
