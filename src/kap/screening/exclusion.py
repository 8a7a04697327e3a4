"""The answer two rules share: a condition that excludes by any history of it, now or long ago."""

from __future__ import annotations

from dataclasses import dataclass

from kap.screening.answers import IF_ASKED, IF_RECORDED, IF_SETTLED, IF_WRONG, Answers
from kap.screening.known import Known, not_recorded
from kap.screening.limits import Ground, Limit, Limits
from kap.vocabulary.facts import Course, Fact
from kap.vocabulary.findings import Finding
from kap.vocabulary.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionLimits(Limits):
    """What excludes, and for how long a no to the question counts."""

    any_history: Ground
    a_no_counts: Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Which conditions exclude, which only raise the question, and the sentences for each answer."""

    concepts: tuple[str, ...]
    near: tuple[str, ...] = ()
    recorded: Sentence
    unclear: Sentence
    unasked: Sentence
    denied: Sentence


def excluded_by_history(
    says: Answers, excluding: Exclusion, known: Known, limits: ExclusionLimits
) -> Finding:
    """Stops for any entry, now or past; a doubtful one, or no fresh no, leaves it unknown."""
    if found := known.recorded(excluding.concepts, Course.ACTIVE, Course.PAST):
        return says.stop(excluding.recorded, found, limits.any_history.source, IF_WRONG)
    denials = known.said_no(excluding.concepts, limits.a_no_counts)
    doubts = known.doubted(excluding.concepts, Course.ACTIVE, Course.PAST)
    if near := known.recorded(excluding.near, Course.ACTIVE, Course.PAST):
        doubts = [*doubts, *([] if denials else near)]
    if doubts:
        return says.unknown(excluding.unclear, doubts, limits.unanswered.source, IF_SETTLED)
    if not denials:
        return says.unknown(
            excluding.unasked,
            unanswered(known, excluding.concepts),
            limits.a_no_counts.source,
            IF_ASKED,
        )
    return says.proceed(excluding.denied, denials, limits.a_no_counts.source, IF_RECORDED)


def unanswered(known: Known, concepts: tuple[str, ...]) -> tuple[Fact, ...]:
    """What is asked for: the no that has grown old, or the question nobody answered."""
    return tuple(known.newest_no(concept) or not_recorded(concept) for concept in concepts)
