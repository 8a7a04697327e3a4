"""Mania: excluded while a manic, hypomanic or mixed episode is present.

Counts: entries that say the episode is present. One that is over, a bipolar disorder in remission or whose
most recent episode was depressed, and a relative's entry do not count; they do not say either that all is
quiet now.
"""

from __future__ import annotations

from dataclasses import dataclass

from kap.screening.answers import IF_ASKED, IF_RECORDED, IF_SETTLED, Answers
from kap.screening.exclusion import unanswered
from kap.screening.known import Known
from kap.screening.limits import Ground, Limit, Limits
from kap.screening.rule import Rule
from kap.vocabulary.facts import Course
from kap.vocabulary.findings import Finding
from kap.vocabulary.sentences import sentence

_SAYS = Answers("mania")
_MANIA = ("mania",)

_NOW = sentence("A manic, hypomanic or mixed episode is recorded as present.")
_DOUBTED = sentence("A manic, hypomanic or mixed episode is recorded and not confirmed.")
_UNASKED = sentence("Nobody has recently recorded whether a manic, hypomanic or mixed episode is present.")
_DENIED = sentence("The person has no signs of a manic, hypomanic or mixed episode, they say.")
_OVER = sentence("The episode is over and recorded so.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ManiaLimits(Limits):
    """What excludes, and for how long a no to the question counts."""

    current: Ground
    a_no_counts: Limit


def mania(known: Known, limits: ManiaLimits) -> Finding:
    """Stops while an episode is present."""
    if found := known.recorded(_MANIA, Course.ACTIVE):
        return _SAYS.stop(_NOW, found, limits.current.source, _OVER)
    if doubts := known.doubted(_MANIA, Course.ACTIVE):
        return _SAYS.unknown(_DOUBTED, doubts, limits.unanswered.source, IF_SETTLED)
    if denials := known.said_no(_MANIA, limits.a_no_counts):
        return _SAYS.proceed(_DENIED, denials, limits.a_no_counts.source, IF_RECORDED)
    return _SAYS.unknown(_UNASKED, unanswered(known, _MANIA), limits.a_no_counts.source, IF_ASKED)


RULE = Rule("mania", ManiaLimits, mania)
