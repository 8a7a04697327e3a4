"""The answers of one form as a page shows them: each with its words, its safety, and what was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kap.instruments.answering import Choices, Several
from kap.instruments.definition import Instrument
from kap_clinic.accounts.queries import names_of
from kap_clinic.accounts.shown import moment_of
from kap_clinic.database.door import Acting
from kap_clinic.website.parts import Status

from . import store
from .asked import AskedForm
from .items import answer_in_words, label_of
from .models import Answer
from .shelf import level_of
from .shown import LEVELS


@dataclass(frozen=True, kw_only=True)
class Line:
    """One item with its answer.

    Missing: ``answer`` is empty where it was not answered, ``safety`` None where it is no safety matter.
    """

    label: str
    answer: str
    safety: Status | None
    notes: tuple[str, ...]
    correct_url: str


@dataclass(frozen=True, kw_only=True)
class Boxes:
    """One item on paper: its words, and what may be ticked or written."""

    label: str
    choices: tuple[str, ...]
    expected: str


def values_of(act: Acting, asked: UUID) -> dict[str, str]:
    """Return the answer that stands to each item of a form."""
    found = store.answers_of(act, [asked]).get(asked, {})
    return {item: one.value for item, one in found.items()}


def lines_of(
    act: Acting, form: AskedForm, definition: Instrument, clock: str, *, may_correct: bool
) -> list[Line]:
    """Return every item of a form with what was answered, and how it was answered before."""
    given = store.history_of(act, form.id)
    names = names_of(one.recorded_by for rows in given.values() for one in rows)
    return [
        Line(
            label=label_of(definition, item),
            answer=answer_in_words(item, given[item.id][-1].value) if item.id in given else "",
            safety=_safety(definition, item.id, given),
            notes=tuple(
                _note(one, later, names, clock)
                for one, later in pairwise(given.get(item.id, []))
                if later.value != one.value or later.why
            ),
            correct_url=reverse("measures:correct", args=[form.person, form.id, item.id])
            if may_correct
            else "",
        )
        for item in definition.items
    ]


def boxes_of(definition: Instrument) -> list[Boxes]:
    """Return every item as it is printed."""
    return [
        Boxes(
            label=label_of(definition, item),
            choices=tuple(
                f"{choice.value} {choice.words}" if choice.words else str(choice.value)
                for choice in item.kind.choices
            )
            if isinstance(item.kind, Choices | Several)
            else (),
            expected=item.kind.in_words(),
        )
        for item in definition.items
    ]


def _safety(definition: Instrument, item: str, given: Mapping[str, list[Answer]]) -> Status | None:
    level = level_of(definition, item, given[item][-1].value) if item in given else None
    if level is None:
        return None
    words, tone = LEVELS[level.value]
    return Status(words=words, tone=tone)


def _note(before: Answer, after: Answer, names: Mapping[UUID, str], clock: str) -> str:
    who = names.get(after.recorded_by) or _("the client")
    said = _("before: {value}, changed {day} by {who}").format(
        value=before.value or _("left open"), day=moment_of(after.recorded_at, clock), who=who
    )
    return f"{said}: {after.why}" if after.why else said
