"""A record of our own making in the shape Synthea writes: a transaction of entries that point by urn:uuid.

Source: the shape is that of the Synthea bundles in smart-on-fhir/generated-sample-data (R4/SYNTHEA); the
person, her ids and her results are invented.
"""

from __future__ import annotations

import gzip
import json
from typing import Any
from uuid import UUID, uuid5

_SPACE = UUID("5a3f2c1e-7c55-4f0e-9d6b-2b0f3c8a7d10")
_PATIENT = str(uuid5(_SPACE, "Patient/marisol"))
_SNOMED, _LOINC = "http://snomed.info/sct", "http://loinc.org"
_UCUM = "http://unitsofmeasure.org"
_ACTIVE = {
    "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical",
                                   "code": "active"}]},
    "verificationStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status",
                                       "code": "confirmed"}]},
}  # fmt: skip


def record_of_marisol() -> bytes:
    """Write, gzipped, what St. Anne's Hospital keeps of Marisol Vega: a coiled aneurysm, old readings."""
    resources = [
        _patient(),
        _about("Encounter", "e1", status="finished", type=[_coded(_SNOMED, "185347001", "Encounter")],
               **{"class": {"code": "AMB"}}, period={"start": "2019-05-02T09:00:00-06:00"}),
        _condition("c1", "128609009", "Intracranial aneurysm (disorder)", "2019-05-02"),
        _condition("c2", "370143000", "Major depression disorder", "2016-02-11"),
        _about("Condition", "c3", code={"text": "tired since the move"}, onsetDateTime="2024-09", **_ACTIVE),
        _pressure("o1", 138, 86, "2024-10-07"),
        _measured("o2", "1742-6", "Alanine aminotransferase", 24, "U/L", "2024-10-07"),
        _measured("o3", "1920-8", "Aspartate aminotransferase", 21, "U/L", "2024-10-07"),
        _about("MedicationRequest", "m1", status="active", intent="order", authoredOn="2024-10-07",
               medicationCodeableConcept=_coded("http://www.nlm.nih.gov/research/umls/rxnorm", "312941",
                                                "sertraline 50 MG Oral Tablet")),
        _about("DiagnosticReport", "r1", status="final", code=_coded(_LOINC, "51990-0", "Metabolic panel")),
    ]  # fmt: skip
    entries = [
        {
            "fullUrl": f"urn:uuid:{one['id']}",
            "resource": one,
            "request": {"method": "POST", "url": one["resourceType"]},
        }
        for one in resources
    ]
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    return gzip.compress(json.dumps(bundle).encode(), mtime=0)


def _patient() -> dict[str, Any]:
    social = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "SS"}]}
    return {
        "resourceType": "Patient", "id": _PATIENT, "gender": "female", "birthDate": "1984-03-27",
        "identifier": [
            {"system": "https://github.com/synthetichealth/synthea", "value": _PATIENT},
            {"type": social, "system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-95-0000"},
        ],
        "name": [{"use": "official", "family": "Vega", "given": ["Marisol"], "prefix": ["Ms."]},
                 {"use": "maiden", "family": "Prado", "given": ["Marisol"]}],
        "communication": [{"language": _coded("urn:ietf:bcp:47", "es", "Spanish")}],
        "address": [{"line": ["690 Raynor Byway"], "city": "Salida", "state": "CO", "postalCode": "81201"}],
    }  # fmt: skip


def _about(kind: str, name: str, **more: Any) -> dict[str, Any]:
    id = str(uuid5(_SPACE, f"{kind}/{name}"))
    return {"resourceType": kind, "id": id, "subject": {"reference": f"urn:uuid:{_PATIENT}"}, **more}


def _condition(name: str, code: str, words: str, since: str) -> dict[str, Any]:
    return _about("Condition", name, code=_coded(_SNOMED, code, words), onsetDateTime=since, **_ACTIVE)


def _measured(name: str, code: str, words: str, value: float, unit: str, on: str) -> dict[str, Any]:
    amount = _amount(value, unit)
    told = {"code": _coded(_LOINC, code, words), "effectiveDateTime": f"{on}T09:18:02-06:00"}
    return _about("Observation", name, status="final", valueQuantity=amount, **told)


def _pressure(name: str, upper: int, lower: int, on: str) -> dict[str, Any]:
    parts = [
        {"code": _coded(_LOINC, "8462-4", "Diastolic"), "valueQuantity": _amount(lower, "mm[Hg]")},
        {"code": _coded(_LOINC, "8480-6", "Systolic"), "valueQuantity": _amount(upper, "mm[Hg]")},
    ]
    told = {"code": _coded(_LOINC, "55284-4", "Blood Pressure"), "effectiveDateTime": f"{on}T09:18:02-06:00"}
    return _about("Observation", name, status="final", component=parts, **told)


def _coded(system: str, code: str, words: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": words}], "text": words}


def _amount(value: float, unit: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "system": _UCUM, "code": unit}
