"""Pregnancy: no dose on a day the person is, or may be, pregnant; asked of everyone, inferred from nothing.

Counts: pregnancy tests, entries of a present pregnancy, and the answer to "can you become pregnant?".
Recorded sex or gender is never looked at. An entry of a birth or of the time after it is no pregnancy. A
test younger than the limit speaks for itself; the newest test counts, and of one day's tests the stricter.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kap.screening.answers import Answers
from kap.screening.known import Known, not_recorded
from kap.screening.limits import Ground, Limit, Limits
from kap.screening.rule import Rule
from kap.vocabulary.bounds import Bound
from kap.vocabulary.facts import Course, Fact
from kap.vocabulary.findings import Finding
from kap.vocabulary.sentences import sentence

_SAYS = Answers("pregnancy")
_PREGNANT = ("pregnancy",)
_TEST, _CAN = "lab:hcg", "can-become-pregnant"

_POSITIVE = sentence("The newest pregnancy test is positive.")
_RECORDED = sentence("A pregnancy is recorded as present.")
_DISAGREE = sentence("A pregnancy is recorded as present, and a later test is negative.")
_DOUBTED = sentence("A pregnancy is recorded and not confirmed.")
_NEGATIVE = sentence("The newest pregnancy test is negative; it is repeated on the day before each course.")
_CANNOT = sentence("The person says they cannot become pregnant.")
_NO_TEST = sentence("The person can become pregnant, and no pregnancy test says clearly that they are not.")
_OLD_TEST = sentence("The person can become pregnant, and the newest pregnancy test is too old.")
_UNASKED = sentence(
    "Nobody has recently asked whether the person can become pregnant, and no fresh test is known."
)
_TEST_AGAIN = sentence("A new pregnancy test.")
_END_ENTRY = sentence("The entry is ended or confirmed by somebody who knows, or a later test is positive.")
_ASK = sentence("The answer to “can you become pregnant?”, or a new pregnancy test.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PregnancyLimits(Limits):
    """What stops, how long a test and an answer count, and what an hCG concentration says."""

    pregnant: Ground
    test_counts: Limit
    a_no_counts: Limit
    hcg_positive: Limit
    hcg_negative_below: Limit


def pregnancy(known: Known, limits: PregnancyLimits) -> Finding:
    """Stops for the day on a positive test or a present pregnancy; unknown is never taken for no."""
    tests = known.measured(_TEST)
    said = _says(tests, limits)
    if said == "positive":
        return _SAYS.stop_today(_POSITIVE, tests, limits.pregnant.source, _TEST_AGAIN, is_remeasured=True)
    is_clear = said == "negative" and known.is_fresh(tests[0], limits.test_counts)
    if entries := known.recorded(_PREGNANT, Course.ACTIVE):
        if is_clear and _is_later(tests, entries):
            return _SAYS.unknown(_DISAGREE, [*entries, *tests], limits.unanswered.source, _END_ENTRY)
        return _SAYS.stop_today(_RECORDED, entries, limits.pregnant.source, _TEST_AGAIN, is_remeasured=True)
    doubts = known.doubted(_PREGNANT, Course.ACTIVE)
    if doubts and not (is_clear and _is_later(tests, doubts)):
        return _SAYS.unknown(_DOUBTED, doubts, limits.unanswered.source, _TEST_AGAIN, is_remeasured=True)
    if is_clear:
        return _SAYS.proceed(_NEGATIVE, tests, limits.test_counts.source, _TEST_AGAIN)
    return _without_a_test(known, limits, tests, said)


def _without_a_test(known: Known, limits: PregnancyLimits, tests: list[Fact], said: str | None) -> Finding:
    answers = [
        answer
        for answer in known.measured(_CAN)
        if answer.is_known and known.is_fresh(answer, limits.a_no_counts)
    ]
    if not answers:
        asked = [*(known.measured(_CAN) or [not_recorded(_CAN)]), *tests]
        return _SAYS.unknown(_UNASKED, asked, limits.unanswered.source, _ASK)
    # Of two answers given on one day the stricter counts.
    if not any(answer.value for answer in answers):
        return _SAYS.proceed(_CANNOT, answers, limits.a_no_counts.source, _ASK)
    reason = _OLD_TEST if said == "negative" else _NO_TEST
    shown = [*answers, *(tests or [not_recorded(_TEST)])]
    return _SAYS.unknown(reason, shown, limits.test_counts.source, _TEST_AGAIN, is_remeasured=True)


def _says(tests: list[Fact], limits: PregnancyLimits) -> str | None:
    """What the tests of one day say together; the stricter of two counts."""
    words = {_word_of(test, limits) for test in tests}
    return next((word for word in ("positive", "unclear", "negative") if word in words), None)


def _word_of(test: Fact, limits: PregnancyLimits) -> str:
    if not test.is_known:
        return "unclear"
    if isinstance(test.value, Bound):
        return _word_of_bound(test.value, limits)
    if isinstance(test.value, int | Decimal):
        if test.value >= limits.hcg_positive.value:
            return "positive"
        return "negative" if test.value < limits.hcg_negative_below.value else "unclear"
    return "unclear" if test.value not in ("positive", "negative") else str(test.value)


def _word_of_bound(bound: Bound, limits: PregnancyLimits) -> str:
    if bound.is_surely_below(limits.hcg_negative_below.value):
        return "negative"
    return "positive" if bound.is_surely_above(limits.hcg_positive.value) else "unclear"


def _is_later(tests: list[Fact], entries: list[Fact]) -> bool:
    taken = tests[0].day
    return all(entry.day is not None and taken is not None and entry.day < taken for entry in entries)


RULE = Rule("pregnancy", PregnancyLimits, pregnancy)
