"""Bleeding in the brain: excluded by any history of it, whatever caused it.

Counts: bleeding inside the brain or its spaces, present, past or as a later effect, spontaneous or after an
injury: the label makes no difference. Bleeding around the brain after an injury, outside its substance, does
not exclude by this rule; it only asks whether there was bleeding inside. A relative's entry does not count.
"""

from __future__ import annotations

from kap.screening.answers import Answers
from kap.screening.exclusion import Exclusion, ExclusionLimits, excluded_by_history
from kap.screening.known import Known
from kap.screening.rule import Rule
from kap.vocabulary.findings import Finding
from kap.vocabulary.sentences import sentence

_SAYS = Answers("intracerebral-hemorrhage")
_EXCLUDES = Exclusion(
    concepts=("brain-hemorrhage",),
    near=("bleeding-around-brain",),
    recorded=sentence("A bleeding in the brain is recorded."),
    unclear=sentence(
        "A bleeding is recorded that nobody has confirmed, or that lay around the brain after an injury."
    ),
    unasked=sentence("Nobody has recently recorded whether the person ever had a bleeding in the brain."),
    denied=sentence("The person says they never had a bleeding in the brain."),
)


def intracerebral_hemorrhage(known: Known, limits: ExclusionLimits) -> Finding:
    """Stops for any history of bleeding in the brain."""
    return excluded_by_history(_SAYS, _EXCLUDES, known, limits)


RULE = Rule("intracerebral-hemorrhage", ExclusionLimits, intracerebral_hemorrhage)
