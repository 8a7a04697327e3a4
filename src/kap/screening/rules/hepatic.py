"""The liver: enzymes and bilirubin against the laboratory's own limits, and cirrhosis by its class.

Counts: the newest ALT, AST and bilirubin that are recent, each as a multiple of the upper limit its own
report gives; cirrhosis at any time and liver failure now, which need the Child-Pugh class a clinician told.
A liver disease that is neither says nothing here: the enzymes decide. Of one day's results the higher
counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from kap.screening.answers import HEPATOLOGY, Answers
from kap.screening.known import Known, not_recorded
from kap.screening.limits import Ground, Limit, Limits
from kap.screening.rule import Found, Rule
from kap.vocabulary.bounds import Bound
from kap.vocabulary.decimals import plain, quotient
from kap.vocabulary.facts import Course, Fact
from kap.vocabulary.findings import Finding
from kap.vocabulary.sentences import sentence

_SAYS = Answers("hepatic")
_ENZYMES, _BILIRUBIN, _CLASS = ("lab:alt", "lab:ast"), "lab:bilirubin", "child-pugh"

# Shown rounded up, so that 3.04 times never reads as the 3 that would not have held.
_SHOWN_TO = Decimal(1).scaleb(-1)

_CLASS_C = sentence("The Child-Pugh class is C.")
_CLASS_B = sentence("The Child-Pugh class is B: watch longer after each dose.")
_CLASS_MISSING = sentence("A cirrhosis or liver failure is recorded, and no recent Child-Pugh class.")
_DOUBTED = sentence("A cirrhosis or liver failure is recorded and not confirmed.")
_LABS_MISSING = sentence(
    "ALT and AST are both needed, recent, on a known day and with the laboratory's own upper limit."
)
_WITHIN = sentence("ALT and AST are not raised above the line.")
_TELL_CLASS = sentence("The Child-Pugh class, told by a clinician.")
_TEST = sentence("New ALT, AST and bilirubin with the laboratory's own upper limits.")
_TEST_OR_CLEAR = sentence("Hepatology's clearance, or new results that are lower.")
_CHANGE = sentence("New results, or another Child-Pugh class.")


@dataclass(frozen=True, slots=True, kw_only=True)
class HepaticLimits(Limits):
    """How many times its upper limit a result may be, how long it counts, what each class means."""

    enzymes_hold_above: Limit
    enzymes_stop_above: Limit
    bilirubin_stop_above: Limit
    results_count: Limit
    class_counts: Limit
    class_b: Ground
    class_c: Ground


@dataclass(frozen=True, slots=True)
class _Multiple:
    """A result as a multiple of the upper limit of its own report."""

    fact: Fact
    times: Decimal


def hepatic(known: Known, limits: HepaticLimits) -> Found:
    """Stops, holds, cautions or asks, by the worse of the enzymes and the Child-Pugh class."""
    child_pugh = [
        fact for fact in known.measured(_CLASS) if fact.is_known and known.is_fresh(fact, limits.class_counts)
    ]
    if any(_is_class(fact, "C") for fact in child_pugh):
        return _SAYS.stop(_CLASS_C, child_pugh, limits.class_c.source, _CHANGE)
    hold = limits.enzymes_hold_above.value
    enzymes = [multiple for name in _ENZYMES for multiple in _multiple(known, name, limits, hold)]
    if high := _high(known, limits, enzymes):
        return high
    return _without_high_enzymes(known, limits, enzymes, child_pugh)


def _high(known: Known, limits: HepaticLimits, enzymes: list[_Multiple]) -> Finding | None:
    worst = max(enzymes, key=lambda one: one.times, default=None)
    if worst is None or worst.times <= limits.enzymes_hold_above.value:
        return None
    if worst.times > limits.enzymes_stop_above.value:
        reason = sentence(
            "{enzyme} is {times} times its upper limit.", enzyme=_enzyme(worst), times=_times(worst)
        )
        return _SAYS.stop(reason, [worst.fact], limits.enzymes_stop_above.source, _CHANGE)
    return _with_bilirubin(known, limits, worst)


def _with_bilirubin(known: Known, limits: HepaticLimits, worst: _Multiple) -> Finding:
    bilirubin = _multiple(known, _BILIRUBIN, limits, limits.bilirubin_stop_above.value)
    shown = [worst.fact, *_shown(known, (_BILIRUBIN,))]
    enzyme, times, source = _enzyme(worst), _times(worst), limits.enzymes_hold_above.source
    if any(one.times > limits.bilirubin_stop_above.value for one in bilirubin):
        reason = sentence(
            "{enzyme} is {times} times its upper limit, and bilirubin {bilirubin} times.",
            enzyme=enzyme,
            times=times,
            bilirubin=_times(bilirubin[0]),
        )
        return _SAYS.stop(reason, shown, limits.bilirubin_stop_above.source, _CHANGE)
    if bilirubin:
        reason = sentence("{enzyme} is {times} times its upper limit.", enzyme=enzyme, times=times)
        return _SAYS.hold(HEPATOLOGY, reason, shown, source, _TEST_OR_CLEAR)
    reason = sentence(
        "{enzyme} is {times} times its upper limit; without a recent bilirubin it may be worse than a hold.",
        enzyme=enzyme,
        times=times,
    )
    return _SAYS.hold(HEPATOLOGY, reason, shown, source, _TEST_OR_CLEAR)


def _without_high_enzymes(
    known: Known, limits: HepaticLimits, enzymes: list[_Multiple], child_pugh: list[Fact]
) -> Found:
    asking = limits.unanswered.source
    entries = known.recorded(("cirrhosis",), Course.ACTIVE, Course.PAST)
    entries += known.recorded(("liver-failure",), Course.ACTIVE)
    # Whoever was given a class once has a cirrhosis, whatever the list of conditions says.
    if (entries or known.of(_CLASS)) and not child_pugh:
        shown = [*entries, *_shown(known, (_CLASS,))]
        return _SAYS.unknown(_CLASS_MISSING, shown, asking, _TELL_CLASS)
    if not child_pugh and (doubts := known.doubted(("cirrhosis", "liver-failure"), Course.ACTIVE)):
        return _SAYS.unknown(_DOUBTED, doubts, asking, _TELL_CLASS)
    is_b = any(_is_class(fact, "B") for fact in child_pugh)
    caution = (_SAYS.caution(_CLASS_B, child_pugh, limits.class_b.source, _CHANGE),) if is_b else ()
    if {one.fact.what for one in enzymes} != set(_ENZYMES):
        shown = _shown(known, _ENZYMES)
        return (_SAYS.unknown(_LABS_MISSING, shown, asking, _TEST, is_remeasured=True), *caution)
    if caution:
        return caution
    facts = [*child_pugh, *(one.fact for one in enzymes)]
    return _SAYS.proceed(_WITHIN, facts, limits.enzymes_hold_above.source, _CHANGE)


def _multiple(known: Known, name: str, limits: HepaticLimits, line: Decimal) -> list[_Multiple]:
    """The highest of the newest day's results; nothing where any of them is old, doubtful or has no limit."""
    results = known.measured(name)
    multiples = []
    for fact in results:
        upper = fact.upper_limit
        if not fact.is_known or upper is None or upper <= 0 or not known.is_fresh(fact, limits.results_count):
            return []
        number = _number(fact.value, upper * line)
        if number is None:
            return []
        multiples.append(_Multiple(fact, quotient(number, upper)))
    return sorted(multiples, key=lambda one: -one.times)[:1]


def _number(value: object, line: Decimal) -> Decimal | None:
    """A result's number; that of a bound only where it surely lies on one side of the line."""
    if isinstance(value, Bound):
        is_above = value.is_surely_above(line) and value.number > line
        return value.number if is_above or value.is_surely_below(line) else None
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _is_class(fact: Fact, letter: str) -> bool:
    return str(fact.value).upper() == letter


def _enzyme(multiple: _Multiple) -> str:
    return multiple.fact.what.removeprefix("lab:").upper()


def _times(multiple: _Multiple) -> str:
    return plain(multiple.times.quantize(_SHOWN_TO, rounding=ROUND_UP))


def _shown(known: Known, names: Iterable[str]) -> list[Fact]:
    return [fact for name in names for fact in (known.measured(name) or [not_recorded(name)])]


RULE = Rule("hepatic", HepaticLimits, hepatic)
