"""What became of a message on its way to somebody, and since when it is known that a step reached nobody.

Being taken by a mail server, or handed to a carrier, is not being read, and a call that was answered may have
been answered by a machine: nothing here ever stops a ladder. What surely failed only hurries it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kap.casework.calls import Means
from kap.vocabulary.moments import Instant


class Became(StrEnum):
    """How far a text message or a call came, as the gateway last told."""

    QUEUED = "queued"
    HANDED_ON = "handed-on"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    RINGING = "ringing"
    ANSWERED = "answered"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    FAILED = "failed"
    CANCELED = "canceled"


IN_VAIN = frozenset({Became.UNDELIVERED, Became.BUSY, Became.NO_ANSWER, Became.FAILED, Became.CANCELED})
FINAL = IN_VAIN | {Became.DELIVERED, Became.ANSWERED}
# What wakes a person says more than what lies in wait for them.
_LOUDEST_FIRST = (Means.VOICE, Means.SMS, Means.EMAIL)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message of a step: to whom, by which means, what became of it and when that was learned.

    Missing: `became` and `at` are None as long as nothing is known.
    """

    to: str
    means: Means
    became: Became | None = None
    at: Instant | None = None


def in_vain_since(step: Iterable[Outgoing]) -> Instant | None:
    """Since when it is known that everybody a step called was called in vain.

    Shape: of several messages to one person the loudest decides: a text that lies on a telephone nobody
    picks up has not woken anybody.
    Missing: None while anybody was, or may have been, reached, and where nobody was called at all.
    """
    loudest: dict[str, Outgoing] = {}
    for one in step:
        known = loudest.setdefault(one.to, one)
        if _LOUDEST_FIRST.index(one.means) < _LOUDEST_FIRST.index(known.means):
            loudest[one.to] = one
    learned = [one.at for one in loudest.values() if one.became in IN_VAIN and one.at is not None]
    return max(learned) if learned and len(learned) == len(loudest) else None
