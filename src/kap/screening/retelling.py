"""Has anything changed since it was told? A whole group of the history may stand again by one word.

One word is enough only where each question of the group was answered before and its answers agree. Where one
was never asked, or a yes and a later no stand beside each other, the questions are asked one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kap.screening.history import Response, Said, standing_answers
from kap.screening.questions import Question, ToldBy, packaged_history


@dataclass(frozen=True, slots=True)
class ToldBefore:
    """One question with the answers that stand to it, the newest last.

    Missing: no answer where the question was never answered.
    """

    question: Question
    standing: tuple[Said, ...]

    @property
    def value(self) -> str | None:
        """The answer in one word; None where there is none, or two that disagree."""
        values = {str(answer.value) for answer, _ in self.standing}
        return values.pop() if len(values) == 1 else None

    @property
    def days(self) -> tuple[date, ...]:
        """The days it was told, where they are known."""
        return tuple(response.local_day for _, response in self.standing if response.local_day)


@dataclass(frozen=True, slots=True)
class GroupTold:
    """One group of the history, with what was told to each of its questions."""

    name: str
    told: tuple[ToldBefore, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which it was told, the oldest first."""
        return tuple(sorted({day for one in self.told for day in one.days}))

    @property
    def may_stand_again(self) -> bool:
        """Whether "nothing has changed" says enough about the whole group.

        Missing: what only a clinician tells may be missing; a question to the client may not.
        """
        needed = [one for one in self.told if one.question.told_by is ToldBy.CLIENT]
        return bool(needed) and all(
            one.value is not None for one in self.told if one.standing or one in needed
        )

    @property
    def answers(self) -> Mapping[str, str]:
        """The answers that stand again, by link id."""
        return {one.question.link_id: one.value for one in self.told if one.value is not None}

    def is_told_since(self, day: date, *, is_confirmed: bool = False) -> bool:
        """Whether every question to the client was answered, or confirmed, on that day or later."""
        needed = [one for one in self.told if one.question.told_by is ToldBy.CLIENT]
        return bool(needed) and all(
            any(
                response.local_day is not None
                and response.local_day >= day
                and (response.is_confirmed or not is_confirmed)
                for _, response in one.standing
            )
            for one in needed
        )


def told_by_group(responses: Iterable[Response], asked_of: ToldBy) -> tuple[GroupTold, ...]:
    """What was told so far, group by group; a client is shown only what a client is asked."""
    standing, _ = standing_answers(responses)
    history = packaged_history()
    groups: dict[str, list[ToldBefore]] = {name: [] for name in history.groups}
    for link_id, question in history.questions.items():
        if asked_of is ToldBy.CLINICIAN or question.told_by is ToldBy.CLIENT:
            groups[question.group].append(ToldBefore(question, standing.get(link_id, ())))
    return tuple(GroupTold(name, tuple(told)) for name, told in groups.items() if told)
