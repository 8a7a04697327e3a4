"""The kinds of case there are: what each may end with, and to whom it rises when nobody has answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kap.vocabulary.errors import DeclarationError, InputError
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.sources import AnySource, UnverifiedSource
from kap.vocabulary.spans import Span


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way a case of this kind can end; `is_answer` where it was answered, not just given up."""

    id: str
    words: Sentence
    is_answer: bool = True


@dataclass(frozen=True, slots=True)
class Rung:
    """Who must know when a case has been late for so long; the role's id."""

    late_for: Span
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKind:
    """A kind of case.

    Raises: DeclarationError when it could never end, or its rungs do not climb.
    """

    id: str
    name: Sentence
    outcomes: tuple[Outcome, ...]
    ladder: tuple[Rung, ...]
    source: AnySource

    def __post_init__(self) -> None:
        if not self.outcomes:
            raise DeclarationError(f"{self.id}: a case must be able to end; give at least one outcome.")
        waits = [rung.late_for for rung in self.ladder]
        if any(later <= earlier for earlier, later in pairwise(waits)):
            raise DeclarationError(f"{self.id}: each rung of the ladder comes later than the one before.")

    def outcome(self, outcome_id: str) -> Outcome:
        """Looks an outcome up.

        Raises: InputError when a case of this kind cannot end so.
        """
        found = next((outcome for outcome in self.outcomes if outcome.id == outcome_id), None)
        if found is None:
            known = ", ".join(outcome.id for outcome in self.outcomes)
            raise InputError(f"A case of kind {self.id!r} ends with one of {known}, not {outcome_id!r}.")
        return found


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

KINDS: tuple[CaseKind, ...] = (CLEARANCE_REQUEST,)


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
