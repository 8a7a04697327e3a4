"""What was told before, as a page shows it: a group of the history, its answers and its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import pgettext

from kap.screening.retelling import ToldBefore

from .told import answer_in_words


@dataclass(frozen=True, kw_only=True)
class ShownGroup:
    """One group of the history with what was told to it.

    Missing: ``form`` is None where the questions must be asked one by one.
    """

    name: str
    title: str
    days: str
    lines: tuple[tuple[str, str], ...]
    is_done: bool
    form: forms.Form | None
    ask_url: str


def answers_in_words(told: ToldBefore, language: str) -> str:
    """Write the answers that stand to one question; two that disagree are both shown."""
    values = dict.fromkeys(str(answer.value) for answer, _response in told.standing)
    return " / ".join(answer_in_words(told.question, value, language) for value in values)


def days_in_words(days: Sequence[date]) -> str:
    """Say when a group was told; nothing where nobody told it."""
    if not days:
        return ""
    first, last = (date_format(day, "DATE_FORMAT") for day in (days[0], days[-1]))
    if days[0] == days[-1]:
        return pgettext("client", "Told on {day}").format(day=first)
    return pgettext("client", "Told between {first} and {last}").format(first=first, last=last)
