"""Allergy to ketamine or esketamine: excluded, however mild it was and however long ago.

Counts: an allergy to either drug for both, of any severity, by code or by name. An intolerance (sick or
uneasy from it), or an allergy to an anesthetic nobody named, only asks what it was. Refuted entries never
arrive here.
"""

from __future__ import annotations

from kap.screening.answers import IF_ASKED, IF_RECORDED, IF_SETTLED, IF_WRONG, Answers
from kap.screening.exclusion import ExclusionLimits
from kap.screening.known import Known, not_recorded
from kap.screening.rule import Rule
from kap.vocabulary.facts import Course
from kap.vocabulary.findings import Finding
from kap.vocabulary.sentences import sentence

_SAYS = Answers("hypersensitivity")
_ALLERGIES = ("allergy:ketamine", "allergy:esketamine")
_UNCLEAR = ("intolerance:ketamine", "intolerance:esketamine")
_QUESTION = "allergy:ketamine"
_NO_ALLERGY_AT_ALL = "allergy:any"
_UNNAMED = ("allergy:anesthetic",)

_RECORDED = sentence("An allergy to ketamine or esketamine is recorded.")
_DOUBTED = sentence("An allergy to ketamine or esketamine is recorded and not confirmed.")
_REACTED = sentence(
    "A reaction to ketamine or esketamine is recorded; nobody has said whether it was an allergy."
)
_NOT_NAMED = sentence("An allergy to an anesthetic is recorded that nobody has named.")
_UNASKED = sentence("Nobody has recently recorded whether the person is allergic to ketamine or esketamine.")
_DENIED = sentence("No allergy to ketamine or esketamine: the question was answered with no.")
_DESCRIBE = sentence("Somebody says what happened, and with which medicine.")


def hypersensitivity(known: Known, limits: ExclusionLimits) -> Finding:
    """Stops for any allergy to either drug, and asks where it is not clear that it was one."""
    unanswered = limits.unanswered.source
    if found := known.recorded(_ALLERGIES, Course.ACTIVE, Course.PAST):
        return _SAYS.stop(_RECORDED, found, limits.any_history.source, IF_WRONG)
    if doubts := known.doubted(_ALLERGIES, Course.ACTIVE, Course.PAST):
        return _SAYS.unknown(_DOUBTED, doubts, unanswered, IF_SETTLED)
    if reactions := known.of(*_UNCLEAR):
        return _SAYS.unknown(_REACTED, reactions, unanswered, _DESCRIBE)
    if denials := known.said_no((_QUESTION,), limits.a_no_counts):
        return _SAYS.proceed(_DENIED, denials, limits.a_no_counts.source, IF_RECORDED)
    if unnamed := known.of(*_UNNAMED):
        return _SAYS.unknown(_NOT_NAMED, unnamed, unanswered, _DESCRIBE)
    if denials := known.said_no((_NO_ALLERGY_AT_ALL,), limits.a_no_counts):
        return _SAYS.proceed(_DENIED, denials, limits.a_no_counts.source, IF_RECORDED)
    asked = (known.newest_no(_QUESTION) or not_recorded(_QUESTION),)
    return _SAYS.unknown(_UNASKED, asked, limits.a_no_counts.source, IF_ASKED)


RULE = Rule("hypersensitivity", ExclusionLimits, hypersensitivity)
