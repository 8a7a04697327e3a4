"""The risk of suicide: the C-SSRS decides; what else speaks of suicide asks for one at this contact.

Counts: the newest C-SSRS of either form for thoughts; for behavior the screener, which asks about a lifetime,
and whatever a form since the last contact told after it. Such a form cannot end what a screener told: what
was done within 3 months stays high until another screener, what was done longer ago stays moderate. A yes
counts at its level however little else is answered; a missing answer is not a no. A positive safety item of
another form (PHQ-9 item 9, MADRS 10, QIDS 12, HAM-D 3, the ASQ), a recorded suicidal thought or intent, and
an attempt in the records are answered by a later C-SSRS and by nothing milder.

An item 9 of zero clears nobody by itself: it asks about thoughts of two weeks, and not about what was done.
Without a C-SSRS the answer is unknown. The total of a form and a relative's attempt do not count. Esketamine
for acute suicidality is a protocol of its own, which this rule does not screen for.
"""

from __future__ import annotations

from dataclasses import dataclass

from kap.screening.answers import ANOTHER_READING, PSYCHIATRY, Answers
from kap.screening.columbia import HIGH, LOW, MODERATE, NONE, Heard, behavior, is_surely_after, standing
from kap.screening.filled_forms import BEHAVIOR, SUICIDE_ITEM, THOUGHTS
from kap.screening.known import Known, not_recorded
from kap.screening.limits import Ground, Limit, Limits
from kap.screening.rule import Found, Rule
from kap.vocabulary.facts import Course, Fact
from kap.vocabulary.findings import Finding
from kap.vocabulary.sentences import Sentence, sentence

_SAYS = Answers("suicide-risk")
_ASKS = tuple(f"{SUICIDE_ITEM}:{level}" for level in ("screen", "low", "moderate", "urgent"))
_HIGH_ITEM = (f"{SUICIDE_ITEM}:high",)
_THOUGHTS, _INTENT = ("suicidal-thoughts",), ("suicidal-intent",)

_IS_HIGH = sentence(
    "High risk of suicide: no dose that day, and none in a retreat. Never left alone; see them now."
)
_IS_MODERATE = sentence("Moderate risk of suicide: assessed the same day, with a safety plan.")
_IS_LOW = sentence("Low risk of suicide: a clinician writes a note on it.")
_IS_NONE = sentence("The C-SSRS has no yes, and nothing told since speaks of suicide.")
_ITEM = sentence("An answer or an entry speaks of suicide: the C-SSRS is asked at this contact.")
_DOUBTED = sentence("An entry that speaks of suicide is not confirmed: the C-SSRS is asked at this contact.")
_UNASKED = sentence("No C-SSRS has been asked recently. Nothing else says that there is no risk.")
_UNFINISHED = sentence("The C-SSRS was not answered to its end: a missing answer is not a no.")
_NEVER_ASKED = sentence(
    "No screener has asked recently what was ever done; the C-SSRS since the last contact does not say."
)
_ASK = sentence("The C-SSRS, every question.")
_ASK_AGAIN = sentence(
    "A calmer C-SSRS later; after suicidal behavior, a screener and not the since-last form."
)
_ASSESS = sentence(
    "Psychiatry's clearance after a same-day assessment and a safety plan, or a calmer C-SSRS."
)
_ANY_YES = sentence("Any yes of a C-SSRS, or a positive safety item.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SuicideRiskLimits(Limits):
    """What each level means, how long answers count, and until when behavior is recent."""

    high: Ground
    moderate: Ground
    low: Ground
    positive_item: Ground
    answers_count: Limit
    a_never_counts: Limit
    behavior_is_recent: Limit


def suicide_risk(known: Known, limits: SuicideRiskLimits) -> Found:
    """Stops for the day at high, holds at moderate, cautions at low; without a whole C-SSRS it is unknown.

    A clearance answers what is moderate, and nothing told since or not yet asked: each has its own finding.
    """
    asked = standing(_recent(known, limits, THOUGHTS))
    parts = [*asked, *behavior(known, limits.behavior_is_recent)]
    if high := [*_at(HIGH, parts), *_not_ended(_sure(known, limits, _HIGH_ITEM), asked)]:
        return _SAYS.stop_today(_IS_HIGH, high, limits.high.source, _ASK_AGAIN, is_remeasured=True)
    found = []
    if moderate := [*_at(MODERATE, parts), *_unanswered(known.recorded(_INTENT, Course.ACTIVE), asked)]:
        found.append(_SAYS.hold(PSYCHIATRY, _IS_MODERATE, moderate, limits.moderate.source, _ASSESS))
    told = [*_sure(known, limits, _ASKS), *known.recorded(_THOUGHTS, Course.ACTIVE)]
    if waiting := _unanswered(told, asked):
        found.append(_SAYS.hold(ANOTHER_READING, _ITEM, waiting, limits.positive_item.source, _ASK))
    elif missing := _missing(known, limits, asked, parts):
        found.append(missing)
    if low := _at(LOW, parts):
        found.append(_SAYS.caution(_IS_LOW, low, limits.low.source, _ANY_YES))
    facts = [one.fact for one in parts]
    return tuple(found) or _SAYS.proceed(_IS_NONE, facts, limits.answers_count.source, _ANY_YES)


def _missing(
    known: Known, limits: SuicideRiskLimits, asked: list[Heard], parts: list[Heard]
) -> Finding | None:
    """What still has to be asked before anybody can say that there is no risk."""
    if not asked:
        # Shown is the C-SSRS that has grown old, and the item of zero that by itself clears nobody.
        shown = known.measured(THOUGHTS) or [not_recorded(THOUGHTS)]
        shown = [*shown, *_recent(known, limits, f"{SUICIDE_ITEM}:{NONE}")]
        return _unknown(_UNASKED, shown, limits.answers_count)
    if unfinished := [one.fact for one in parts if not one.is_whole]:
        return _unknown(_UNFINISHED, unfinished, limits.unanswered)
    screener = [one.fact for one in parts if one.fact.what == BEHAVIOR]
    if not any(known.is_fresh(fact, limits.a_never_counts) for fact in screener):
        return _unknown(_NEVER_ASKED, screener or [not_recorded(BEHAVIOR)], limits.a_never_counts)
    doubts = [fact for fact in _recent(known, limits, *_ASKS, *_HIGH_ITEM) if not fact.is_known]
    doubts += known.doubted((*_THOUGHTS, *_INTENT), Course.ACTIVE)
    if doubted := _unanswered(doubts, asked):
        return _unknown(_DOUBTED, doubted, limits.unanswered)
    return None


def _unknown(reason: Sentence, facts: list[Fact], ground: Limit | Ground) -> Finding:
    return _SAYS.unknown(reason, facts, ground.source, _ASK, is_remeasured=True)


def _at(level: str, parts: list[Heard]) -> list[Fact]:
    return [one.fact for one in parts if one.level == level]


def _not_ended(told: list[Fact], asked: list[Heard]) -> list[Fact]:
    """What no whole C-SSRS was surely asked after."""
    whole = [one.fact for one in asked if one.is_whole]
    return [fact for fact in told if not any(is_surely_after(answer, fact) for answer in whole)]


def _unanswered(told: list[Fact], asked: list[Heard]) -> list[Fact]:
    """What was surely told after every whole C-SSRS; one of the same contact answers it."""
    whole = [one.fact for one in asked if one.is_whole]
    return [fact for fact in told if all(is_surely_after(fact, answer) for answer in whole)]


def _sure(known: Known, limits: SuicideRiskLimits, concepts: tuple[str, ...]) -> list[Fact]:
    return [fact for fact in _recent(known, limits, *concepts) if fact.is_known]


def _recent(known: Known, limits: SuicideRiskLimits, *concepts: str) -> list[Fact]:
    return [fact for fact in known.of(*concepts) if known.is_fresh(fact, limits.answers_count)]


RULE = Rule("suicide-risk", SuicideRiskLimits, suicide_risk)
