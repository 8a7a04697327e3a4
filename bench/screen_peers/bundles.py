"""Invented records like Synthea's: one bundle a person, in its proportions of kinds of resources."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

Json = dict[str, Any]
_FIRST = ("Ada", "Ben", "Cleo", "Dana", "Eli", "Fay", "Gus", "Hana", "Ivo", "June", "Kofi", "Lea")
_LAST = ("Abbot", "Barros", "Castle", "Dunbar", "Eklund", "Farrow", "Greer", "Hollis", "Imani", "Jarvis")
_SNOMED, _LOINC = "http://snomed.info/sct", "http://loinc.org"
_CONDITIONS = (
    ("59621000", "Hypertension"), ("128613002", "Seizure disorder"), ("10509002", "Acute bronchitis"),
    ("444814009", "Viral sinusitis"), ("162864005", "Body mass index 30+ - obesity"),
    ("38341003", "Hypertension"),
)  # fmt: skip
_MEDICINES = (
    ("316049", "Hydrochlorothiazide 25 MG"), ("314076", "lisinopril 10 MG Oral Tablet"),
    ("313782", "Acetaminophen 325 MG Oral Tablet"), ("860975", "24 HR Metformin hydrochloride 500 MG"),
)  # fmt: skip
_MEASURES = (
    ("8302-2", "Body Height", 175, "cm"), ("29463-7", "Body Weight", 80, "kg"),
    ("8867-4", "Heart rate", 70, "/min"),
    ("1742-6", "Alanine aminotransferase", 25, "U/L"), ("1920-8", "Aspartate aminotransferase", 25, "U/L"),
    ("1975-2", "Total bilirubin", 1, "mg/dL"), ("2339-0", "Glucose", 90, "mg/dL"),
    ("39156-5", "BMI", 26, "kg/m2"),
    ("2947-0", "Sodium", 140, "mmol/L"), ("6298-4", "Potassium", 4, "mmol/L"),
    ("38483-4", "Creatinine", 1, "mg/dL"),
)  # fmt: skip
# Of a hundred of Synthea's resources, without the places, people at work and goals around them.
_PROPORTIONS = {
    "Observation": 55, "Encounter": 14, "Procedure": 12, "DiagnosticReport": 4, "Condition": 4,
    "MedicationRequest": 4, "Immunization": 3, "CarePlan": 1,
}  # fmt: skip
_EACH = 300


def bundles(count: int, seed: int) -> list[Json]:
    """So many people's records, always the same for the same seed."""
    chance = Random(seed)
    return [_bundle(chance, number) for number in range(count)]


def _bundle(chance: Random, number: int) -> Json:
    patient = _patient(chance, number)
    whose = {"reference": f"urn:uuid:{patient['id']}"}
    kinds = chance.choices(list(_PROPORTIONS), list(_PROPORTIONS.values()), k=_EACH)
    made = [patient, *(_one(kind, chance, whose) for kind in kinds)]
    entries = [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in made]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _patient(chance: Random, number: int) -> Json:
    last = f"{chance.choice(_LAST)}{_letters(number)}{_letters(chance.randrange(26**3))}"
    return {
        "resourceType": "Patient",
        "id": _id(chance),
        "name": [{"use": "official", "family": last, "given": [chance.choice(_FIRST)]}],
        "gender": chance.choice(("female", "male", "other")),
        "birthDate": str(date(1940, 1, 1) + timedelta(days=chance.randrange(24_000))),
        "telecom": [{"system": "phone", "value": f"555-01{number % 100:02}"}],
        "communication": [{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "en-US"}]}}],
    }


def _one(kind: str, chance: Random, whose: Json) -> Json:
    day = date(2010, 1, 1) + timedelta(days=chance.randrange(6000))
    at = f"{day}T09:53:19+00:00"
    about = {"resourceType": kind, "id": _id(chance), "subject": whose}
    match kind:
        case "Observation":
            return {**about, **_observation(chance, at)}
        case "Condition":
            return {**about, **_condition(chance), "onsetDateTime": at, "recordedDate": at}
        case "MedicationRequest":
            medicine = _coded("http://www.nlm.nih.gov/research/umls/rxnorm", *chance.choice(_MEDICINES))
            status = chance.choice(("active", "stopped"))
            return {
                **about, "status": status, "intent": "order", "medicationCodeableConcept": medicine,
                "authoredOn": at,
            }  # fmt: skip
        case "Encounter":
            period = {"start": at, "end": at}
            return {**about, "status": "finished", "class": {"code": "AMB"}, "period": period}
    del about["subject"]
    held = {"patient": whose} if kind == "Immunization" else {"subject": whose}
    coded = _coded(_SNOMED, "430193006", "Medication reconciliation (procedure)")
    return {**about, **held, "status": "completed", "code": coded, "performedDateTime": at}


def _observation(chance: Random, at: str) -> Json:
    told: Json = {"status": "final", "effectiveDateTime": at, "issued": at}
    if chance.random() < 0.15:
        parts = [
            ("8462-4", "Diastolic", chance.randrange(60, 110)),
            ("8480-6", "Systolic", chance.randrange(95, 180)),
        ]
        component = [
            {"code": _coded(_LOINC, code, name), "valueQuantity": _quantity(value, "mm[Hg]")}
            for code, name, value in parts
        ]
        return {**told, "code": _coded(_LOINC, "55284-4", "Blood Pressure"), "component": component}
    code, name, usual, unit = chance.choice(_MEASURES)
    value = round(usual * chance.uniform(0.7, 1.5), 4)
    return {**told, "code": _coded(_LOINC, code, name), "valueQuantity": _quantity(value, unit)}


def _condition(chance: Random) -> Json:
    standing = "http://terminology.hl7.org/CodeSystem/condition"
    status = chance.choice(("active", "resolved"))
    return {
        "code": _coded(_SNOMED, *chance.choice(_CONDITIONS)),
        "clinicalStatus": {"coding": [{"system": f"{standing}-clinical", "code": status}]},
        "verificationStatus": {"coding": [{"system": f"{standing}-ver-status", "code": "confirmed"}]},
    }


def _coded(system: str, code: str, name: str) -> Json:
    return {"coding": [{"system": system, "code": code, "display": name}], "text": name}


def _quantity(value: float, unit: str) -> Json:
    return {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}


def _id(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))


def _letters(number: int) -> str:
    return "".join(chr(97 + number // 26**at % 26) for at in range(3))
