"""Filled-in questionnaires and scales: what their answers about suicide say, as facts a rule can count.

How urgent an answer is, the instrument itself declares (kap.instruments); it is said nowhere else. A C-SSRS
gives two facts, because a later form may ask one part again and not the other: the thoughts, and the behavior
(asked about a lifetime by the screener, about the time since the last contact by the other form). Of any
other form each answered safety item gives one. Every other answer of a form is no fact of screening.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from kap.instruments.definition import Instrument, SafetyLevel
from kap.instruments.reading import read_answers
from kap.instruments.rules import Level, Triage
from kap.instruments.shelf import library
from kap.screening.record import NotUnderstood
from kap.vocabulary.decimals import plain
from kap.vocabulary.errors import InputError
from kap.vocabulary.facts import Fact, FactStatus
from kap.vocabulary.moments import Instant
from kap.vocabulary.partial_dates import PartialDate
from kap.vocabulary.sentences import sentence

THOUGHTS, BEHAVIOR, BEHAVIOR_SINCE = "cssrs:thoughts", "cssrs:behavior", "cssrs:behavior-since"
SUICIDE_ITEM, NO_LEVEL = "suicide-item", "none"
INCOMPLETE, AT_LEAST = "incomplete", "at least "

# Which questions of each C-SSRS ask what was done, under which fact; its other questions ask about thoughts.
_DONE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "cssrs-screener": (BEHAVIOR, ("6", "7")),
    "cssrs-since-last-contact": (BEHAVIOR_SINCE, ("6",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """One form as far as it was filled in: its answers by item, when they were given, where they are kept.

    Shape: `is_part` marks one answer of a form that was sent answer by answer.
    Missing: an item nobody answered is not among the answers; a form not finished may still grow worse.
    """

    definition: Instrument
    answers: Mapping[str, object]
    when: Instant | date | PartialDate | None
    local_day: date | None = None
    status: FactStatus = FactStatus.RECORDED
    came_from: str
    is_part: bool = False
    is_finished: bool = True


@cache
def forms_about_suicide() -> Mapping[str, Instrument]:
    """The instruments of the library whose answers may say something about suicide, by id."""
    return {name: one for name, one in library().items() if items_about_suicide(one)}


def facts_from_forms(
    forms: Iterable[FilledForm],
) -> tuple[tuple[Fact, ...], tuple[NotUnderstood, ...]]:
    """What filled-in forms say about suicide, and the answers that no such form can have."""
    facts: list[Fact] = []
    strange: list[NotUnderstood] = []
    for form in _put_together(forms):
        given = {item: said for item, said in form.answers.items() if _fits(form.definition, item, said)}
        why = sentence("{title} has no such question or answer.", title=form.definition.about.title)
        strange += [
            NotUnderstood(f"{form.came_from}#{item}", why) for item in form.answers if item not in given
        ]
        facts += _facts(form, read_answers(form.definition, given).numbers)
    return tuple(facts), tuple(strange)


def _put_together(forms: Iterable[FilledForm]) -> list[FilledForm]:
    """The forms, those sent answer by answer made whole; a second answer to one item begins another form."""
    whole: list[FilledForm] = []
    open_parts: dict[object, int] = {}
    for form in forms:
        key = (form.definition.key, form.when, form.local_day, form.status)
        place = open_parts.get(key) if form.is_part else None
        if place is not None and not whole[place].answers.keys() & form.answers.keys():
            whole[place] = replace(whole[place], answers={**whole[place].answers, **form.answers})
            continue
        if form.is_part:
            open_parts[key] = len(whole)
        whole.append(form)
    return whole


def _fits(definition: Instrument, item: str, answer: object) -> bool:
    try:
        read_answers(definition, {item: answer})
    except InputError:
        return False
    return True


def _facts(form: FilledForm, numbers: Mapping[str, Decimal | None]) -> Iterator[Fact]:
    if all(number is None for number in numbers.values()):
        return
    definition = form.definition
    triage = definition.scoring.triage
    if definition.id in _DONE and triage is not None:
        concept, done = _DONE[definition.id]
        thought = [item.id for item in definition.items if item.id not in done]
        yield _fact(form, THOUGHTS, _level_of(triage, thought, numbers, form), thought[0])
        yield _fact(form, concept, _level_of(triage, done, numbers, form), done[0])
        return
    for rule in definition.scoring.safety:
        answer = numbers[rule.item]
        if answer is not None and rule.item in items_about_suicide(definition):
            level = rule.level_of(answer)
            concept = f"{SUICIDE_ITEM}:{level.value if level else NO_LEVEL}"
            yield _fact(form, concept, f"{definition.id} item {rule.item}: {plain(answer)}", rule.item)


def _level_of(
    triage: Triage, items: Collection[str], numbers: Mapping[str, Decimal | None], form: FilledForm
) -> str:
    """The level these questions alone reach, or the least it can be."""
    kept = tuple(
        Level(name=level.name, any_of={item: at for item, at in level.any_of.items() if item in items})
        for level in triage.levels
    )
    level, at_least = replace(triage, levels=kept).level_of(numbers)
    if level is not None and (form.is_finished or level == triage.levels[0].name):
        return level
    at_least = at_least or (level if level != triage.otherwise else None)
    return f"{AT_LEAST}{at_least}" if at_least else INCOMPLETE


def _fact(form: FilledForm, what: str, value: str, item: str) -> Fact:
    return Fact(
        what=what,
        value=value,
        when=form.when,
        local_day=form.local_day,
        status=form.status,
        came_from=f"{form.came_from}#{item}",
    )


def items_about_suicide(definition: Instrument) -> frozenset[str]:
    """The safety items that are more than a note for whoever reads the form."""
    return frozenset(
        rule.item
        for rule in definition.scoring.safety
        if any(level is not SafetyLevel.NOTE for _, level in rule.levels)
    )
