"""Forms whose answers may speak of suicide: as one response, as a panel, or as one observation an item.

A response is known by the LOINC codes of its items, or by what it says it answers: the panel's LOINC code, or
our own name for the form (`urn:openkap:cssrs-screener`). An item's number alone names no form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from kap.instruments.definition import Instrument, Item
from kap.screening.code_tables import LOINC, system_of
from kap.screening.filled_forms import FilledForm, forms_about_suicide, items_about_suicide
from kap.screening.record import NotUnderstood
from kap.vocabulary.errors import InputError
from kap.vocabulary.facts import FactStatus
from kap.vocabulary.sentences import Sentence
from kap_fhir.conditions import NO_DATE
from kap_fhir.entries import Entry
from kap_fhir.questionnaires import answer_in, keys_of, verified_codes
from kap_fhir.responses import items_in
from kap_fhir.shapes import JsonObject, codings_of, items_of, object_of, text_of
from kap_fhir.standing import Standing
from kap_fhir.when import first_said

OUR_FORMS: Final = "urn:openkap:"
NO_ANSWER = Sentence("This answer is none that the form can have.")
Said = Iterator[NotUnderstood | FilledForm]


@dataclass(frozen=True, slots=True)
class Answered:
    """A form that was answered, and the names its items go by in this response."""

    definition: Instrument
    items: Mapping[str, str]


def form_answered(entry: Entry, asked: str) -> Answered | None:
    """Which form about suicide a response answers; None where it answers none, or nothing about suicide."""
    named = asked.rpartition("/")[2]
    for definition in forms_about_suicide().values():
        panels = {str(group.panel) for group in verified_codes(definition) if group.panel}
        if asked == f"{OUR_FORMS}{definition.id}" or named in panels:
            ours = {item.id: item.id for item in definition.items}
            return Answered(definition, {**_coded(definition), **ours})
    held = {key for item in items_in(entry) if not isinstance(item, NotUnderstood) for key in keys_of(item)}
    for definition in forms_about_suicide().values():
        items = _coded(definition)
        if any(code in held and item in items_about_suicide(definition) for code, item in items.items()):
            return Answered(definition, items)
    return None


def read_form(entry: Entry, answered: Answered, standing: Standing, *, is_finished: bool) -> Said:
    """One response as far as it was filled in; a second answer to one item stands as another form."""
    told = first_said(entry.resource, "authored")
    if told.is_unreadable:
        yield entry.unclear("authored", NO_DATE)
    forms: list[dict[str, object]] = [{}]
    for given in _given(entry, answered):
        if isinstance(given, NotUnderstood):
            yield given
            continue
        free = next((form for form in forms if given[0] not in form), None)
        if free is None:
            forms.append(free := {})
        free.update([given])
    is_sure = (standing.is_sure or not is_finished) and not entry.is_contested
    for answers in forms:
        yield FilledForm(
            definition=answered.definition,
            answers=answers,
            when=told.at,
            local_day=told.local_day,
            status=FactStatus.RECORDED if is_sure else FactStatus.DOUBTFUL,
            came_from=entry.label,
            is_finished=is_finished,
        )


def _given(entry: Entry, answered: Answered) -> Iterator[NotUnderstood | tuple[str, object]]:
    """Each answer to an item of the form, by the item's id."""
    for item in items_in(entry):
        if isinstance(item, NotUnderstood):
            yield item
            continue
        name = next((answered.items[key] for key in keys_of(item) if key in answered.items), "")
        for answer in items_of(item.get("answer")) if name else ():
            try:
                yield name, answer_in(answer, answered.definition.item(name), answered.definition)
            except InputError:
                yield entry.unclear(text_of(item.get("linkId")) or "item", NO_ANSWER)


def item_observed(concept: object) -> tuple[Instrument, Item] | None:
    """The item of a form about suicide that an observation answers, by its LOINC code."""
    codes = (code.strip() for system, code, _ in codings_of(concept) if system_of(system) == LOINC)
    return next((_by_code()[code] for code in codes if code in _by_code()), None)


def read_item(entry: Entry, element: str, part: JsonObject, item: tuple[Instrument, Item]) -> Said:
    """One item that was sent as an observation; the day of the observation is its day."""
    definition, asked = item
    try:
        given = _value(part, asked, definition)
    except InputError:
        yield entry.unclear(element, NO_ANSWER)
        return
    yield FilledForm(
        definition=definition,
        answers={asked.id: given},
        when=None,
        came_from=entry.label,
        is_part=True,
    )


def _value(part: JsonObject, asked: Item, definition: Instrument) -> object:
    concept = object_of(part.get("valueCodeableConcept"))
    quantity = object_of(part.get("valueQuantity"))
    if quantity:
        return quantity.get("value")
    if not concept:
        return answer_in(part, asked, definition)
    for coding in items_of(concept.get("coding")):
        try:
            return answer_in({"valueCoding": coding}, asked, definition)
        except InputError:
            continue
    return answer_in({"valueString": text_of(concept.get("text"))}, asked, definition)


def _coded(definition: Instrument) -> dict[str, str]:
    return {str(code): item for group in verified_codes(definition) for item, code in group.items.items()}


@cache
def _by_code() -> Mapping[str, tuple[Instrument, Item]]:
    return {
        code: (definition, definition.item(item))
        for definition in forms_about_suicide().values()
        for code, item in _coded(definition).items()
        if item in items_about_suicide(definition)
    }
