"""What a person takes, took, was given or was handed, by its ingredients."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from kap.screening.record import NotUnderstood
from kap.vocabulary.facts import Course, Fact
from kap.vocabulary.sentences import Sentence, sentence
from kap_fhir import recognizing
from kap_fhir.conditions import NO_CODE, NO_DATE
from kap_fhir.entries import Entry, changed_meaning
from kap_fhir.references import Names
from kap_fhir.shapes import items_of, object_of, text_of, words_of
from kap_fhir.standing import BY_STATUS, Standing, status_of
from kap_fhir.when import NEVER_SAID, When, first_said, has_come, when

NO_STATUS = Sentence("Its status is none that FHIR R4 has, so nobody can say how it stands.")
DANGLING = Sentence("It names a medicine that is not in this file.")
_DATES: Final = {
    "MedicationRequest": ("authoredOn",),
    "MedicationStatement": ("effectiveDateTime", "effectivePeriod", "dateAsserted"),
    "MedicationAdministration": ("effectiveDateTime", "effectivePeriod"),
    "MedicationDispense": ("whenHandedOver", "whenPrepared"),
}
# Orders bind; a plan is followed where the person says so; the rest are ideas.
_ORDERED: Final = {"order", "original-order", "reflex-order", "filler-order", "instance-order", ""}


def read_medicine(entry: Entry, names: Names, on: date | None) -> Iterator[Fact | NotUnderstood]:
    """The ingredients of one prescription, statement, administration or hand-over."""
    status = status_of(entry.kind, entry.resource)
    if status not in BY_STATUS[entry.kind]:
        yield entry.unclear("status", NO_STATUS)
        return
    standing = BY_STATUS[entry.kind][status]
    if standing is None or entry.resource.get("doNotPerform") is True:
        return
    since = first_said(entry.resource, *_DATES[entry.kind])
    if since.is_unreadable:
        yield entry.unclear(_DATES[entry.kind][0], NO_DATE)
    standing = _considered(entry, standing, since, on)
    element, concepts = _concepts(entry, names)
    if isinstance(concepts, NotUnderstood):
        yield concepts
        return
    yield from _facts(entry.at(element), concepts, standing, since)


def _facts(
    came_from: str, concepts: list[object], standing: Standing, since: When
) -> Iterator[Fact | NotUnderstood]:
    seen: set[str] = set()
    for concept in concepts:
        for known in recognizing.medicine(concept):
            if known.concept in seen:
                continue
            seen.add(known.concept)
            yield Fact(
                what=known.concept,
                value=recognizing.said(known),
                when=since.at,
                local_day=since.local_day,
                status=standing.status(known.is_doubtful),
                course=known.course or standing.course,
                came_from=came_from,
            )
    if not seen:
        words = next((words for concept in concepts if (words := words_of(concept))), "")
        why = sentence("No screening rule knows the medicine {words}.", words=words) if words else NO_CODE
        yield NotUnderstood(came_from, why)
        if words and not recognizing.denies(words):
            yield _another(came_from, words, standing, since)


def _another(came_from: str, words: str, standing: Standing, since: When) -> Fact:
    """A medicine no rule asks about; a list without it would read as one on which it does not stand."""
    return Fact(
        what="ingredient:other",
        value=words,
        when=since.at,
        local_day=since.local_day,
        status=standing.status(),
        course=standing.course,
        came_from=came_from,
    )


def _considered(entry: Entry, standing: Standing, since: When, on: date | None) -> Standing:
    """What intent and dates add to the status."""
    intent = text_of(entry.resource.get("intent")).lower()
    is_followed = intent == "plan" and entry.resource.get("reportedBoolean") is True
    is_ordered = entry.kind != "MedicationRequest" or intent in _ORDERED or is_followed
    course = standing.course
    if course is Course.DENIED and since.at is None:
        # A no without a day answers nothing; that it was not taken is still not a yes.
        course = Course.PAST
    end = when(object_of(entry.resource.get("effectivePeriod")).get("end"))
    ended = course is Course.ACTIVE and end is not NEVER_SAID and on is not None and has_come(end, on)
    return Standing(course, standing.is_sure and is_ordered and not ended)


def _concepts(entry: Entry, names: Names) -> tuple[str, list[object] | NotUnderstood]:
    """What the medicine is called, here or in the resource this entry names."""
    inline = entry.resource.get("medicationCodeableConcept")
    if object_of(inline):
        return "medicationCodeableConcept", [inline]
    element = "medicationReference"
    reference = object_of(entry.resource.get(element))
    display = {"text": text_of(reference.get("display"))}
    medication = names.find(text_of(reference.get("reference")), "Medication", entry)
    if medication is None or medication.resource.get("status") == "entered-in-error":
        return element, [display] if display["text"] else entry.unclear(element, DANGLING)
    if why := changed_meaning(medication):
        return element, why
    parts = [
        part.get("itemCodeableConcept")
        for part in items_of(medication.resource.get("ingredient"))
        if part.get("isActive") is not False
    ]
    return element, [medication.resource.get("code"), *parts, display]
