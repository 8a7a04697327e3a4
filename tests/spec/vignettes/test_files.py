"""Files as they are sent.

The same record in every wrapping, several people in one file, and what is refused in one sentence.
"""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.cases import cases
from tests.spec.vignettes.records import (
    ANN,
    BOB,
    Resource,
    answer_in,
    bundle,
    condition,
    patient,
    read,
    sent,
    well,
)

from kap.vocabulary.errors import InputError
from kap_cli.doors import run

ILL = condition("icd F20.9")
EVERYTHING = [*well(), ILL]
SERVER = "https://hospital.example/fhir/R4"


def served(*resources: Resource, type: str = "searchset", by: str = SERVER, **slot: Any) -> Resource:
    """A bundle as a server sends it: every entry with its full address, references absolute."""
    entries = [
        {"fullUrl": f"{by}/{one['resourceType']}/{one['id']}", "resource": one, **slot} for one in resources
    ]
    whole = json.dumps({"resourceType": "Bundle", "id": "b", "type": type, "entry": entries})
    return dict(json.loads(whole.replace('"Patient/', f'"{by}/Patient/')))


def by_uuid(*resources: Resource) -> Resource:
    """A transaction as Synthea writes it: every entry under a UUID, references to it."""
    uuids = {f"{one['resourceType']}/{one['id']}": f"urn:uuid:{n:08d}-0000-4000-8000-000000000000"
             for n, one in enumerate(resources)}  # fmt: skip
    text = json.dumps([
        {"fullUrl": uuids[f"{one['resourceType']}/{one['id']}"], "resource": one,
         "request": {"method": "POST", "url": one["resourceType"]}} for one in resources
    ])  # fmt: skip
    for name, uuid in uuids.items():
        text = text.replace(f'"{name}"', f'"{uuid}"')
    return {"resourceType": "Bundle", "type": "transaction", "entry": json.loads(text)}


WRAPPINGS: dict[str, bytes] = {
    "a collection": sent(bundle(*EVERYTHING)),
    "a searchset with addresses": sent(served(*EVERYTHING, search={"mode": "match"})),
    "a batch response": sent(served(*EVERYTHING, type="batch-response", response={"status": "200"})),
    "a transaction by UUID": sent(by_uuid(*EVERYTHING)),
    "a document": sent(bundle({"resourceType": "Composition", "id": "c", "status": "final"}, *EVERYTHING, type="document")),
    "a message": sent(bundle({"resourceType": "MessageHeader", "id": "h"}, *EVERYTHING, type="message")),
    "a bundle in a bundle": sent(bundle(bundle(*EVERYTHING))),
    "a bundle in Parameters": sent({"resourceType": "Parameters", "parameter": [
        {"name": "return", "resource": bundle(*EVERYTHING)}]}),
    "resources in Parameters": sent({"resourceType": "Parameters", "parameter": [
        {"name": one["resourceType"], "resource": one} for one in EVERYTHING]}),
    "resources in parts of Parameters": sent({"resourceType": "Parameters", "parameter": [
        {"name": "count", "valueInteger": 7},
        {"name": "all", "part": [{"name": "one", "resource": one} for one in EVERYTHING]}]}),
    "NDJSON": sent(*EVERYTHING),
    "NDJSON of bundles": sent(bundle(*EVERYTHING), bundle({"resourceType": "Device", "id": "d"})),
    "NDJSON with Windows ends": sent(*EVERYTHING).replace(b"\n", b"\r\n") + b"\r\n",
    "indented": json.dumps(bundle(*EVERYTHING), indent=2).encode(),
    "indented with Windows ends": json.dumps(bundle(*EVERYTHING), indent=2).replace("\n", "\r\n").encode(),
    "gzip": gzip.compress(sent(bundle(*EVERYTHING))),
    "gzip of NDJSON": gzip.compress(sent(*EVERYTHING)),
    "marked as UTF-8": b"\xef\xbb\xbf" + sent(bundle(*EVERYTHING)),
    "the record twice": sent(bundle(*EVERYTHING, *EVERYTHING)),
    "with nulls where nothing is": json.dumps(
        {**bundle(*EVERYTHING), "link": None, "total": None, "meta": {"tag": None}}).encode(),
    "with empty entries": sent({**bundle(*EVERYTHING), "entry": [
        {}, *bundle(*EVERYTHING)["entry"], {"response": {"status": "204"}}]}),
}  # fmt: skip


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_the_same_record_gives_the_same_answers_in_every_wrapping(wrapping: str) -> None:
    whole = WRAPPINGS[wrapping]
    [person] = read(whole).people
    answers = {
        rule: answer_in(whole, rule, person=person.person) for rule in ("psychosis", "hepatic", "companion")
    }
    assert answers == {"psychosis": "stop: override", "hepatic": "proceed", "companion": "proceed"}


def test_each_of_several_people_has_only_their_own() -> None:
    his = condition("icd I71.4", subject=BOB, id="c2")
    both = bundle(*EVERYTHING, patient("bob", birthDate="2015-01-01"), his)
    assert answer_in(both, "psychosis") == "stop: override"
    assert answer_in(both, "aneurysm-avm") == "proceed"
    assert answer_in(both, "age", person="bob") == "stop: override"
    assert answer_in(both, "aneurysm-avm", person="bob") == "stop: override"
    assert answer_in(both, "psychosis", person="bob") == "unknown: fact"


@pytest.mark.parametrize(
    "subject",
    [
        {},
        {"display": "Ann"},
        {"reference": "Patient/nobody"},
        {"reference": "Group/ann"},
        {"reference": "https://elsewhere.example/fhir/Patient/ann"},
        {"reference": "Patient/ann", "type": "Group"},
    ],
    ids=["no reference", "a name", "nobody", "a group", "another server", "no patient"],
)
def test_with_two_people_an_entry_that_does_not_say_whose_counts_for_neither(subject: Resource) -> None:
    whole = served(*well(), patient("bob"))
    whole["entry"].append(
        {"fullUrl": f"{SERVER}/Condition/x", "resource": condition("icd F20.9", subject=subject)}
    )
    assert answer_in(whole, "psychosis") == "proceed"
    assert answer_in(whole, "psychosis", person="bob") == "unknown: fact"
    assert len(read(whole).unplaced) == 1


def test_two_patients_of_one_id_on_two_servers_are_two_people() -> None:
    here, there = served(*EVERYTHING), served(patient(), by="https://other.example/fhir")
    names = [one.person for one in read({**here, "entry": here["entry"] + there["entry"]}).people]
    assert len(set(names)) == 2


REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "is empty"),
    "blank lines": (b"\n \n", "is empty"),
    "words": (b"Dear colleague,", "not JSON"),
    "CSV": (b"id,name,dob\n1,Ann,1980-01-01\n", "not JSON"),
    "HTML": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "XML"),
    "XML FHIR": (b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"/>', "XML"),
    "C-CDA": (b'\xef\xbb\xbf<ClinicalDocument xmlns="urn:hl7-org:v3"/>', "XML"),
    "HL7 v2": (b"MSH|^~\\&|LAB|HOSP|KAP|CLINIC|20261121||ORU^R01|1|P|2.5.1\r", "not JSON"),
    "PDF": (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "UTF-8"),
    "a ZIP": (b"PK\x03\x04\x14\x00\x08\x00", "ZIP"),
    "a cut off gzip": (gzip.compress(sent(bundle(*EVERYTHING)))[:-20], "gzip"),
    "a damaged gzip": (gzip.compress(b"x" * 1000)[:20] + b"\x00" * 40, "gzip"),
    "JSON cut off": (sent(bundle(*EVERYTHING))[:-1], "not JSON"),
    "a number": (b"42", "not FHIR"),
    "a word": (b'"patient"', "not FHIR"),
    "null": (b"null", "not FHIR"),
    "an empty object": (b"{}", "not FHIR"),
    "an empty array": (b"[]", "not FHIR"),
    "an array of resources": (json.dumps(EVERYTHING).encode(), "not FHIR"),
    "an array of numbers": (b"[1, 2]", "not FHIR"),
    "JSON of something else": (b'{"name": "Ann", "age": 45}', "not FHIR"),
    "NaN": (b'{"resourceType": "Patient", "id": "a", "multipleBirthInteger": NaN}', "not JSON"),
    "Infinity": (b'{"resourceType": "Observation", "valueQuantity": {"value": -Infinity}}', "not JSON"),
    "Latin-1": ('{"resourceType": "Patient", "id": "Jos\xe9"}'.encode("latin-1"), "UTF-8"),
    "no patient": (sent(bundle({"resourceType": "Device", "id": "d"})), "no patient"),
    "an empty bundle": (sent(bundle()), "no patient"),
    "a broken line": (sent(patient()) + b"\n{broken\n", "Line 2"),
    "nested without end": (b"[" * 200_000 + b"]" * 200_000, "nested"),
    "DSTU2": (sent({"resourceType": "Bundle", "entry": [{"resource": {
        "resourceType": "MedicationOrder", "patient": ANN}}]}), "DSTU2"),
    "STU3": (sent(bundle(patient(), condition("icd F20.9", clinicalStatus="active"))), "STU3"),
    "R5": (sent(bundle(patient(), {"resourceType": "MedicationRequest", "id": "m", "subject": ANN,
        "medication": {"concept": {"text": "lorazepam"}}})), "R5"),
    "an error of a server": (sent({"resourceType": "OperationOutcome", "issue": [
        {"severity": "error", "code": "login"}]}), "no patient"),
    "a twice named element": (b'{"resourceType": "Patient", "id": "a", "birthDate": "1980-01-01", '
        b'"birthDate": "2015-01-01"}', "stands twice"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, shown = REFUSED[what]
    file = tmp_path / "sent"
    file.write_bytes(content)
    assert run(["screen", str(file), "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert shown in told.err
    assert told.err.count("\n") == 1
    assert "Traceback" not in told.err


@pytest.mark.parametrize("where", ["no such file", "a folder"])
def test_what_is_no_file_is_refused_in_one_sentence(
    where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path if where == "a folder" else tmp_path / "missing.json"
    assert run(["screen", str(path), "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1


@cases("""
    written                        | value
    -------------------------------+----------------------------------
    a year                         | 1981
    a month                        | 1981-03
    a day                          | 1981-03-02
    a moment with its zone         | 1981-03-02T10:00:00-07:00
    a moment in Zulu time          | 1981-03-02T10:00:00.123Z
""")
def test_a_birth_date_of_every_precision_is_an_adult(value: str) -> None:
    assert answer_in(bundle(patient(birthDate=value)), "age") == "proceed"


@cases("""
    written                        | number
    -------------------------------+-----------------------------
    a hundred digits               | 1e99
    with an exponent               | 1.18e2
    negative                       | -118
    nothing                        | 0
    thousands of digits            | 9e9999
""")
def test_a_number_of_any_size_is_a_reading_or_is_asked_for(number: str) -> None:
    text = sent(bundle(*well())).replace(b'"value": 118', f'"value": {number}'.encode())
    assert answer_in(text, "blood-pressure") in ("proceed", "unknown: remeasure", "stop today: remeasure")


def test_what_was_recorded_after_the_day_screened_for_does_not_count() -> None:
    before = date(2026, 11, 1)
    assert answer_in(sent(bundle(*well())), "blood-pressure", on=before) == "unknown: remeasure"
    assert answer_in(sent(bundle(*well())), "companion", on=before) == "unknown: fact"


def test_a_file_that_is_refused_is_an_input_error_of_the_house() -> None:
    with pytest.raises(InputError):
        read(b"{}")
