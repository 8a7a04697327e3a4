"""Releases of FHIR that are not read: refused whole where they show themselves, read where they do not."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.kap_fhir.records import ANN, LORAZEPAM, SCHIZOPHRENIA, bundle, condition, reading, status

from kap.vocabulary.errors import InputError

ANNS = {"subject": {"reference": "Patient/ann"}}


@pytest.mark.parametrize(
    ("resource", "release"),
    [
        ({"resourceType": "MedicationOrder", "patient": {"reference": "Patient/ann"}}, "DSTU2"),
        ({"resourceType": "Condition", "patient": {"reference": "Patient/ann"}}, "DSTU2"),
        ({"resourceType": "Condition", "code": SCHIZOPHRENIA, "clinicalStatus": "active"}, "DSTU2 or STU3"),
        ({"resourceType": "AllergyIntolerance", "verificationStatus": "confirmed"}, "DSTU2 or STU3"),
        ({"resourceType": "AllergyIntolerance", "substance": {"text": "ketamine"}}, "DSTU2"),
        ({"resourceType": "Condition", "assertedDate": "2017-01-01"}, "STU3"),
        ({"resourceType": "Observation", "context": {"reference": "Encounter/1"}}, "STU3"),
        ({"resourceType": "Observation", "interpretation": {"text": "high"}}, "DSTU2 or STU3"),
        ({"resourceType": "MedicationStatement", "taken": "y"}, "STU3"),
        ({"resourceType": "MedicationRequest", "medication": {"concept": LORAZEPAM}}, "R5"),
        ({"resourceType": "Encounter", "class": "inpatient"}, "DSTU2"),
        ({"resourceType": "Encounter", "class": [{"text": "inpatient"}]}, "R5"),
        ({"resourceType": "Patient", "name": [{"family": ["Chalmers"]}]}, "DSTU2"),
        ({"resourceType": "Patient", "animal": {}}, "DSTU2 or STU3"),
        (
            {"resourceType": "QuestionnaireResponse", "questionnaire": {"reference": "Questionnaire/1"}},
            "STU3",
        ),
        ({"resourceType": "Patient", "meta": {"profile": ["http://fhir.org/guides/argonaut/x"]}}, "DSTU2"),
        ({"resourceType": "Patient", "meta": {"profile": ["http://hl7.org/fhir/3.0/Patient"]}}, "STU3"),
        ({"resourceType": "Patient", "meta": {"profile": ["http://hl7.org/fhir/5.0/Patient"]}}, "R5"),
        (
            {
                "resourceType": "Patient",
                "meta": {"profile": ["http://hl7.org/fhir/StructureDefinition/Patient|3.0.2"]},
            },
            "STU3",
        ),
    ],
)
def test_another_release_is_refused_whole_by_what_shows_it(resource: dict[str, Any], release: str) -> None:
    with pytest.raises(InputError, match=f"FHIR .*{release}, as {resource['resourceType']}"):
        reading(bundle(ANN, condition(**ANNS), resource))


def test_what_r4_could_have_written_is_read_with_a_note() -> None:
    record = reading(bundle(ANN, condition(**ANNS)))
    assert [str(note) for note in record.notes] == [
        "Nothing in this file shows which release of FHIR it follows; it was read as R4."
    ]
    [ann] = record.people
    assert [fact.what for fact in ann.facts] == ["birth-date", "psychosis-primary"]


@pytest.mark.parametrize(
    "shown",
    [
        {"clinicalStatus": status("active")},
        {"meta": {"profile": ["http://hl7.org/fhir/us/core/StructureDefinition/us-core-condition|7.0.0"]}},
    ],
)
def test_a_record_that_shows_r4_needs_no_note(shown: dict[str, Any]) -> None:
    assert reading(bundle(ANN, condition(**ANNS, **shown))).notes == ()


@pytest.mark.parametrize("meta", [7, {"profile": 7}, {"profile": [7, None]}, []])
def test_a_profile_of_any_shape_is_no_reason_to_fail(meta: object) -> None:
    assert len(reading(bundle(ANN, condition(**ANNS, meta=meta))).people) == 1


@pytest.mark.parametrize(
    "profile",
    [
        "http://hl7.org/fhir/us/core/StructureDefinition/us-core-condition|3.0.1",
        "http://hl7.org/fhir/us/core/STU3/StructureDefinition/us-core-condition",
        "http://hl7.org/fhir/uv/ips/StructureDefinition/Condition-uv-ips|1.0.0",
        "https://clinic.example/StructureDefinition/condition|1.0",
    ],
)
def test_the_version_of_a_guide_is_not_that_of_fhir(profile: str) -> None:
    record = reading(bundle(ANN, condition(**ANNS, meta={"profile": [profile]})))
    assert [fact.what for fact in record.people[0].facts] == ["birth-date", "psychosis-primary"]


def test_an_element_of_another_release_that_holds_nothing_shows_nothing() -> None:
    assert len(reading(bundle(ANN, condition(**ANNS, context=None))).people) == 1
