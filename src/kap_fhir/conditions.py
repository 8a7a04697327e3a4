"""Conditions a person has, had, or that run in the family."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kap.screening import recognition
from kap.screening.record import NotUnderstood
from kap.vocabulary.facts import Course, Fact
from kap.vocabulary.sentences import Sentence, sentence
from kap_fhir import recognizing
from kap_fhir.entries import MODIFIED, Entry, is_modified
from kap_fhir.references import Names
from kap_fhir.shapes import codes_of, codings_of, concepts_of, items_of, object_of, text_of, words_of
from kap_fhir.standing import BY_STATUS, Standing, of_condition, status_of
from kap_fhir.when import When, first_said

NO_CODE = Sentence("It says neither in a code nor in words what it is about.")
NO_DATE = Sentence("Its date cannot be read, so it counts without one.")
HEALTH_UNKNOWN = Sentence("The health of this relative is not known.")
# Parts of the words and of the codes (v3-RoleCode: CHLDADOPT, STPMTH, BROINLAW, …) for kin without blood.
_NO_BLOOD = (
    *("adopt", "foster", "fost", "step", "stp", "in-law", "inlaw", "spouse", "husband", "wife", "husb"),
    *("partner", "dompart", "friend"),
)

Found = Iterator[Fact | NotUnderstood]


def read_condition(entry: Entry, names: Names, on: date | None) -> Found:
    """The conditions an entry of the problem list tells of."""
    standing = of_condition(entry.resource, on)
    if standing is None:
        return
    code = entry.resource.get("code")
    onset = first_said(entry.resource, "onsetDateTime", "onsetPeriod", "recordedDate")
    if onset.is_unreadable:
        yield entry.unclear("onsetDateTime", NO_DATE)
    if standing.course is not Course.ACTIVE or not _is_of_a_visit(entry):
        yield from facts_of(entry, "code", code, standing, onset)
        yield from _another(entry, code, standing, onset)
        return
    # It was there on that day; whether it still is, nobody says.
    doubted = replace(standing, is_sure=False)
    yield from facts_of(entry, "code", code, doubted, onset)
    yield from _another(entry, code, doubted, onset)
    was = facts_of(entry, "code", code, replace(standing, course=Course.PAST), onset)
    yield from (found for found in was if isinstance(found, Fact))


def _another(entry: Entry, code: object, standing: Standing, since: When) -> Iterator[Fact]:
    """A condition no rule asks about; a problem list without it would read as one on which it is not."""
    words = words_of(code)
    if words and not recognizing.denies(words) and not recognizing.condition(code):
        yield Fact(
            what="condition:other",
            value=words,
            when=since.at,
            local_day=since.local_day,
            status=standing.status(),
            course=standing.course,
            came_from=entry.at("code"),
        )


def _is_of_a_visit(entry: Entry) -> bool:
    """Whether it is what a visit was about, of which nobody keeps saying whether it is still there."""
    categories = {code for one in items_of(entry.resource.get("category")) for code in codes_of(one)}
    return "encounter-diagnosis" in categories and not codes_of(entry.resource.get("clinicalStatus"))


def facts_of(entry: Entry, element: str, concept: object, standing: Standing, since: When) -> Found:
    """One fact for each concept a code stands for; what the code itself says of the course rules."""
    found = recognizing.condition(concept)
    for known in found:
        yield Fact(
            what=known.concept,
            value=recognizing.said(known),
            when=since.at,
            local_day=since.local_day,
            status=standing.status(known.is_doubtful),
            course=known.course or standing.course,
            came_from=entry.at(element),
        )
    if not found:
        yield entry.unclear(element, _not_known(concept))


def read_family(entry: Entry, names: Names, on: date | None) -> Found:
    """What runs in the family, and whether the relative is a near one; kin without blood does not count."""
    standing = BY_STATUS[entry.kind].get(status_of(entry.kind, entry.resource))
    if standing is None:
        return
    if status_of(entry.kind, entry.resource) == "health-unknown":
        yield entry.unclear("status", HEALTH_UNKNOWN)
    relationship = object_of(entry.resource.get("relationship"))
    if _is_kin_without_blood(relationship):
        return
    kinship = recognition.kinship(codings_of(relationship), text_of(relationship.get("text")))
    told = first_said(entry.resource, "date")
    for place, condition in enumerate(items_of(entry.resource.get("condition"))):
        element = f"condition[{place}].code"
        if is_modified(condition):
            yield entry.unclear(element, MODIFIED)
            continue
        known = Standing(kinship, standing.is_sure)
        for found in facts_of(entry, element, condition.get("code"), known, told):
            # What the code says of its course ("in remission"), it says of the relative.
            yield replace(found, course=kinship) if isinstance(found, Fact) else found


def concepts_told(entry: Entry) -> Iterator[str]:
    """The concepts a condition speaks of, whatever it says about them."""
    return (known.concept for known in recognizing.condition(entry.resource.get("code")))


def reasons_of(entry: Entry) -> Iterator[tuple[str, object]]:
    """Each reason given for a visit or a procedure, with its place."""
    for place, reason in enumerate(concepts_of(entry.resource.get("reasonCode"))):
        yield f"reasonCode[{place}]", reason


def _is_kin_without_blood(relationship: object) -> bool:
    said = {words_of(relationship).lower(), *codes_of(relationship)}
    return any(part in one for one in said for part in _NO_BLOOD)


def _not_known(concept: object) -> Sentence:
    words = words_of(concept)
    return sentence("No screening rule knows {words}.", words=words) if words else NO_CODE
