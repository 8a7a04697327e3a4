"""What was observed: laboratory results, vital signs, items of forms, conditions it calls by code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from kap.screening import recognition
from kap.screening.code_tables import LOINC, Measured, system_of
from kap.screening.filled_forms import FilledForm
from kap.screening.recognition import Recognized
from kap.screening.record import NotUnderstood
from kap.vocabulary.facts import Course, Fact, FactValue
from kap.vocabulary.sentences import Sentence, sentence
from kap_fhir import recognizing
from kap_fhir.conditions import NO_DATE
from kap_fhir.entries import MODIFIED, Entry, is_modified
from kap_fhir.forms import item_observed, read_item
from kap_fhir.measures import number_of, upper_limit_of, value_element
from kap_fhir.medicines import NO_STATUS
from kap_fhir.pressures import HALVES, blood_pressure
from kap_fhir.references import Names
from kap_fhir.shapes import JsonObject, codes_of, codings_of, items_of, object_of, text_of, words_of
from kap_fhir.standing import BY_STATUS, Standing, status_of
from kap_fhir.when import When, first_said

NOT_LOINC = Sentence("It has no LOINC code, so nobody can say for sure what was measured.")
NO_VALUE = Sentence("No value was given.")
ABOUT_ANOTHER = Sentence("It was observed on somebody or something else than the person it is recorded for.")

_PREGNANCY_STATUS: Final = "82810-3"  # LOINC: the one observation whose value is a condition by definition
Found = Iterator[Fact | NotUnderstood | FilledForm]


def read_observation(entry: Entry, names: Names, on: date | None) -> Found:
    """The facts of one observation and of each of its components."""
    status = status_of(entry.kind, entry.resource)
    standing = BY_STATUS["Observation"].get(status)
    if status not in BY_STATUS["Observation"]:
        yield entry.unclear("status", NO_STATUS)
    if standing is None:
        return
    if entry.resource.get("focus"):
        yield entry.unclear("focus", ABOUT_ANOTHER)
        return
    seen = first_said(entry.resource, "effectiveDateTime", "effectiveInstant", "effectivePeriod")
    if seen.is_unreadable:
        yield entry.unclear("effectiveDateTime", NO_DATE)
    for found in _values(entry):
        if not isinstance(found, NotUnderstood):
            found = replace(found, when=seen.at, local_day=seen.local_day)
            found = found if standing.is_sure else replace(found, status=standing.status())
        yield found


def read_report(entry: Entry, names: Names, on: date | None) -> Found:
    """The observations written inside a report, and the conditions it concludes by code."""
    standing = BY_STATUS["DiagnosticReport"].get(status_of(entry.kind, entry.resource))
    if standing is None:
        return
    said = first_said(entry.resource, "effectiveDateTime", "effectivePeriod")
    for result in items_of(entry.resource.get("result")):
        literal = text_of(result.get("reference"))
        inner = names.find(literal, "Observation", entry) if literal.startswith("#") else None
        if inner:
            whose = inner.resource.get("subject")
            if whose and names.person(whose, entry) is not names.person_of(entry):
                yield inner.unclear("subject", ABOUT_ANOTHER)
                continue
            # What a report holds and gives no day of its own is of the day of the report.
            is_dated = any(element.startswith("effective") for element in inner.resource)
            for found in read_observation(inner, names, on):
                if not isinstance(found, NotUnderstood) and not is_dated:
                    found = replace(found, when=said.at, local_day=said.local_day)
                if not isinstance(found, NotUnderstood) and not standing.is_sure:
                    found = replace(found, status=standing.status())
                yield found
    for place, conclusion in enumerate(items_of(entry.resource.get("conclusionCode"))):
        yield from _named_condition(entry, f"conclusionCode[{place}]", conclusion, said)


def _values(entry: Entry) -> Found:
    resource = entry.resource
    parts = [("", resource), *((f"component[{n}].", part) for n, part in enumerate(_components(resource)))]
    pressures: dict[str, tuple[str, JsonObject]] = {}
    whole: str | None = None  # where the reading as a whole stands
    for prefix, part in parts:
        if prefix and is_modified(part):
            yield entry.unclear(prefix.rstrip("."), MODIFIED)
            continue
        if item := item_observed(part.get("code")):
            yield from read_item(entry, f"{prefix}{value_element(part)}", part, item)
            continue
        measured = recognizing.measurement(part.get("code"))
        if measured is None:
            yield from _not_measured(entry, prefix, part)
        elif measured.concept in HALVES:
            pressures.setdefault(measured.concept, (prefix, part))
        elif measured.concept == "blood-pressure":
            whole = f"{prefix}{value_element(part)}" if whole is None else whole
        else:
            yield from _measured(entry, prefix, part, measured)
    if pressures or whole is not None:
        yield from blood_pressure(entry, whole or "component", pressures)


def _components(resource: JsonObject) -> list[JsonObject]:
    return items_of(resource.get("component"))


def _measured(entry: Entry, prefix: str, part: JsonObject, measured: Measured) -> Found:
    """A number in the concept's own unit, or the word a test gave."""
    word = _word(part)
    if word and (measured.unit is None or measured.concept == "lab:hcg"):
        yield _fact(entry, f"{prefix}{value_element(part)}", measured.concept, word)
        return
    if measured.unit is None:
        yield entry.unclear(f"{prefix}{value_element(part)}", _no_word(part))
        return
    number = number_of(part, measured)
    if isinstance(number, Sentence):
        yield entry.unclear(f"{prefix}{value_element(part)}", number)
        return
    limit = upper_limit_of(part, measured)
    if isinstance(limit, Sentence):
        yield entry.unclear(f"{prefix}referenceRange", limit)
    yield Fact(
        what=measured.concept,
        value=number,
        unit=measured.unit,
        upper_limit=limit if isinstance(limit, Decimal) else None,
        came_from=entry.at(f"{prefix}{value_element(part)}"),
    )


def _not_measured(entry: Entry, prefix: str, part: JsonObject) -> Found:
    """Nothing for what has a code no rule uses; a word for what has no code to know it by."""
    concept, value = part.get("code"), part.get("valueCodeableConcept")
    if value and _named(value):
        yield from _named_condition(entry, f"{prefix}valueCodeableConcept", value, When(), codes_of(concept))
    elif not _has_loinc(concept) and not _components(part):
        yield entry.unclear(f"{prefix}code", NOT_LOINC)


def _has_loinc(concept: object) -> bool:
    return any(system_of(system) == LOINC for system, _, _ in codings_of(concept))


def _named_condition(
    entry: Entry, element: str, concept: object, said: When, codes: set[str] | None = None
) -> Found:
    """A condition that an observation or a report names: a reason to ask, and sure only of a pregnancy."""
    is_definite = codes is not None and _PREGNANCY_STATUS in codes
    for known in _named(concept):
        yield Fact(
            what=known.concept,
            value=recognizing.said(known),
            when=said.at,
            local_day=said.local_day,
            status=Standing(None, is_definite).status(known.is_doubtful),
            course=known.course or Course.ACTIVE,
            came_from=entry.at(element),
        )


def _named(concept: object) -> list[Recognized]:
    # By code only: a wish for a pregnancy, or the fear of one, has its words too.
    return [known for known in recognizing.condition(concept) if not known.is_by_name]


def _fact(entry: Entry, element: str, what: str, value: FactValue) -> Fact:
    return Fact(what=what, value=value, came_from=entry.at(element))


def _word(part: JsonObject) -> str | None:
    """Whether a test said yes or no, by its value, else by how the laboratory read it."""
    if isinstance(truth := part.get("valueBoolean"), bool):
        return "positive" if truth else "negative"
    concept = part.get("valueCodeableConcept")
    words = text_of(part.get("valueString")) or text_of(object_of(concept).get("text"))
    if word := recognition.result(codings_of(concept), words):
        return word
    if concept or words:
        return None
    readings = (
        recognition.result(codings_of(one), text_of(one.get("text")))
        for one in items_of(part.get("interpretation"))
    )
    return next((reading for reading in readings if reading), None)


def _no_word(part: JsonObject) -> Sentence:
    words = words_of(part.get("valueCodeableConcept")) or text_of(part.get("valueString"))
    return sentence("{words} says neither yes nor no.", words=words) if words else NO_VALUE
