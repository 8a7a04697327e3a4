"""The checklist before a dose: its items, the answers each takes, and what an answer says as a fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kap.monitoring.session import Answer
from kap.vocabulary.errors import InputError
from kap.vocabulary.facts import Fact, FactValue
from kap.vocabulary.findings import Verdict
from kap.vocabulary.moments import Instant

IDENTITY, CONSENT, COMPANION, PREGNANCY = "identity", "consent", "companion", "pregnancy"
SUICIDE_RISK, EQUIPMENT, ATE_AT, DRANK_AT = "suicide-risk", "equipment", "ate-at", "drank-at"
STEADY, INSTRUCTED, WITH_WHOM = "steady", "instructed", "with-whom"
AT_LEAVING = (STEADY, INSTRUCTED, WITH_WHOM)

YES, NO, ESCORT = "yes", "no", "escort"
OBSERVER = "overnight observer: "  # then the name
NEGATIVE, POSITIVE, CANNOT = "hcg negative", "hcg positive", "cannot become pregnant"
RISKS = {
    "none": Verdict.PROCEED,
    "low": Verdict.CAUTION,
    "moderate": Verdict.HOLD,
    "high": Verdict.STOP,
}

FROM_CHECKLIST = "today's checklist"
TIMES = frozenset({ATE_AT, DRANK_AT})
_ANSWERS: dict[str, tuple[str, ...]] = {
    IDENTITY: (YES, NO),
    CONSENT: (YES, NO),
    COMPANION: (ESCORT, NO),
    PREGNANCY: (NEGATIVE, CANNOT, POSITIVE),
    SUICIDE_RISK: tuple(RISKS),
    EQUIPMENT: (YES, NO),
    STEADY: (YES, NO),
    INSTRUCTED: (YES, NO),
    WITH_WHOM: (ESCORT, NO),
}
_NAMED = frozenset({COMPANION, WITH_WHOM})


def accepted(item: str, answer: str) -> str:
    """An answer as it is charted.

    Raises: InputError for an item or an answer that is not on the list, or a time without its offset.
    """
    if item in TIMES:
        return str(Instant.parse(answer))
    if item not in _ANSWERS:
        raise InputError(f"{item!r} is not on the checklist.")
    is_named = item in _NAMED and answer.startswith(OBSERVER) and answer != OBSERVER
    if answer not in _ANSWERS[item] and not is_named:
        raise InputError(f"{item!r} is answered by one of {', '.join(_ANSWERS[item])}.")
    return answer


def fact(what: str, answer: Answer, on: date, value: FactValue | None = None) -> Fact:
    """An answer of today as a fact."""
    said = answer.value if value is None else value
    return Fact(what=what, value=said, when=answer.at, local_day=on, came_from=FROM_CHECKLIST)


def told(rule: str, answer: Answer | None, on: date) -> list[Fact]:
    """What was answered today, in the facts a screening rule reads; none where nobody answered."""
    if answer is None:
        return []
    return _companion(answer, on) if rule == COMPANION else _pregnancy(answer, on)


def _companion(answer: Answer, on: date) -> list[Fact]:
    if answer.value.startswith(OBSERVER):
        named = replace(answer, value=answer.value.removeprefix(OBSERVER))
        return [fact("overnight-observer", named, on)]
    if answer.value == ESCORT:
        return [fact("escort", answer, on, True)]
    return [fact("escort", answer, on, False), fact("overnight-observer", answer, on, False)]


def _pregnancy(answer: Answer, on: date) -> list[Fact]:
    if answer.value == CANNOT:
        return [fact("can-become-pregnant", answer, on, False)]
    return [fact("lab:hcg", answer, on, "positive" if answer.value == POSITIVE else "negative")]
