"""Answers are kept the moment they are given; a form is scored when it ends, and again after a correction.

An answer that is a safety matter acts within its own transaction (``cases.safety_answers``), however little
else is answered and whether or not the form is ever finished.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.utils import timezone

from kap.instruments.definition import SafetyLevel
from kap.instruments.scoring import Score
from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.accounts import queries as staff
from kap_clinic.cases.safety_answers import Help, act_on
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once
from kap_clinic.people.access import require_chart

from . import store
from .asking import RATER, STAFF, Timing, ask
from .models import Answer, Asked
from .shelf import definition_of, level_of
from .words import with_tables

_IS_OVER = sentence("This form has ended. What was answered stays; ask it again if it is needed.")
_NOT_YET = sentence("This form is not open yet.")
_NOTHING = sentence("Nothing was answered, and nothing was recorded.")
_NOT_ENDED = sentence("This form is still open: answer it before correcting it.")
_NO_WHY = sentence("Write why the answer is corrected. The first answer stays beside it.")
_AHEAD = sentence("Answers cannot have been given at a moment that lies ahead.")
_NO_RATER = sentence("Nobody who works here now has this id. Choose the rater from the list.")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An answer that is kept, and what its urgency asks for.

    Missing: ``help`` is None where the answer is no safety matter.
    """

    is_new: bool
    level: SafetyLevel | None = None
    help: Help | None = None


def answer(
    *, organization: UUID, by: Actor, id: UUID, asked: UUID, item: str, value: str
) -> Kept:  # fmt: skip
    """Keep one answer that staff records while the client says it; a safety answer acts at once.

    Raises: Refused.
    """
    with acting(organization, by, "measures.answer") as act:
        row = _open_to(act, asked)
        return keep(act, row, id, item, value, came_by=STAFF)


def answer_on_sheet(
    *, organization: UUID, by: Actor, sheet: UUID, turn: int, asked: UUID, item: str, value: str
) -> Kept:  # fmt: skip
    """Keep one answer of a sheet the moment it is chosen; a safety answer acts, even if the sheet never ends.

    Shape: ``turn`` counts what was chosen on this sheet, so that a changed answer is one more answer.
    Raises: Refused.
    """
    id = uuid5(sheet, f"{item} {turn}")
    return answer(organization=organization, by=by, id=id, asked=asked, item=item, value=value)


def enter(
    *, organization: UUID, by: Actor, id: UUID, asked: UUID, answers: Mapping[str, str],
    rater: UUID | None = None, given_at: datetime | None = None,
) -> tuple[Kept, ...]:  # fmt: skip
    """Record a sheet, on paper or rated, and end the form with its score.

    What was kept item by item (``answer_on_sheet``) stands and is not recorded again.
    Raises: Refused; then nothing more of the sheet is recorded.
    """
    with acting(organization, by, "measures.enter") as act:
        row = _open_to(act, asked, when_ended=id)
        if given_at is not None and given_at > timezone.now():
            raise Refused(_AHEAD)
        _refuse_stranger(act, rater)
        given = {item: value.strip() for item, value in answers.items() if value.strip()}
        if not given:
            raise Refused(_NOTHING)
        standing = store.answers_of(act, [asked]).get(asked, {})
        changed = {
            item: value
            for item, value in given.items()
            if item not in standing or standing[item].value != value
        }
        if row.ended and changed:
            raise Refused(_IS_OVER)
        kept = tuple(
            keep(act, row, uuid5(id, item), item, value, came_by=STAFF, given_at=given_at)
            for item, value in (given if given_at else changed).items()
        )
        if not row.ended:
            end(act, row, rater=rater)
        return kept


def finish(*, organization: UUID, by: Actor, asked: UUID, rater: UUID | None = None) -> None:
    """End a form with the score of what was answered; what was left open stays missing.

    Raises: Refused.
    """
    with acting(organization, by, "measures.finish") as act:
        row = store.locked(act, asked)
        act.require(Permission.ENTER_MEASURES, require_chart(act, row.person_id).site_id)
        _refuse_stranger(act, rater)
        if not row.ended:
            end(act, row, rater=rater)


def correct(
    *, organization: UUID, by: Actor, id: UUID, asked: UUID, item: str, value: str, why: str
) -> Kept:  # fmt: skip
    """Correct one answer of a form that has ended; the first answer and its score stay beside the new ones.

    Raises: Refused.
    """
    with acting(organization, by, "measures.correct") as act:
        row = store.locked(act, asked)
        act.require(Permission.ENTER_MEASURES, require_chart(act, row.person_id).site_id)
        if row.ended not in (store.COMPLETE, store.PARTIAL):
            raise Refused(_NOT_ENDED)
        if not why.strip():
            raise Refused(_NO_WHY)
        kept = keep(act, row, id, item, value, came_by=STAFF, why=why.strip())
        if kept.is_new:
            score(act, row, act.actor.id if row.filled_by == RATER else None)
        return kept


def keep(
    act: Acting, row: Asked, id: UUID, item: str, value: str, *, came_by: str, why: str = "",
    given_at: datetime | None = None, language: str = "",
) -> Kept:  # fmt: skip
    """Write one answer beside those before it, and do at once what a safety answer asks for.

    Raises: Refused for an answer the instrument does not take.
    """
    definition = definition_of(row.instrument, row.version)
    level = level_of(definition, item, value.strip())
    now = timezone.now()
    said = {"asked_id": row.id, "item": item, "value": value.strip(), "came_by": came_by, "why": why}
    noted = {
        "given_at": given_at or now, "recorded_at": now, "recorded_by": act.actor.id,
        "language": language,
    }  # fmt: skip
    is_new = once(Answer, id, said, noted).is_new
    announce(act, "measures", row.person_id)
    if level is None:
        return Kept(is_new=is_new)
    shown = act_on(
        act, person_id=row.person_id, asked_id=row.id, instrument=definition.id, item=item,
        value=value.strip(), level=level.value, at=now, new_answer=id if is_new else None,
    )  # fmt: skip
    if is_new:
        for instrument in shown.asks_next:
            _ask_next(act, row, id, instrument, now)
    return Kept(is_new=is_new, level=level, help=shown)


def end(act: Acting, row: Asked, *, rater: UUID | None = None) -> None:
    """End a form with its score; one without any answer was missed."""
    now = timezone.now()
    if store.answers_of(act, [row.id]):
        made = score(act, row, (rater or act.actor.id) if row.filled_by == RATER else None)
        row.ended = store.COMPLETE if made.complete else store.PARTIAL
    else:
        row.ended = store.MISSED
    row.ended_at, row.ended_by = now, act.actor.id
    row.save()
    announce(act, "measures", row.person_id)


def score(act: Acting, row: Asked, rater: UUID | None) -> Score:
    """Score a form as it stands, in the version it was asked under and with the tables the house supplied."""
    definition, note = with_tables(act, definition_of(row.instrument, row.version))
    return store.score_of(act, row, definition, rater, timezone.now(), note)


def refuse_closed(row: Asked, now: datetime) -> None:
    """Go on only while a form is open.

    Raises: Refused.
    """
    if row.ended or row.expires_at <= now:
        raise Refused(_IS_OVER)
    if row.opens_at > now:
        raise Refused(_NOT_YET)


def _open_to(act: Acting, asked: UUID, when_ended: UUID | None = None) -> Asked:
    """A form that staff may fill in now; the sheet that ended it may be sent once more."""
    row = store.locked(act, asked)
    act.require(Permission.ENTER_MEASURES, require_chart(act, row.person_id).site_id)
    if when_ended is None or not _was_entered(act, row, when_ended):
        refuse_closed(row, timezone.now())
    return row


def _was_entered(act: Acting, row: Asked, id: UUID) -> bool:
    """Whether this very sheet ended the form: something of it is among the answers."""
    given = {one.id for answers in store.history_of(act, row.id).values() for one in answers}
    items = [item.id for item in definition_of(row.instrument, row.version).items]
    return any(not given.isdisjoint((uuid5(id, item), uuid5(id, f"{item} 1"))) for item in items)


def _ask_next(act: Acting, row: Asked, answer: UUID, instrument: str, now: datetime) -> None:
    """Ask a form because of an answer, at this contact, and leave an open one as it is."""
    definition = definition_of(instrument)
    is_open = Asked.objects.filter(
        person_id=row.person_id, instrument=definition.id, ended="", expires_at__gt=now,
        organization_id=act.organization,
    ).exists()  # fmt: skip
    if not is_open:
        ask(
            organization=act.organization, by=act.actor, id=uuid5(answer, f"asks {definition.id}"),
            person=row.person_id, instrument=definition.id, filled_by=RATER,
            timing=Timing.at_this_contact(now),
        )  # fmt: skip


def _refuse_stranger(act: Acting, rater: UUID | None) -> None:
    found = None if rater is None else staff.person(act, rater)
    if rater is not None and (found is None or found.line.left_at is not None):
        raise Refused(_NO_RATER)


def in_words(level: SafetyLevel) -> Sentence:
    """Name a safety level as staff reads it."""
    return _LEVELS[level]


_LEVELS = {
    SafetyLevel.NOTE: sentence("read this answer"),
    SafetyLevel.SCREEN: sentence("ask about suicide at this contact"),
    SafetyLevel.LOW: sentence("low"),
    SafetyLevel.MODERATE: sentence("moderate: assess today"),
    SafetyLevel.URGENT: sentence("ask now, before they leave"),
    SafetyLevel.HIGH: sentence("high: never leave alone"),
}
