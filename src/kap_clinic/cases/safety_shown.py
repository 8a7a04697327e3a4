"""A safety case as a page shows it: first what to do now, then what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from kap.casework.case import Case
from kap.casework.safety import (
    ACKNOWLEDGED,
    MEANS_COUNSELED,
    OF_THE_ROSTER,
    PLAN_GIVEN,
    ROSTER_GAP,
    WITH_THEM,
)
from kap.people.permissions import Permission
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.accounts.shown import moment_of
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Act, Need

from .queries import CaseLine, open_safety_cases
from .safety_plans import PARTS

# What is done next, until it is noted as done.
_DO: Final = {
    ACKNOWLEDGED: sentence("Take this case first: then nobody further is called."),
    WITH_THEM: sentence("Go to them, or stay on the line with them. Do not leave them alone."),
    MEANS_COUNSELED: sentence(
        "Stay. Ask about firearms, medicines and other means, and agree who keeps them away tonight."
    ),
    PLAN_GIVEN: sentence("Write a safety plan together, and give it to them."),
}
_FIRST: Final = {
    "safety-questions": sentence("Use the C-SSRS, at this contact."),
    "safety-note": sentence("Read the answers, speak with them, and write your note."),
    "same-day-assessment": sentence("Assess them today; do not put it off to tomorrow."),
    "crisis": sentence("Do not leave them alone. No dose today."),
    "crisis-drill": sentence("This is a drill. Do what you would do if it were real."),
    "unheard": sentence("Find out why a call would not be heard, and mend it now."),
    "roster-gap": sentence("Put somebody on call for these hours."),
}
_THEN_CLOSE: Final = sentence("Decide with a clinician how it ended, and close the case.")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do, with what was noted about it; the next one is the first not done."""

    id: str
    words: Sentence
    done: str
    said: str
    is_next: bool
    url: str


def do_now(state: Case) -> tuple[Sentence, Sentence]:
    """The one thing that is always so in this kind of case, and what to do next."""
    missing = next((note.id for note in state.kind.notes if not _is_done(state, note.id)), None)
    return _FIRST[state.kind.id], _DO[missing] if missing else _THEN_CLOSE


def steps_of(state: Case, case: UUID, person: UUID | None, names: dict[UUID, str], clock: str) -> list[Step]:
    """Everything that is noted in a case of this kind, in the order in which it helps."""
    found, is_first = [], True
    for note in state.kind.notes:
        noted = [one for one in state.notes if one.what == note.id]
        is_done = _is_done(state, note.id)
        url = reverse("cases:note", args=[case, note.id])
        if note.id == PLAN_GIVEN and person is not None:
            url = reverse("cases:plan", args=[person])
        done = ""
        if is_done:
            done = f"{names.get(UUID(noted[-1].by), '')}, {moment_of(noted[-1].at.at, clock)}"
        found.append(Step(
            id=note.id, words=note.words, done=done, said=noted[-1].words if is_done else "",
            is_next=is_first and not is_done, url=url,
        ))  # fmt: skip
        is_first = is_first and is_done
    return found


def _is_done(state: Case, note: str) -> bool:
    return state.acknowledged_at is not None if note == ACKNOWLEDGED else state.has_noted(note)


def plan_in(language: str, parts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The parts of a plan that were written, each under its words in the client's language."""
    with override(language):
        return [
            (words.rendered(lambda said: pgettext("client", said)), parts[name])
            for name, words in PARTS.items()
            if name in parts
        ]


def safety_needs_of(act: Acting, at: Instant) -> list[Need]:
    """The strip above everything else: open safety cases, the most urgent first, whoever owns them."""
    if not act.standing.permits(Permission.SEE_CASES):
        return []
    return [_need(line, at) for line in open_safety_cases(act)]


def _need(line: CaseLine, at: Instant) -> Need:
    state = line.state
    is_taken = state.acknowledged_at is not None
    what = f"{state.kind.name.rendered(_)}. {do_now(state)[0].rendered(_)}"
    where = (
        _("{name} has taken it").format(name=line.owner_name) if is_taken else _("nobody has taken it yet")
    )
    is_loud = state.is_late(at) or not (is_taken or state.kind is ROSTER_GAP)
    return Need(
        who=line.person_name or (_("Roster") if state.kind in OF_THE_ROSTER else _("Drill")),
        what=what,
        where=where,
        act=Act(_("Open the case"), reverse("cases:case", args=[line.id]), is_main=is_loud),
        tone="must" if is_loud else "look",
    )
