"""How many doses come together within days, and when that waits for the medical director."""

from __future__ import annotations

from collections.abc import Iterable

from kap.dosing.answers import held, proceed
from kap.dosing.limits import FrequencyLimits
from kap.vocabulary.decimals import plain
from kap.vocabulary.findings import Finding
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence

RULE = "dose-frequency"

_FEWER = sentence("A later day, or the medical director's word.")
_MORE = sentence("More doses within these days.")


def dose_frequency(doses_at: Iterable[Instant], at: Instant, limits: FrequencyLimits) -> Finding:
    """Holds a dose that would be one too many within the days before it, the dose itself counted.

    A dose given exactly so long ago no longer counts; one that lies ahead is not counted.
    """
    since = at.minus(limits.within.at)
    count = 1 + sum(since < one < at for one in doses_at)
    said = {"count": count, "span": limits.within.at, "usual": plain(limits.doses.at)}
    if count > limits.doses.at:
        reason = sentence("This would be dose {count} within {span}; {usual} are usual.", **said)
        return held(RULE, reason, limits.doses.source, _FEWER)
    reason = sentence("This is dose {count} within {span}; {usual} are usual.", **said)
    return proceed(RULE, reason, limits.doses.source, _MORE)
