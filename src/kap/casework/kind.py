"""What a kind of case is: how it may end, what is noted in it, to whom it rises and who is called."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kap.casework.calls import Call, Called
from kap.vocabulary.errors import DeclarationError, InputError
from kap.vocabulary.sentences import Sentence
from kap.vocabulary.sources import AnySource
from kap.vocabulary.spans import Span


@dataclass(frozen=True, slots=True)
class NoteKind:
    """One thing that may be noted as done in a case of this kind."""

    id: str
    words: Sentence


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way a case of this kind can end; `is_answer` where it was answered, not just given up.

    Shape: `needs` names what must have been noted before a case ends so.
    """

    id: str
    words: Sentence
    is_answer: bool = True
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """Who must know when a case has been late for so long; the role's id."""

    late_for: Span
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKind:
    """A kind of case.

    Shape: `calls` are made one after the other until somebody acknowledges, the last of them again after each
    `calls_again_every`; `late_call` once it is late all the same; `is_drill` only practices them.
    Missing: `calls_again_every` is None where the last call is made once; `lasts` is None where whoever opens
    the case says when it is due.
    Raises: DeclarationError when it could never end, its rungs or calls do not climb, or an outcome needs a
    note that cannot be made.
    """

    id: str
    name: Sentence
    outcomes: tuple[Outcome, ...]
    ladder: tuple[Rung, ...]
    source: AnySource
    notes: tuple[NoteKind, ...] = ()
    calls: tuple[Call, ...] = ()
    calls_again_every: Span | None = None
    late_call: Call | None = None
    lasts: Span | None = None
    is_drill: bool = False

    def __post_init__(self) -> None:
        if not self.outcomes:
            raise DeclarationError(f"{self.id}: a case must be able to end; give at least one outcome.")
        for what, waits in (
            ("rung of the ladder", [rung.late_for for rung in self.ladder]),
            ("call", [call.after for call in self.calls]),
        ):
            if any(later <= earlier for earlier, later in pairwise(waits)):
                raise DeclarationError(f"{self.id}: each {what} comes later than the one before.")
        wanted = {need for outcome in self.outcomes for need in outcome.needs}
        if unknown := wanted - {note.id for note in self.notes}:
            raise DeclarationError(f"{self.id}: an outcome needs {sorted(unknown)}, which nobody can note.")

    @property
    def first_called(self) -> Called:
        """Whose a case of this kind is until somebody takes it: whom its first call names."""
        return self.calls[0].who if self.calls else Called.ON_CALL

    def outcome(self, outcome_id: str) -> Outcome:
        """Looks an outcome up.

        Raises: InputError when a case of this kind cannot end so.
        """
        found = next((outcome for outcome in self.outcomes if outcome.id == outcome_id), None)
        if found is None:
            known = ", ".join(outcome.id for outcome in self.outcomes)
            raise InputError(f"A case of kind {self.id!r} ends with one of {known}, not {outcome_id!r}.")
        return found

    def note(self, note_id: str) -> NoteKind:
        """Looks up what can be noted.

        Raises: InputError when nothing of the sort is noted in a case of this kind.
        """
        found = next((note for note in self.notes if note.id == note_id), None)
        if found is None:
            known = ", ".join(note.id for note in self.notes) or "nothing"
            raise InputError(f"A case of kind {self.id!r} notes {known}, not {note_id!r}.")
        return found
