"""Aneurysm or arteriovenous malformation: excluded by any history, because each dose raises the pressure.

Counts: every entry, present, past or repaired. A dissection of the aorta counts; a hemangioma, which is no
arteriovenous malformation, does not. A relative's entry does not count.
"""

from __future__ import annotations

from kap.screening.answers import Answers
from kap.screening.exclusion import Exclusion, ExclusionLimits, excluded_by_history
from kap.screening.known import Known
from kap.screening.rule import Rule
from kap.vocabulary.findings import Finding
from kap.vocabulary.sentences import sentence

_SAYS = Answers("aneurysm-avm")
_EXCLUDES = Exclusion(
    concepts=("aneurysm", "avm"),
    recorded=sentence("An aneurysm, an aortic dissection or an arteriovenous malformation is recorded."),
    unclear=sentence("A possible aneurysm or arteriovenous malformation is recorded and not confirmed."),
    unasked=sentence(
        "Nobody has recently recorded whether the person ever had an aneurysm or an arteriovenous"
        " malformation."
    ),
    denied=sentence("The person says they never had an aneurysm or an arteriovenous malformation."),
)


def aneurysm_avm(known: Known, limits: ExclusionLimits) -> Finding:
    """Stops for any history of an aneurysm, an aortic dissection or an arteriovenous malformation."""
    return excluded_by_history(_SAYS, _EXCLUDES, known, limits)


RULE = Rule("aneurysm-avm", ExclusionLimits, aneurysm_avm)
