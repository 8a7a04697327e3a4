"""The minutes of a ladder as a house sets them: the same steps in the same order, each at its own minute.

We found no publication that says after how many minutes the next person is to be called, so the minutes are
declared as unverified and a medical director may set others. Whom a step calls, and by which means, stays as
declared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kap.casework.kind import CaseKind
from kap.casework.safety import CRISIS, CRISIS_DRILL, SAFETY_KINDS
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap.vocabulary.spans import Span

_FIRST_AT_ONCE = sentence("The first call goes out at once: its minute is 0.")
_CLIMBS = sentence("Each step comes later than the one before. Check the minutes.")

SETTABLE = tuple(kind for kind in SAFETY_KINDS if len(kind.calls) > 1 and not kind.is_drill)


def sets_pace_of(kind: CaseKind) -> CaseKind:
    """The kind whose minutes this kind is called by: a drill climbs like what it practices."""
    return CRISIS if kind is CRISIS_DRILL else kind


def minutes_of(kind: CaseKind) -> tuple[int, ...]:
    """After how many minutes each step of a kind is called."""
    return tuple(int(call.after.in_unit("min")) for call in kind.calls)


def with_minutes(kind: CaseKind, minutes: Sequence[int]) -> CaseKind:
    """The kind with its steps called after these minutes.

    Raises: Refused when a step is missing, the first one waits, a step comes no later than the one before, or
    only once the case is late.
    """
    if len(minutes) != len(kind.calls):
        raise Refused(
            sentence("This ladder has {steps} steps. Give a minute for each.", steps=len(kind.calls))
        )
    if minutes[0] != 0:
        raise Refused(_FIRST_AT_ONCE)
    if any(later <= earlier for earlier, later in pairwise(minutes)):
        raise Refused(_CLIMBS)
    if kind.lasts is not None and Span.minutes(minutes[-1]).on_the_clock() > kind.lasts.on_the_clock():
        last = int(kind.lasts.in_unit("min"))
        raise Refused(
            sentence("The last step comes at minute {last} or before: then the case is late.", last=last)
        )
    calls = tuple(
        replace(call, after=Span.minutes(minute)) for call, minute in zip(kind.calls, minutes, strict=True)
    )
    return replace(kind, calls=calls)
