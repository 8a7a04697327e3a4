"""Every record made by others is read or refused in one sentence, and every line of it is accounted for.

Source: Synthea bundles and older releases (smart-on-fhir/generated-sample-data), US Core examples
(HL7/US-Core), bulk exports (smart-on-fhir/sample-bulk-fhir-datasets), hand-made and hostile resources
(microsoft/fhir-server, StanfordBDHG/LLMonFHIR, dotimplement/HealthChain).
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.cases import cases

from kap.vocabulary.errors import InputError
from kap_fhir.reading import Reading, read_people

RECORDS = Path(__file__).parents[4] / "shared" / "data" / "fhir"
FILES = sorted(RECORDS.glob("*/*"))
BLOOD_PRESSURES = {"55284-4", "85354-9"}


@cache
def outcome(path: Path) -> Reading | str:
    """What is read from a file, or the sentence it was refused in."""
    try:
        return read_people(path)
    except InputError as refusal:
        return str(refusal)


def resources_of(path: Path) -> list[dict[str, Any]]:
    """The resources of a file, by nothing but their JSON."""
    packed = path.read_bytes()
    text = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode("utf-8-sig")
    documents = [json.loads(line) for line in (text.splitlines() if ".ndjson" in path.name else [text])]
    slots = [slot for document in documents for slot in document.get("entry", [{"resource": document}])]
    # A change to a record is no record.
    whole = [slot for slot in slots if slot.get("request", {}).get("method") != "PATCH"]
    return [slot["resource"] for slot in whole if "resource" in slot]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_record_is_accounted_for_or_refused_in_one_sentence(path: Path) -> None:
    read = outcome(path)
    if isinstance(read, str):
        assert read.endswith(".")
        assert "\n" not in read
    else:
        tally = read.tally
        assert tally.resources == len(resources_of(path))
        assert tally.understood + tally.listed + sum(tally.kept.values()) == tally.resources


@cases("""
    folder                | files | read | people | resources
    ----------------------+-------+------+--------+----------
    bulk-ndjson           | 4     | 2    | 135    | 195
    messy                 | 42    | 15   | 17     | 97
    synthea               | 40    | 40   | 40     | 12298
    uscore                | 165   | 135  | 135    | 135
""")
def test_how_much_of_each_collection_is_read(
    files: int, read: int, people: int, resources: int, request: pytest.FixtureRequest
) -> None:
    folder = request.node.callspec.id
    outcomes = [outcome(path) for path in FILES if path.parent.name == folder]
    whole = [one for one in outcomes if isinstance(one, Reading)]
    assert (len(outcomes), len(whole)) == (files, read)
    assert sum(len(one.people) for one in whole) == people
    assert sum(one.tally.resources for one in whole) == resources


@cases("""
    record                                                 | refused with
    -------------------------------------------------------+------------------------------------------
    dstu2-custom-ahrq-pain-mgmt-summary.json               | FHIR DSTU2, as Patient.name.family
    dstu2-custom-hca-pat-64.json                           | FHIR DSTU2, as Patient.name.family
    dstu2-custom-hca-pat-77.json                           | FHIR DSTU2, as Patient.name.family
    dstu2-custom-hspc-bilirubin-chart.json                 | FHIR DSTU2, as Patient.name.family
    dstu2-smart-patient-1032702.fhir-bundle.xml            | This is XML
    dstu2-smart-patient-1540505.fhir-bundle.xml.gz         | This is XML
    dstu2-smart-patient-2347217.fhir-bundle.xml.gz         | This is XML
    dstu2-smart-patient-731673.fhir-bundle.xml.gz          | This is XML
    stu3-custom-HaplotypesCYP2C19_2.json                   | FHIR DSTU2 or STU3, as Observation.category
    stu3-pro-SMART-PROMs-23.json                           | FHIR STU3, as Procedure.context
    stu3-smart-patient-1032702.fhir-bundle.json            | FHIR DSTU2 or STU3, as Condition.clinicalStatus
    stu3-smart-patient-1551992.fhir-bundle.json.gz         | FHIR STU3, as Observation.context
    stu3-smart-patient-621799.fhir-bundle.json.gz          | FHIR DSTU2 or STU3, as Condition.clinicalStatus
    stu3-smart-patient-7777702.fhir-bundle.json            | FHIR STU3, as Observation.context
    ms-stu3-weightinpounds.json                            | FHIR STU3, as Observation.context
    ms-uscore-missingdata-compliant.json                   | This is JSON but not FHIR
    healthchain-mimic-demo-high_risk_patient.json          | This is JSON but not FHIR
    ms-normative-observationwithinvalidstatus.xml          | This is XML
    ms-normative-bundle-invalidbundletype.json             | There is no patient
""")
def test_what_cannot_be_read_is_refused_by_what_shows_it(
    refused_with: str, request: pytest.FixtureRequest
) -> None:
    read = outcome(RECORDS / "messy" / request.node.callspec.id)
    assert isinstance(read, str)
    assert refused_with in read


def test_a_record_of_stu3_that_r4_could_have_written_is_read_with_a_note() -> None:
    read = outcome(RECORDS / "messy" / "ms-stu3-patient.json")
    assert isinstance(read, Reading)
    assert [str(fact.value) for fact in read.people[0].facts] == ["1974-12-25"]
    assert "which release of FHIR" in str(read.notes[0])


def test_two_people_in_one_file_keep_their_own() -> None:
    read = outcome(RECORDS / "messy" / "llmonfhir-JaneDavis_Synthetic.json")
    assert isinstance(read, Reading)
    jane, john = read.people
    assert {fact.what for fact in john.facts} == {"birth-date", "condition:other"}
    assert "ingredient:levothyroxine" in {fact.what for fact in jane.facts}
    assert all("john" not in one.came_from for one in jane.not_understood)


@pytest.mark.parametrize("path", sorted((RECORDS / "synthea").glob("*")), ids=lambda path: path.name[:20])
def test_no_reading_condition_or_order_of_a_synthetic_person_is_lost(path: Path) -> None:
    read = outcome(path)
    assert isinstance(read, Reading)
    [person] = read.people
    origins = [fact.came_from for fact in person.facts] + [one.came_from for one in person.not_understood]
    told = {origin.partition("#")[0] for origin in origins}
    for resource in resources_of(path):
        kind, label = resource["resourceType"], f"{resource['resourceType']}/{resource.get('id')}"
        is_pressure = kind == "Observation" and resource["code"]["coding"][0]["code"] in BLOOD_PRESSURES
        if kind in ("Condition", "MedicationRequest") or is_pressure:
            assert label in told
    pressures = [fact.value for fact in person.facts if fact.what == "blood-pressure"]
    assert all(value is not None and "?" not in str(value) for value in pressures)
