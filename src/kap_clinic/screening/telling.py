"""What is told of a client: the missing filled in, the history confirmed, or said not to have changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

from kap.histories.chain import canonical_text
from kap.people.permissions import Permission
from kap.screening.questions import ToldBy, packaged_history
from kap.screening.retelling import told_by_group
from kap.vocabulary.errors import Refused
from kap.vocabulary.facts import Fact
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.zones import zone
from kap_clinic.accounts.shown import house_zone
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once
from kap_clinic.people.actions import add_facts

from .charts import require_screening
from .models import HistoryAnswer
from .told import responses_of, told_by

_NOTHING = sentence("Nothing was filled in, and nothing was recorded.")
_NO_QUESTION = sentence("The structured history has no such question or answer.")
ONE_BY_ONE = sentence("Ask these questions one by one: an answer is missing, or two answers disagree.")
TOLD_SINCE = sentence("Another answer came in since this page was shown. Read it again.")


def record_missing(
    *, organization: UUID, by: Actor, id: UUID, person: UUID, facts: Sequence[Fact] = (),
    answers: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Write down what a screening lacks: readings and results, and answers asked of the client just now.

    Raises: Refused.
    """
    with acting(organization, by, "screening.record_missing") as act:
        require_screening(act, person, Permission.CONFIRM_HISTORY)
        if not facts and not answers:
            raise Refused(_NOTHING)
        if facts:
            place = f"workbench/{id}"
            add_facts(organization=organization, by=by, person=person, facts=facts, place=lambda _: place)
        write_answers(act, id, person, answers or {}, is_confirmed=True)
        announce(act, "screening", person)


def confirm_history(
    *, organization: UUID, by: Actor, id: UUID, person: UUID, answers: Mapping[str, str]
) -> None:
    """Confirm a health history gone through with the client; each confirmed answer stands from now on.

    Raises: Refused.
    """
    with acting(organization, by, "screening.confirm_history") as act:
        require_screening(act, person, Permission.CONFIRM_HISTORY)
        if not answers:
            raise Refused(_NOTHING)
        write_answers(act, id, person, answers, is_confirmed=True)
        announce(act, "screening", person)


def confirm_unchanged(
    *, organization: UUID, by: Actor, id: UUID, person: UUID, group: str, seen: str
) -> None:
    """Let one group of the history stand again from today, gone through with the client: nothing has changed.

    Shape: ``seen`` is what ``mark_of`` gave for the answers that were read out.
    Raises: Refused.
    """
    with acting(organization, by, "screening.confirm_unchanged") as act:
        require_screening(act, person, Permission.CONFIRM_HISTORY)
        let_stand_again(act, id, person, group, seen, asked_of=ToldBy.CLINICIAN)
        announce(act, "screening", person)


def write_answers(
    act: Acting, id: UUID, person: UUID, answers: Mapping[str, str], *, is_confirmed: bool,
    link: UUID | None = None, language: str = "en", is_repeat: bool = False,
) -> None:  # fmt: skip
    """Write answers of the structured history, each under an id made from the sending and its question.

    Raises: Refused for a question or an answer the history does not have.
    """
    history, now = packaged_history(), timezone.now()
    day = now.astimezone(zone(house_zone())).date()
    for link_id, value in answers.items():
        question = history.questions.get(link_id)
        _need(question is not None, _NO_QUESTION)
        assert question is not None
        _need(bool(value) and (question.text_becomes is not None or value in question.choices), _NO_QUESTION)
        said = {
            "person_id": person, "link_id": link, "question": link_id, "value": value,
            "version": history.version, "language": language, "is_confirmed": is_confirmed,
            "is_repeat": is_repeat,
        }  # fmt: skip
        noted = {"answered_at": now, "answered_by": act.actor.id, "local_day": day}
        once(HistoryAnswer, uuid5(id, link_id), said, noted)


def let_stand_again(
    act: Acting, id: UUID, person: UUID, group: str, seen: str, *, asked_of: ToldBy, **where: Any
) -> None:
    """Write the standing answers of one group again, as told today; the sentence was "nothing has changed".

    Raises: Refused where one word is not enough, or an answer came in since they were read.
    """
    told = told_by(act, [person]).get(person, [])
    found = next((one for one in told_by_group(responses_of(told), asked_of) if one.name == group), None)
    if found is None or not found.may_stand_again:
        raise Refused(ONE_BY_ONE)
    _need(seen == mark_of(found.answers), TOLD_SINCE)
    is_confirmed = asked_of is ToldBy.CLINICIAN
    write_answers(act, id, person, found.answers, is_confirmed=is_confirmed, is_repeat=True, **where)


def mark_of(answers: Mapping[str, str]) -> str:
    """Return the mark of the answers as they were read, so that nobody lets stand what they have not seen."""
    return sha256(canonical_text(dict(answers)).encode()).hexdigest()


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
