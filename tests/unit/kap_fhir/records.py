"""Records of an invented person, written as other systems write them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from kap.screening.record import PersonRecord
from kap.vocabulary.facts import Fact
from kap_fhir.reading import Reading, read_people

ANN: dict[str, Any] = {"resourceType": "Patient", "id": "ann", "birthDate": "1980-05-17"}
SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
LOINC = "http://loinc.org"
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"


def coded(system: str, code: str, display: str = "") -> dict[str, Any]:
    """A concept with one code."""
    return {"coding": [{"system": system, "code": code, "display": display}]}


SCHIZOPHRENIA = coded(SNOMED, "58214004", "Schizophrenia")
LORAZEPAM = coded(RXNORM, "6470", "lorazepam")


def status(code: str) -> dict[str, Any]:
    """A clinical or verification status as R4 writes it."""
    return {"coding": [{"code": code}]}


def condition(**more: Any) -> dict[str, Any]:
    """Schizophrenia on the problem list, unless it says otherwise."""
    return {"resourceType": "Condition", "id": "c1", "code": SCHIZOPHRENIA, **more}


def observation(code: str, **more: Any) -> dict[str, Any]:
    """A final observation with a LOINC code."""
    seen = {"status": "final", "effectiveDateTime": "2026-03-04T09:30:00-07:00"}
    return {"resourceType": "Observation", "id": "o1", "code": coded(LOINC, code), **seen, **more}


def quantity(value: float | int, unit: str) -> dict[str, Any]:
    """A number with a UCUM unit."""
    return {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}


def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    """A bundle of resources without addresses."""
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}


def reading(record: Any, on: date | None = None) -> Reading:
    """What is read from one JSON document."""
    return read_people(json.dumps(record).encode(), on=on)


def of_ann(*resources: dict[str, Any], on: date | None = None) -> PersonRecord:
    """What is read about Ann, of whom these resources are unless they say otherwise."""
    whole = [{"subject": {"reference": "Patient/ann"}, **one} for one in resources]
    return next(one for one in reading(bundle(ANN, *whole), on).people if one.person == "ann")


def facts_of_ann(*resources: dict[str, Any], on: date | None = None) -> list[Fact]:
    """Her facts but her birth date."""
    return [fact for fact in of_ann(*resources, on=on).facts if fact.what != "birth-date"]


def told(facts: list[Fact]) -> list[tuple[str, str, str]]:
    """Each fact as its concept, its course and how well it is known."""
    return [(one.what, one.course.value if one.course else "", one.status.value) for one in facts]


def reasons(record: PersonRecord) -> dict[str, str]:
    """What was not understood about a person, by its place."""
    return {one.came_from: str(one.why) for one in record.not_understood}
