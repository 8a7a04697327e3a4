"""Psychosis: excluded now, or as a primary disorder ever; psychiatry decides about other past episodes.

Counts: any psychosis that is present, psychotic depression and the psychotic forms of bipolar disorder
among them; a primary psychotic disorder (such as schizophrenia) even when in remission; a past psychosis
from a substance, an illness, after a birth or with a mood episode for a clearance; that of a parent,
sibling or child for a caution. A past psychosis nobody named counts as primary. A more distant relative
does not count.
"""

from __future__ import annotations

from dataclasses import dataclass

from kap.screening.answers import IF_ASKED, IF_RECORDED, IF_SETTLED, IF_WRONG, PSYCHIATRY, Answers
from kap.screening.exclusion import unanswered
from kap.screening.known import Known
from kap.screening.limits import Ground, Limit, Limits
from kap.screening.rule import Found, Rule
from kap.vocabulary.facts import Course
from kap.vocabulary.sentences import sentence

_SAYS = Answers("psychosis")
_PRIMARY = ("psychosis-primary",)
_OTHER = ("psychosis-substance", "psychosis-medical", "psychosis-postpartum", "psychosis-mood")
_UNNAMED = ("psychosis",)
_ANY = (*_PRIMARY, *_OTHER, *_UNNAMED)
_QUESTIONS = ("psychosis", "psychosis-in-family")

_NOW = sentence("A psychosis, or a depression with psychotic features, is recorded as present.")
_LIFETIME = sentence(
    "A primary psychotic disorder, such as schizophrenia, or an unnamed psychosis is recorded."
)
_PAST = sentence("A past psychosis from a substance, an illness, a birth or a mood episode is recorded.")
_DOUBTED = sentence("A psychosis is recorded that nobody has confirmed or named.")
_UNASKED = sentence(
    "Nobody has recently recorded whether the person, or a close relative, ever had a psychosis."
)
_FAMILY = sentence("A parent, brother, sister or child has or had a psychosis: watch for first signs.")
_DENIED = sentence("Neither the person nor a close relative ever had a psychosis, they say.")
_OVER = sentence("The psychosis is over and recorded so; what it was then decides.")
_CLEARED = sentence("Psychiatry's clearance.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PsychosisLimits(Limits):
    """What excludes, what needs psychiatry, what needs care, and for how long a no counts."""

    current: Ground
    primary_ever: Ground
    other_past: Ground
    in_family: Ground
    a_no_counts: Limit


def psychosis(known: Known, limits: PsychosisLimits) -> Found:
    """Stops for a present or a primary psychosis, holds for another past one, cautions for the family's."""
    if found := known.recorded(_ANY, Course.ACTIVE):
        return _SAYS.stop(_NOW, found, limits.current.source, _OVER)
    if found := known.recorded(_PRIMARY, Course.PAST):
        return _SAYS.stop(_LIFETIME, found, limits.primary_ever.source, IF_WRONG)
    if found := known.recorded(_OTHER, Course.PAST):
        return _SAYS.hold(PSYCHIATRY, _PAST, found, limits.other_past.source, _CLEARED)
    if found := known.recorded(_UNNAMED, Course.PAST):
        return _SAYS.stop(_LIFETIME, found, limits.primary_ever.source, IF_WRONG)
    if doubts := known.doubted(_ANY, Course.ACTIVE, Course.PAST, Course.FAMILY):
        return _SAYS.unknown(_DOUBTED, doubts, limits.unanswered.source, IF_SETTLED)
    family = known.recorded(_ANY, Course.FAMILY)
    questions = _QUESTIONS[:1] if family else _QUESTIONS
    denials = known.said_no(questions, limits.a_no_counts)
    caution = (_SAYS.caution(_FAMILY, family, limits.in_family.source, IF_WRONG),) if family else ()
    if not denials:
        asked = unanswered(known, questions)
        return (_SAYS.unknown(_UNASKED, asked, limits.a_no_counts.source, IF_ASKED), *caution)
    if family:
        return caution
    return _SAYS.proceed(_DENIED, denials, limits.a_no_counts.source, IF_RECORDED)


RULE = Rule("psychosis", PsychosisLimits, psychosis)
