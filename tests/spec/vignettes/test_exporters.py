"""Records in the shapes of their senders.

Hospitals, insurers and apps, written by us with invented people. What differs between senders is where a code stands, how a medicine is named, what is left out and what is added;
what is known about the person afterwards is the same.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.spec.vignettes.records import ANN, Resource, concept, given, patient, quantity, read, sent, status

R4_CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category"
EXTENSION = {"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race", "extension": []}
ABSENT = {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}


def entry(kind: str, **parts: Any) -> Resource:
    """A resource of Ann's."""
    return {"resourceType": kind, "id": "x1", "subject": ANN, **parts}


SENT: dict[str, tuple[list[Resource], str]] = {
    "Epic: three codes of one problem, the text beside them": (
        [entry("Condition",
               clinicalStatus={"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical",
                                           "version": "4.0.0", "code": "active", "display": "Active"}],
                               "text": "Active"},
               verificationStatus=status("condition-ver-status", "confirmed"),
               category=[{"coding": [{"system": R4_CATEGORY, "code": "problem-list-item"}], "text": "Problem List Item"}],
               code={**(concept("icd9 441.4 + icd I71.40 Abdominal aortic aneurysm + sct 233985008") or {}), "text": "AAA"},
               onsetDateTime="2019-02-03", recordedDate="2019-02-05")],
        "aneurysm active"),
    "Epic: a medicine by reference, with a display": (
        [entry("MedicationRequest", status="active", intent="order", reportedBoolean=False,
               medicationReference={"reference": "Medication/eAbc", "display": "LORazepam (ATIVAN) 0.5 mg tablet"})],
        "ingredient:lorazepam active"),
    "Epic: no known allergies": (
        [{"resourceType": "AllergyIntolerance", "id": "x1", "patient": ANN, "recordedDate": "2026-11-01",
          "clinicalStatus": status("allergyintolerance-clinical", "active"),
          "verificationStatus": status("allergyintolerance-verification", "confirmed"),
          "code": {**(concept("sct 716186003 No known allergy (situation)") or {}), "text": "No Known Allergies"}}],
        "allergy:any denied"),
    "Epic: a result in words with a code of its own beside LOINC": (
        [entry("Observation", status="final", effectiveDateTime="2026-11-20T15:02:00Z", valueString="Negative",
               category=[{"coding": [{"code": "laboratory"}]}],
               code={**(concept("epic 123 + loinc 2106-3") or {}), "text": "HCG, URINE, POC"})],
        "lab:hcg negative"),
    "Cerner: an order with a supply and a category, the medicine in RxNorm": (
        [entry("MedicationRequest", status="active", intent="order", authoredOn="2026-05-01T10:00:00.000Z",
               category=[{"coding": [{"code": "outpatient"}], "text": "Outpatient"}],
               medicationCodeableConcept={**(concept("rxnorm 312938 Sertraline 100 MG Oral Tablet") or {}),
                                          "text": "sertraline 100 mg oral tablet"},
               dosageInstruction=[{"text": "1 tab(s), PO, Daily"}])],
        "ingredient:sertraline active"),
    "Cerner: an allergy in words, its reaction coded": (
        [{"resourceType": "AllergyIntolerance", "id": "x1", "patient": ANN, "category": ["medication"],
          "clinicalStatus": {"text": "Active"}, "verificationStatus": {"text": "Confirmed"},
          "code": {"text": "ketamine"}, "reaction": [{"manifestation": [{"text": "hives"}]}]}],
        "allergy:ketamine active"),
    "athena: ICD-10-CM under its OID": (
        [entry("Condition", clinicalStatus=status("condition-clinical", "active"),
               code={"coding": [{"system": "urn:oid:2.16.840.1.113883.6.90", "code": "F31.13"}]})],
        "bipolar active, mania active"),
    "athena: ICD-10-CM under the name of the WHO": (
        [entry("Condition", clinicalStatus=status("condition-clinical", "active"), code=concept("who I61.9"))],
        "brain-hemorrhage active?"),
    "a sender that writes https and a slash": (
        [entry("Condition", clinicalStatus=status("condition-clinical", "active"),
               code={"coding": [{"system": "https://snomed.info/sct/", "code": "274100004"}]})],
        "brain-hemorrhage active"),
    "openEMR: vital signs one by one, the panel as their head": (
        [entry("Observation", status="final", code=concept("loinc 85354-9"), effectiveDateTime="2026-11-20T09:00:00-05:00",
               hasMember=[{"reference": "Observation/s"}], dataAbsentReason={"coding": [{"code": "unknown"}]}),
         entry("Observation", id="s", status="final", code=concept("loinc 8480-6"), effectiveDateTime="2026-11-20T09:00:00-05:00",
               valueQuantity={"value": 118, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}),
         entry("Observation", id="d", status="final", code=concept("loinc 8462-4"), effectiveDateTime="2026-11-20T09:00:00-05:00",
               valueQuantity={"value": 74, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"})],
        "blood-pressure 118/74"),
    "VA: an allergy with the drug class, a note and a code of the VA": (
        [{"resourceType": "AllergyIntolerance", "id": "x1", "patient": {**ANN, "display": "Ms. Ann"}, "type": "allergy",
          "clinicalStatus": status("allergyintolerance-clinical", "active"),
          "code": {"coding": [{"system": "urn:oid:2.16.840.1.113883.6.233", "code": "4636681", "display": "KETAMINE"}],
                   "text": "Ketamine allergy"}}],
        "allergy:ketamine active"),
    "Blue Button: a claim is kept, the person is known": (
        [{"resourceType": "ExplanationOfBenefit", "id": "x1", "patient": ANN, "status": "active",
          "diagnosis": [{"diagnosisCodeableConcept": concept("icd F20.9")}]},
         {"resourceType": "Coverage", "id": "x2", "beneficiary": ANN, "status": "active"}],
        ""),
    "HAPI: a source, a narrative and a version in every reference": (
        [entry("Condition", subject={"reference": "Patient/ann/_history/3"}, code=concept("icd N30.10"),
               meta={"versionId": "2", "lastUpdated": "2026-11-01T10:00:00.123+00:00", "source": "#hapi"},
               text={"status": "generated", "div": "<div>cystitis</div>"},
               clinicalStatus=status("condition-clinical", "active"))],
        "interstitial-cystitis active"),
    "an International Patient Summary: pregnant, by the answer's LOINC": (
        [entry("Observation", status="final", code=concept("loinc 82810-3"), effectiveDateTime="2026-11-01",
               valueCodeableConcept=concept("loinc LA15173-0 Pregnant"))],
        "pregnancy active"),
    "an International Patient Summary: not pregnant is not a test": (
        [entry("Observation", status="final", code=concept("loinc 82810-3"), effectiveDateTime="2026-11-01",
               valueCodeableConcept=concept("loinc LA26683-5 Not pregnant"))],
        ""),
    "an International Patient Summary: no information about medicines": (
        [entry("MedicationStatement", status="unknown", effectivePeriod={"extension": [ABSENT]},
               medicationCodeableConcept={"coding": [
                   {"system": "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "code": "no-medication-info"}]})],
        ""),
    "a phone: an element with an extension in place of its value": (
        [entry("Condition", _clinicalStatus={"extension": [ABSENT]}, code=concept("icd N39.0"),
               abatementDateTime="2026-11-02")],
        "urinary-infection past"),
    "a laboratory: a bound, its unit in words, a range in words": (
        [entry("Observation", status="final", code=concept("loinc 1742-6"), effectiveDateTime="2026-11-10",
               valueQuantity={"value": 5, "comparator": "<", "unit": "IU/L"}, referenceRange=[{"text": "7-56 IU/L"}])],
        "lab:alt < 5"),
    "a laboratory: results inside the report": (
        [entry("DiagnosticReport", status="final", code={"text": "Liver panel"}, result=[{"reference": "#alt"}],
               contained=[{"resourceType": "Observation", "id": "alt", "status": "final", "code": concept("loinc 1742-6"),
                           "effectiveDateTime": "2026-11-10", "valueQuantity": quantity(31, "U/L", "U/L")}])],
        "lab:alt 31"),
    "a sheet turned into FHIR: the system by its name": (
        [entry("Condition", code={"coding": [{"system": "ICD-10-CM", "code": "F25.0"}]})],
        "psychosis-primary active"),
    "a C-CDA turned into FHIR: the system by its bare number": (
        [entry("Condition", code={"coding": [{"system": "2.16.840.1.113883.6.96", "code": "19943007"}]})],
        "cirrhosis active"),
    "a registry: codes with spaces around them": (
        [entry("Condition", clinicalStatus=status("condition-clinical", "active"),
               code={"coding": [{"system": " http://snomed.info/sct ", "code": " 58214004 "}]})],
        "psychosis-primary active"),
}  # fmt: skip


@pytest.mark.parametrize("sender", SENT)
def test_what_is_known_from_each_sender(sender: str) -> None:
    resources, known = SENT[sender]
    person = patient(extension=[EXTENSION], **given(maritalStatus={"text": "single"}))
    slots = [{"fullUrl": f"https://ehr.example/r4/{one['resourceType']}/{one['id']}", "resource": one,
              "search": {"mode": "match"}} for one in (person, *resources)]  # fmt: skip
    [ann] = read(sent({"resourceType": "Bundle", "type": "searchset", "link": [], "entry": slots})).people
    told = [
        f"{fact.what} {fact.course.value if fact.course else fact.value}{'' if fact.is_known else '?'}"
        for fact in ann.facts
        if fact.what != "birth-date"
    ]
    assert ", ".join(sorted(told)) == known
