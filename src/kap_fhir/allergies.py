"""What a person reacts to, and what they only feel sick from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from kap.screening.recognition import Recognized
from kap.screening.record import NotUnderstood
from kap.vocabulary.facts import Course, Fact
from kap.vocabulary.sentences import sentence
from kap_fhir import recognizing
from kap_fhir.conditions import NO_CODE, NO_DATE
from kap_fhir.entries import MODIFIED, Entry, is_modified
from kap_fhir.references import Names
from kap_fhir.shapes import codes_of, items_of, object_of, words_of
from kap_fhir.standing import Standing, of_condition
from kap_fhir.when import When, first_said

# No known allergy of a kind (food, environment, latex): an answer, though not to what a rule asks.
# Source: HL7 FHIR R4 value set allergyintolerance-code, http://hl7.org/fhir/ValueSet/allergyintolerance-code
_NONE_OF_A_KIND: Final = {"429625007", "428607008", "1003774007"}


def read_allergy(entry: Entry, names: Names, on: date | None) -> Iterator[Fact | NotUnderstood]:
    """The substances a person reacts to, by what the allergy is called and by what caused each reaction."""
    standing = of_condition(entry.resource, on)
    code = entry.resource.get("code")
    if standing is None or codes_of(code) & _NONE_OF_A_KIND:
        return
    since = first_said(entry.resource, "onsetDateTime", "onsetPeriod", "recordedDate", "lastOccurrence")
    if since.is_unreadable:
        yield entry.unclear("onsetDateTime", NO_DATE)
    found = dict(_substances(entry))
    for known, element in found.items():
        if known.course is Course.DENIED and standing.course is not Course.ACTIVE:
            continue  # that there once was no allergy says nothing about now
        day = _told(entry) if known.course is Course.DENIED else since
        yield Fact(
            what=known.concept,
            value=recognizing.said(known),
            when=day.at,
            local_day=day.local_day,
            status=standing.status(known.is_doubtful),
            course=known.course or standing.course,
            came_from=entry.at(element),
        )
    if not found and not words_of(code).lower().startswith("no known"):
        yield _another(entry, standing, since)
    for place, reaction in enumerate(items_of(entry.resource.get("reaction"))):
        if is_modified(reaction):
            yield entry.unclear(f"reaction[{place}]", MODIFIED)


def _another(entry: Entry, standing: Standing, since: When) -> Fact | NotUnderstood:
    """An allergy to a substance no rule asks about; a chart without it would read as one without any."""
    words = words_of(entry.resource.get("code"))
    if not words:
        return entry.unclear("code", NO_CODE)
    if recognizing.denies(words):
        return entry.unclear("code", sentence("{words} denies something no rule asks about.", words=words))
    kind = "intolerance" if entry.resource.get("type") == "intolerance" else "allergy"
    return Fact(
        what=f"{kind}:other",
        value=words,
        when=since.at,
        local_day=since.local_day,
        status=standing.status(),
        course=standing.course,
        came_from=entry.at("code"),
    )


def _told(entry: Entry) -> When:
    """When somebody said that there is no allergy; no allergy has no onset."""
    return first_said(entry.resource, "recordedDate")


def _substances(entry: Entry) -> Iterator[tuple[Recognized, str]]:
    is_intolerance = entry.resource.get("type") == "intolerance"
    named = [("code", entry.resource.get("code"))]
    for place, reaction in enumerate(items_of(entry.resource.get("reaction"))):
        if not is_modified(reaction):
            named.append((f"reaction[{place}].substance", object_of(reaction.get("substance"))))
    seen: set[str] = set()
    for element, concept in named:
        for known in recognizing.allergy(concept, is_intolerance=is_intolerance):
            if known.concept not in seen:
                seen.add(known.concept)
                yield known, element
