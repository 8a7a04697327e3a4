"""The structured history: the facts that a person's answers make, and which of several answers stands.

A no to one of these questions is a fact with a date, which counts for as long as the rule's own limit says;
not asked stays not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from kap.screening.questions import About, Becomes, Question, packaged_history
from kap.screening.record import NotUnderstood
from kap.vocabulary.facts import Course, Fact, FactStatus
from kap.vocabulary.moments import Instant
from kap.vocabulary.partial_dates import PartialDate
from kap.vocabulary.sentences import sentence

_YES_AND_NO = {"true": "yes", "false": "no"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one question; `came_from` names its place in the record."""

    link_id: str
    value: bool | str
    came_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One filled-in questionnaire: its answers, their time, and whether a clinician confirmed them."""

    answers: tuple[Answer, ...]
    when: Instant | date | PartialDate | None
    local_day: date | None = None
    status: FactStatus = FactStatus.RECORDED

    @property
    def is_confirmed(self) -> bool:
        """Whether a clinician went through it with the person."""
        return self.status is FactStatus.CONFIRMED

    @property
    def order(self) -> datetime:
        """Where it stands among others; one without a date stands before all that have one."""
        match self.when:
            case Instant() as moment:
                return moment.at
            case PartialDate() as part:
                return _at_midnight(part.first_day)
            case date() as day:
                return _at_midnight(day)
        return _at_midnight(date.min)


Said = tuple[Answer, Response]


def facts_from(responses: Iterable[Response]) -> tuple[tuple[Fact, ...], tuple[NotUnderstood, ...]]:
    """The facts that a person's filled-in histories make together, and the answers that fit no question."""
    standing, strange = standing_answers(responses)
    said = [pair for pairs in standing.values() for pair in pairs]
    return tuple(fact for answer, response in said for fact in _facts(answer, response)), strange


def standing_answers(
    responses: Iterable[Response],
) -> tuple[Mapping[str, tuple[Said, ...]], tuple[NotUnderstood, ...]]:
    """The answers that stand to each question, the newest last, and the answers that fit no question.

    The newest answer to a question stands; of answers given at the same time all do. A yes to an "ever"
    question also stands beside a later no that no clinician has confirmed, and what a clinician confirmed
    stands beside the same answer given again.
    """
    standing: dict[str, _Stood] = {}
    strange: list[NotUnderstood] = []
    for response in sorted(responses, key=lambda one: one.order):
        for answer in response.answers:
            question = packaged_history().questions.get(answer.link_id)
            if question is None or _becomes(question, answer.value) is None:
                why = sentence("The structured history has no such question or answer.")
                strange.append(NotUnderstood(answer.came_from, why))
                continue
            standing.setdefault(answer.link_id, _Stood(question)).hear(answer, response)
    return {link_id: (*stood.lasting, *stood.newest) for link_id, stood in standing.items()}, tuple(strange)


class _Stood:
    """What was answered to one question, heard in the order of time: the newest, and what outlasts it."""

    __slots__ = ("lasting", "newest", "question")

    def __init__(self, question: Question) -> None:
        self.question = question
        self.lasting: list[Said] = []
        self.newest: list[Said] = []

    def hear(self, answer: Answer, response: Response) -> None:
        """Puts one more answer in front; what it ends stands no more."""
        if response.is_confirmed:
            self.lasting = []
        if self.newest and self.newest[0][1].order < response.order:
            before, self.newest = self.newest, []
            if not response.is_confirmed:
                self.lasting = self._outlasting(before, _becomes(self.question, answer.value))
        self.newest.append((answer, response))

    def _outlasting(self, before: list[Said], now: tuple[Becomes, ...] | None) -> list[Said]:
        if self.question.about is About.EVER:
            # Appended in place: what lasts is never gone through again, however often it is said.
            self.lasting += [pair for pair in before if self._is_yes(pair[0])]
            return self.lasting
        return [
            (answer, response)
            for answer, response in (*self.lasting, *before)
            if response.is_confirmed and _becomes(self.question, answer.value) == now
        ]

    def _is_yes(self, answer: Answer) -> bool:
        return any(one.course is not Course.DENIED for one in _becomes(self.question, answer.value) or ())


def _becomes(question: Question, value: bool | str) -> tuple[Becomes, ...] | None:
    said = str(value).strip()
    if question.text_becomes is not None:
        return (Becomes(question.text_becomes, value=said),) if isinstance(value, str) and said else None
    said = _YES_AND_NO.get(said.lower(), said).lower()
    return next((choice.becomes for name, choice in question.choices.items() if name.lower() == said), None)


def _facts(answer: Answer, response: Response) -> Iterator[Fact]:
    for made in _becomes(packaged_history().questions[answer.link_id], answer.value) or ():
        is_doubtful = made.is_doubtful and not response.is_confirmed
        yield Fact(
            what=made.concept,
            value=made.course is not Course.DENIED if made.value is None else made.value,
            when=response.when,
            local_day=response.local_day,
            status=FactStatus.DOUBTFUL if is_doubtful else response.status,
            course=made.course,
            came_from=answer.came_from,
        )


def _at_midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
