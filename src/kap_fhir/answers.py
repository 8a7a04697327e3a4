"""Answers to the structured history, and to forms about suicide; other questionnaires are kept, and named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from kap.screening.filled_forms import FilledForm
from kap.screening.history import Answer, Response
from kap.screening.questions import packaged_history
from kap.screening.record import NotUnderstood
from kap.vocabulary.facts import FactStatus
from kap.vocabulary.sentences import Sentence, sentence
from kap_fhir.conditions import NO_DATE
from kap_fhir.entries import Entry
from kap_fhir.forms import form_answered, read_form
from kap_fhir.medicines import NO_STATUS
from kap_fhir.references import Names
from kap_fhir.responses import items_in
from kap_fhir.shapes import JsonObject, items_of, object_of, text_of
from kap_fhir.standing import BY_STATUS, status_of
from kap_fhir.when import first_said

UNNAMED: Final = Sentence("These answers do not say which questionnaire they belong to.")
_CLINICIANS: Final = ("Practitioner", "PractitionerRole")
# Broken off or still being filled in: a yes that is there counts, and what is missing is not a no.
_UNFINISHED: Final = ("in-progress", "stopped")


def read_answers(
    entry: Entry, names: Names, on: date | None
) -> Iterator[NotUnderstood | Response | FilledForm]:
    """One filled-in history or form; a clinician who wrote a history down went through it with the person."""
    status = status_of(entry.kind, entry.resource)
    if status not in BY_STATUS[entry.kind]:
        yield entry.unclear("status", NO_STATUS)
        return
    standing = BY_STATUS[entry.kind][status]
    if standing is None:
        return
    asked = text_of(entry.resource.get("questionnaire")).partition("|")[0]
    if asked != packaged_history().url:
        if answered := form_answered(entry, asked):
            yield from read_form(entry, answered, standing, is_finished=status not in _UNFINISHED)
            return
        why = sentence("{asked} is not the structured history that screening reads.", asked=asked)
        yield entry.unclear("questionnaire", why if asked else UNNAMED)
        return
    told = first_said(entry.resource, "authored")
    if told.is_unreadable:
        yield entry.unclear("authored", NO_DATE)
    answers = tuple(_answers(entry))
    yield from (one for one in answers if isinstance(one, NotUnderstood))
    known = standing.status() if not standing.is_sure or entry.is_contested else _recorded_by(entry)
    given = tuple(one for one in answers if isinstance(one, Answer))
    yield Response(answers=given, when=told.at, local_day=told.local_day, status=known)


def _recorded_by(entry: Entry) -> FactStatus:
    author = object_of(entry.resource.get("author"))
    by_reference = text_of(author.get("reference")).rpartition("/")[0].rpartition("/")[2]
    named = by_reference or text_of(author.get("type"))
    return FactStatus.CONFIRMED if named in _CLINICIANS else FactStatus.RECORDED


def _answers(entry: Entry) -> Iterator[Answer | NotUnderstood]:
    for item in items_in(entry):
        if isinstance(item, NotUnderstood):
            yield item
            continue
        link_id = text_of(item.get("linkId"))
        for answer in items_of(item.get("answer")):
            value = _value(answer)
            if value is not None:
                yield Answer(link_id, value, entry.at(link_id or "item"))


def _value(answer: JsonObject) -> bool | str | None:
    value: Any = next((answer[element] for element in answer if element.startswith("value")), None)
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return str(value)
    coding = object_of(value)
    return text_of(coding.get("code")) or text_of(coding.get("display")) or text_of(value) or None
