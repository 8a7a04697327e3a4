"""Small records of two invented people, of every kind the reader reads, in the shapes bundles come in."""

from __future__ import annotations

import json
from typing import Any, Final

HERE: Final = "https://here.example/fhir"
SNOMED, LOINC = "http://snomed.info/sct", "http://loinc.org"


def _concept(system: str, code: str, display: str = "") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def _reference(style: str, id: str) -> dict[str, Any]:
    literal = {
        "relative": f"Patient/{id}",
        "absolute": f"{HERE}/Patient/{id}",
        "urn": f"urn:uuid:{id}",
        "line": f"Patient/{id}",
        "parameters": f"Patient/{id}",
    }
    return {"reference": literal[style], "display": id} if style != "identifier" else {"identifier": _mrn(id)}


def _mrn(id: str) -> dict[str, str]:
    return {"system": "http://here.example/mrn", "value": f"mrn-{id}"}


def _patient(id: str) -> dict[str, Any]:
    return {"resourceType": "Patient", "id": id, "birthDate": "1980-05-17", "identifier": [_mrn(id)]}


def _resources(id: str, style: str) -> list[dict[str, Any]]:
    subject = _reference(style, id)
    number = {"value": 120.5, "unit": "U/L", "system": "http://unitsofmeasure.org", "code": "U/L"}
    halves = [
        {"code": _concept(LOINC, code), "valueQuantity": {"value": value, "unit": "mm[Hg]", "code": "mm[Hg]"}}
        for code, value in (("8480-6", 118), ("8462-4", 76))
    ]
    seen = {"status": "final", "effectiveDateTime": "2026-03-04T09:30:00-07:00", "subject": subject}
    tablet = {"resourceType": "Medication", "id": "t", "code": _concept("", "", "lorazepam 1 mg")}
    inner = {"resourceType": "Observation", "id": "o", "status": "final", "valueQuantity": number}
    return [
        {"resourceType": "Condition", "subject": subject, "code": _concept(SNOMED, "58214004", "Psychosis"),
         "clinicalStatus": {"coding": [{"code": "active"}]}, "onsetDateTime": "1999-05"},
        {"resourceType": "AllergyIntolerance", "patient": subject, "recordedDate": "2020",
         "code": _concept("http://www.nlm.nih.gov/research/umls/rxnorm", "6130", "ketamine"),
         "reaction": [{"substance": _concept("", "", "ketamine")}]},
        {"resourceType": "MedicationRequest", "status": "active", "intent": "order", "subject": subject,
         "contained": [tablet], "medicationReference": {"reference": "#t"}, "authoredOn": "2026-01-01"},
        {"resourceType": "MedicationStatement", "status": "active", "subject": subject,
         "effectivePeriod": {"start": "2026"}, "medicationCodeableConcept": {"text": "Lorazepam"}},
        {"resourceType": "Observation", "code": _concept(LOINC, "1742-6"), "valueQuantity": number,
         "referenceRange": [{"high": number, "text": "7-56 U/L"}], **seen},
        {"resourceType": "Observation", "code": _concept(LOINC, "21198-7"), **seen,
         "valueQuantity": {"value": 5, "comparator": "<", "unit": "mIU/mL"}},
        {"resourceType": "Condition", "subject": subject, "code": _concept(SNOMED, "77386006", "Pregnant"),
         "category": [{"coding": [{"code": "encounter-diagnosis"}]}], "recordedDate": "2025-01-01"},
        {"resourceType": "Observation", "code": _concept(LOINC, "85354-9"), "component": halves, **seen},
        {"resourceType": "DiagnosticReport", "contained": [{**inner, "code": _concept(LOINC, "1920-8")}],
         "result": [{"reference": "#o"}], **seen},
        {"resourceType": "FamilyMemberHistory", "status": "completed", "patient": subject,
         "relationship": _concept("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "MTH"),
         "condition": [{"code": _concept(SNOMED, "58214004")}]},
        {"resourceType": "Encounter", "status": "finished", "subject": subject,
         "reasonCode": [_concept(SNOMED, "77386006")], "period": {"start": "2020-01-01"}},
        {"resourceType": "QuestionnaireResponse", "questionnaire": "urn:openkap:history", "subject": subject,
         "status": "completed", "authored": "2026-03-04",
         "item": [{"linkId": "escort", "answer": [{"valueBoolean": True}]}]},
        {"resourceType": "QuestionnaireResponse", "questionnaire": "http://loinc.org/q/93373-9|1",
         "status": "completed", "subject": subject, "authored": "2026-03-04T09:40:00-07:00",
         "item": [{"linkId": f"/{code}", "answer": [{"valueCoding": {"code": "LA32-8", "system": LOINC}}]}
                  for code in ("93246-7", "93247-5", "93267-3")]},
        {"resourceType": "Observation", "code": _concept(LOINC, "44260-8"), **seen,
         "valueCodeableConcept": _concept(LOINC, "LA6569-3", "Several days")},
    ]  # fmt: skip


def _record(style: str) -> str:
    slots = []
    for id in ("ann", "bob"):
        for place, resource in enumerate([_patient(id), *_resources(id, style)]):
            named = {"id": f"{id}-{place}", **resource}
            slots.append({"fullUrl": _address(style, named), "resource": named})
    if style == "line":
        return "\n".join(json.dumps(slot["resource"]) for slot in slots)
    if style == "parameters":
        ann, bob = (
            [slot["resource"] for slot in slots if slot["resource"]["id"].startswith(id)]
            for id in ("ann", "bob")
        )
        parts = [{"name": "one", "resource": one} for one in bob]
        whole = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in ann]}
        return json.dumps(
            {
                "resourceType": "Parameters",
                "parameter": [{"name": "ann", "resource": whole}, {"name": "bob", "part": parts}],
            }
        )
    return json.dumps({"resourceType": "Bundle", "type": "searchset", "entry": slots})


def _address(style: str, resource: dict[str, Any]) -> str | None:
    kind, id = resource["resourceType"], resource["id"]
    return {"absolute": f"{HERE}/{kind}/{id}", "urn": f"urn:uuid:{id}"}.get(style)


STYLES: Final = ("relative", "absolute", "urn", "identifier", "line", "parameters")
RECORDS: Final = {style: _record(style) for style in STYLES}
