"""The kinds of case there are: what each may end with, and to whom it rises when nobody has answered."""

from __future__ import annotations

from datetime import date

from kap.casework.kind import CaseKind, Outcome, Rung
from kap.casework.safety import SAFETY_KINDS
from kap.vocabulary.errors import InputError
from kap.vocabulary.sentences import sentence
from kap.vocabulary.sources import UnverifiedSource
from kap.vocabulary.spans import Span

CLEARED, CLEARED_WITH_CONDITIONS = "cleared", "cleared-with-conditions"
NOT_CLEARED, NO_LONGER_NEEDED = "not-cleared", "no-longer-needed"

CLEARANCE_REQUEST = CaseKind(
    id="clearance-request",
    name=sentence("Clearance request"),
    outcomes=(
        Outcome(CLEARED, sentence("Cleared")),
        Outcome(CLEARED_WITH_CONDITIONS, sentence("Cleared, with conditions")),
        Outcome(NOT_CLEARED, sentence("Not cleared")),
        Outcome(NO_LONGER_NEEDED, sentence("No longer needed"), is_answer=False),
    ),
    ladder=(Rung(Span.days(0), "prescriber"), Rung(Span.days(2), "medical_director")),
    source=UnverifiedSource(
        key="when a late clearance request rises, OpenKAP's own default", stated_on=date(2026, 11, 21)
    ),
)

KINDS: tuple[CaseKind, ...] = (CLEARANCE_REQUEST, *SAFETY_KINDS)


def kind_of(kind_id: str) -> CaseKind:
    """Looks a kind up by the id it is stored under.

    Raises: InputError when there is no such kind.
    """
    found = next((kind for kind in KINDS if kind.id == kind_id), None)
    if found is None:
        raise InputError(
            f"There is no kind of case {kind_id!r}; the kinds are {', '.join(k.id for k in KINDS)}."
        )
    return found
