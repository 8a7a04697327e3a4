"""Somebody afterwards: an escort home, or a named person who stays overnight on site.

Counts: the newest answers about an escort and about an overnight observer. Either one is enough. An overnight
observer counts once somebody has named them. Where both were answered with no, there is no dose that day.
"""

from __future__ import annotations

from dataclasses import dataclass

from kap.screening.answers import Answers
from kap.screening.known import Known, not_recorded
from kap.screening.limits import Ground, Limit, Limits
from kap.screening.rule import Rule
from kap.vocabulary.facts import Fact
from kap.vocabulary.findings import Finding
from kap.vocabulary.sentences import sentence

_SAYS = Answers("companion")
_ESCORT, _OBSERVER = "escort", "overnight-observer"

_NOBODY = sentence("There is neither an escort nor an overnight observer.")
_ESCORTED = sentence("An escort is arranged.")
_OBSERVED = sentence("A named person stays overnight on site.")
_UNNAMED = sentence("Somebody is to stay overnight, and nobody has said who.")
_UNASKED = sentence("Nobody has recently recorded who is with the person afterwards.")
_TELL = sentence("An escort, or the name of the person who stays overnight on site.")
_CANCELED = sentence("The escort or the overnight observer can no longer come.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanionLimits(Limits):
    """What is needed, and for how long the answers count."""

    needed: Ground
    answers_count: Limit


def companion(known: Known, limits: CompanionLimits) -> Finding:
    """Stops for the day where nobody is with the person, and asks where nobody has said."""
    escort, observer = (_fresh(known, what, limits) for what in (_ESCORT, _OBSERVER))
    needed = limits.needed.source
    if _says_yes(escort):
        return _SAYS.proceed(_ESCORTED, escort, needed, _CANCELED)
    if _says_yes(observer):
        if any(isinstance(answer.value, str) for answer in observer):
            return _SAYS.proceed(_OBSERVED, observer, needed, _CANCELED)
        return _SAYS.unknown(_UNNAMED, observer, limits.unanswered.source, _TELL)
    if escort and observer:
        return _SAYS.stop_today(_NOBODY, [*escort, *observer], needed, _TELL, is_remeasured=False)
    shown = [*(escort or [not_recorded(_ESCORT)]), *(observer or [not_recorded(_OBSERVER)])]
    return _SAYS.unknown(_UNASKED, shown, limits.answers_count.source, _TELL)


def _fresh(known: Known, what: str, limits: CompanionLimits) -> list[Fact]:
    answers = known.measured(what)
    return [answer for answer in answers if answer.is_known and known.is_fresh(answer, limits.answers_count)]


def _says_yes(answers: list[Fact]) -> bool:
    # Of two answers given on one day the stricter counts.
    return bool(answers) and all(answer.value for answer in answers)


RULE = Rule("companion", CompanionLimits, companion)
