"""The bladder: excluded after a cystitis from ketamine; held for an inflamed, sore or infected one.

Counts: a cystitis that ketamine caused, present or past; interstitial or another cystitis, an infection,
blood in the urine and other bladder symptoms while they are present. What is over and was not from ketamine
does not count.
"""

from __future__ import annotations

from dataclasses import dataclass

from kap.screening.answers import IF_ASKED, IF_RECORDED, IF_SETTLED, IF_WRONG, PRIMARY_CARE, Answers
from kap.screening.exclusion import unanswered
from kap.screening.known import Known
from kap.screening.limits import Ground, Limit, Limits
from kap.screening.rule import Rule
from kap.vocabulary.facts import Course
from kap.vocabulary.findings import Finding
from kap.vocabulary.sentences import sentence

_SAYS = Answers("bladder")
_FROM_KETAMINE = ("ketamine-cystitis",)
_LASTING = ("interstitial-cystitis", "cystitis", "bladder-symptoms")
_INFECTED = ("urinary-infection",)
_EVER = ("ketamine-cystitis", "interstitial-cystitis")
_NOW = ("bladder-symptoms",)

_CAUSED = sentence("A cystitis caused by ketamine is recorded.")
_SORE = sentence("An interstitial or other cystitis, or bladder symptoms, are recorded as present.")
_INFECTION = sentence("A urinary infection is recorded as present: first it is treated.")
_DOUBTED = sentence("A bladder condition is recorded and not confirmed.")
_UNASKED = sentence("Nobody has recently recorded whether the person has or had bladder trouble.")
_DENIED = sentence("No cystitis and no bladder symptoms, the person says.")
_CLEARED = sentence("Primary care's clearance, or the entry is over and recorded so.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BladderLimits(Limits):
    """What excludes, what holds, and for how long the answers about ever and about now count."""

    from_ketamine: Ground
    inflamed: Ground
    infected: Ground
    a_never_counts: Limit
    a_not_now_counts: Limit


def bladder(known: Known, limits: BladderLimits) -> Finding:
    """Stops after a cystitis from ketamine, holds for a present one, an infection or symptoms."""
    if found := known.recorded(_FROM_KETAMINE, Course.ACTIVE, Course.PAST):
        return _SAYS.stop(_CAUSED, found, limits.from_ketamine.source, IF_WRONG)
    if found := known.recorded(_LASTING, Course.ACTIVE):
        return _SAYS.hold(PRIMARY_CARE, _SORE, found, limits.inflamed.source, _CLEARED)
    if found := known.recorded(_INFECTED, Course.ACTIVE):
        return _SAYS.hold(PRIMARY_CARE, _INFECTION, found, limits.infected.source, _CLEARED)
    doubts = known.doubted(_FROM_KETAMINE, Course.ACTIVE, Course.PAST)
    doubts += known.doubted((*_LASTING, *_INFECTED), Course.ACTIVE)
    if doubts:
        return _SAYS.unknown(_DOUBTED, doubts, limits.unanswered.source, IF_SETTLED)
    never = known.said_no(_EVER, limits.a_never_counts)
    not_now = known.said_no(_NOW, limits.a_not_now_counts)
    if not (never and not_now):
        asked = unanswered(known, (*_EVER, *_NOW))
        return _SAYS.unknown(_UNASKED, asked, limits.unanswered.source, IF_ASKED)
    return _SAYS.proceed(_DENIED, [*never, *not_now], limits.a_not_now_counts.source, IF_RECORDED)


RULE = Rule("bladder", BladderLimits, bladder)
