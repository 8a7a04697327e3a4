"""Messages on their way: taken for a while by one sender, sent outside any transaction, the end recorded."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from kap.casework.calls import Means, is_of_a_late_case
from kap.casework.kinds import kind_of
from kap.casework.reaching import Became
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.identity import new_id
from kap_clinic.keys.errors import KeyringError, SealError
from kap_clinic.keys.sealing import open_text, seal_text

from .channels import Channel, Channels
from .letters import Letter, NotSentError, Purpose, link_of
from .models import Message
from .queries import Somebody

ON_CALL = Actor.program("on call")
WAITING, SENT, FAILED, NOT_NEEDED = "waiting", "sent", "failed", "not needed"
# Longer than the longest patience with the other side, so that nobody is taken for dead while still asking.
LEASE = timedelta(seconds=60)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=5)
# A test is given up; a call is tried for as long as its case waits for somebody.
MOST_TRIES = 10
LONGEST_LOCK = "3s"
AT_ONCE = 12
TABLE = "on_call_message"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A message this sender has taken; ``is_again`` where nobody saw the end of an earlier try."""

    letter: Letter
    channel: Channel
    tries: int
    is_again: bool


@dataclass(frozen=True, kw_only=True)
class End:
    """What became of a try: the reference out there, or why there is none."""

    reference: str = ""
    because: str = ""
    is_doubtful: bool = False


def add_messages(
    act: Acting, people: Sequence[Somebody], means: Sequence[Means], channels: Channels, at: datetime,
    *, call: UUID | None = None, test: UUID | None = None,
) -> list[tuple[str, Means]]:  # fmt: skip
    """Put messages into the post, one for each person and way out; return whom they reach, and how."""
    reached = []
    for one in people:
        for way in means:
            to = address_of(one, way)
            if way not in channels or not to:
                continue
            id = new_id()
            Message.objects.create(
                id=id, organization_id=act.organization, call_id=call, test_id=test, member_id=one.member,
                means=way.value, made_at=at, next_at=at,
                address_sealed=seal_text(act, to, table=TABLE, column="address_sealed", row=id),
            )  # fmt: skip
            reached.append((one.name, way))
    return reached


def address_of(one: Somebody, means: Means) -> str:
    """Return where somebody is reached in this way; empty where they cannot be."""
    return one.contact.email if means is Means.EMAIL else one.contact.phone


def send_some(organization: UUID, channels: Channels, at: datetime) -> tuple[int, int]:
    """Send a dozen of what waits, all at once; return how many were seen to, and how many went out."""
    if not _is_waiting(organization, at):
        return 0, 0
    with acting(organization, ON_CALL, "on_call.take_messages") as act:
        # What another sender holds at this moment is being seen to.
        rows = _waiting(act, at).select_related("call__case", "test")
        rows = rows.select_for_update(of=("self",), skip_locked=True)
        seen = [_taken(act, row, channels, at) for row in rows[:AT_ONCE]]
    taken = [one for one in seen if one is not None]
    if not taken:
        return len(seen), 0
    with ThreadPoolExecutor(max_workers=len(taken)) as post:
        ends = list(post.map(_try, taken))
    return len(seen), sum(_record(organization, one, end, at) for one, end in zip(taken, ends, strict=True))


def wait_for_no_lock() -> None:
    """Give up soon, in this transaction, on a row somebody else holds: others wait to be called about."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_LOCK])


def _is_waiting(organization: UUID, at: datetime) -> bool:
    with acting(organization, ON_CALL, "on_call.look") as act:
        return bool(_waiting(act, at).exists())


def _waiting(act: Acting, at: datetime) -> QuerySet[Message]:
    rows = Message.objects.filter(organization_id=act.organization, state=WAITING, next_at__lte=at)
    return rows.order_by("next_at", "id")


def _taken(act: Acting, row: Message, channels: Channels, at: datetime) -> Taken | None:
    means = Means(row.means)
    row.state = WAITING if _is_needed(row) else NOT_NEEDED
    if row.state == WAITING and means not in channels:
        row.state, row.because = FAILED, "this way out is not set up"
        row.became, row.became_at = Became.FAILED, at
    if row.state != WAITING:
        row.save()
        return None
    purpose, is_again = _purpose(row), row.trying_at is not None
    row.trying_at, row.next_at, row.tries = row.trying_at or at, at + LEASE, row.tries + 1
    try:
        to = open_text(act, row.address_sealed, table=TABLE, column="address_sealed", row=row.id)
    except (KeyringError, SealError):
        # Nothing was tried: once the key is back it goes out.
        row.trying_at, row.next_at, row.because = None, at + FIRST_WAIT, "the address cannot be opened"
        row.save()
        return None
    row.save()
    letter = Letter(id=row.id, means=means, to=to, purpose=purpose, link=link_of(row.id, purpose))
    return Taken(letter=letter, channel=channels[means], tries=row.tries, is_again=is_again)


def _is_needed(row: Message) -> bool:
    """Whether anybody still waits for it: not once the case was taken or closed, or the test has ended."""
    if row.test is not None:
        return row.test.received_at is None and row.test.failed_at is None
    if row.call is None or row.call.case.closed_at is not None:
        return False
    return row.call.case.taken_at is None or is_of_a_late_case(row.call.key)


def _purpose(row: Message) -> Purpose:
    if row.call is None:
        return Purpose.TEST
    return Purpose.DRILL if kind_of(row.call.case.kind).is_drill else Purpose.CALL


def _try(taken: Taken) -> End:
    """Send one letter, after looking whether an earlier try of it went out; touches no database."""
    try:
        found = taken.channel.find(taken.letter) if taken.is_again else ""
        return End(reference=found or taken.channel.send(taken.letter))
    except NotSentError as failed:
        return End(because=failed.because, is_doubtful=failed.is_doubtful)
    except Exception as failed:
        # A letter that cannot even be written must not take eleven others down with it.
        return End(because=f"it could not be sent ({type(failed).__name__})", is_doubtful=True)


def _record(organization: UUID, taken: Taken, end: End, at: datetime) -> bool:
    with acting(organization, ON_CALL, "on_call.record_message") as act:
        row = Message.objects.select_for_update().get(id=taken.letter.id, organization_id=act.organization)
        act.about(row.id)
        row.reference, row.because = end.reference[:64], end.because[:160]
        if end.reference:
            row.state, row.sent_at, row.is_real = SENT, at, taken.channel.is_real
        elif taken.tries >= MOST_TRIES and row.test_id is not None:
            row.state = FAILED
        else:
            row.next_at = at + min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(taken.tries - 1, 8))
            # A try that surely failed leaves nothing to look for.
            row.trying_at = row.trying_at if end.is_doubtful else None
        row.save()
        return bool(end.reference)
