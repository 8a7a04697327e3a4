"""What clients and clinicians told in the structured history, and the facts that makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kap.screening.filled_forms import FilledForm, facts_from_forms
from kap.screening.history import Answer, Response, facts_from
from kap.screening.questions import Question, packaged_history
from kap.screening.record import NotUnderstood, PersonRecord
from kap.vocabulary.facts import Fact, FactStatus
from kap.vocabulary.moments import Instant
from kap.vocabulary.partial_dates import PartialDate
from kap_clinic.database.door import Acting

from .models import HistoryAnswer


@dataclass(frozen=True, kw_only=True)
class Told:
    """One answer as it was given; ``link`` is None where a clinician recorded it."""

    id: UUID
    question: str
    value: str
    link: UUID | None
    is_confirmed: bool
    answered_at: datetime
    answered_by: UUID
    local_day: date


def told_by(act: Acting, people: Iterable[UUID]) -> dict[UUID, list[Told]]:
    """Return every answer these people gave, the oldest first."""
    return _told(act.organization, people)


def shared_history(giver: UUID, person: UUID) -> list[tuple[Fact, Told]]:
    """Return the facts told in a chart another organization shares, each with the answer it is from."""
    told = _told(giver, [person]).get(person, [])
    answers = {str(one.id): one for one in told}
    facts = with_history(PersonRecord(str(person), ()), told).facts
    return [(fact, answers[_answer_of(fact)]) for fact in facts if _answer_of(fact) in answers]


def _answer_of(fact: Fact) -> str:
    return fact.came_from.removeprefix("history/").partition("#")[0]


def _told(organization: UUID, people: Iterable[UUID]) -> dict[UUID, list[Told]]:
    rows = HistoryAnswer.objects.filter(person_id__in=set(people), organization_id=organization)
    found: dict[UUID, list[Told]] = {}
    for row in rows.order_by("answered_at", "id"):
        told = Told(
            id=row.id, question=row.question, value=row.value, link=row.link_id,
            is_confirmed=row.is_confirmed, answered_at=row.answered_at, answered_by=row.answered_by,
            local_day=row.local_day,
        )  # fmt: skip
        found.setdefault(row.person_id, []).append(told)
    return found


def newest(told: Iterable[Told]) -> dict[str, Told]:
    """Return the newest answer to each question."""
    return {one.question: one for one in told}


def with_history(record: PersonRecord, told: Iterable[Told]) -> PersonRecord:
    """Return the record with the facts that the answers make, and the answers that fit no question."""
    facts, strange = facts_from(responses_of(told))
    return PersonRecord(record.person, (*record.facts, *facts), (*record.not_understood, *strange))


def with_forms(record: PersonRecord, answered: Iterable[FilledForm | NotUnderstood]) -> PersonRecord:
    """Return the record with what the person's own forms say about suicide."""
    forms = list(answered)
    facts, strange = facts_from_forms(one for one in forms if isinstance(one, FilledForm))
    unread = [one for one in forms if isinstance(one, NotUnderstood)]
    return PersonRecord(record.person, (*record.facts, *facts), (*record.not_understood, *strange, *unread))


def with_birth(record: PersonRecord, born: date | PartialDate | None) -> PersonRecord:
    """Return the record with the chart's own birth date where no other record gives one."""
    if born is None or any(fact.what == "birth-date" for fact in record.facts):
        return record
    birth = Fact(what="birth-date", value=born, came_from="chart#birth")
    return PersonRecord(record.person, (*record.facts, birth), record.not_understood)


def responses_of(told: Iterable[Told]) -> list[Response]:
    """Return the answers as the sendings they came in."""
    together: dict[tuple[datetime, bool], list[Told]] = {}
    for one in told:
        together.setdefault((one.answered_at, one.is_confirmed), []).append(one)
    return [_response(at, is_confirmed, answers) for (at, is_confirmed), answers in together.items()]


def _response(at: datetime, is_confirmed: bool, told: list[Told]) -> Response:
    return Response(
        answers=tuple(Answer(one.question, one.value, f"history/{one.id}#{one.question}") for one in told),
        when=Instant(at),
        local_day=told[0].local_day,
        status=FactStatus.CONFIRMED if is_confirmed else FactStatus.RECORDED,
    )


def answer_in_words(question: Question, value: str, language: str) -> str:
    """Return an answer in the words it was offered in; text as it was written."""
    choice = question.choices.get(value)
    return choice.words[language] if choice else value


def questions_of(rule: str) -> tuple[str, ...]:
    """Return the link ids of the questions whose answers a rule counts."""
    by_limit = [
        link_id
        for link_id, question in packaged_history().questions.items()
        if question.counts and question.counts.startswith(f"{rule}.")
    ]
    return (*by_limit, *_ALSO.get(rule, ()))


# Questions without a limit of their own: what they tell counts whenever it was told.
_ALSO: Mapping[str, tuple[str, ...]] = {
    "psychosis": ("psychosis-now", "psychosis-kind"),
    "pregnancy": ("pregnant-now",),
    "hepatic": ("cirrhosis",),
}
