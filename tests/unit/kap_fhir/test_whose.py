"""Whose an entry is: found by every way R4 writes a reference, and nobody's where it could be another's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.unit.kap_fhir.records import ANN, SCHIZOPHRENIA, bundle, condition, reading, reasons

from kap_fhir.reading import Reading, read_people

HERE, THERE = "https://here.example/fhir", "https://there.example/fhir"
URN = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"
BOB = {"resourceType": "Patient", "id": "bob", "birthDate": "1990"}
MRN = {"system": "http://clinic.example/mrn", "value": "00042"}

COUNTS = "It counts."
ANOTHER = "It names somebody who is not in this file, so it counts for nobody."


def addressed(patient_at: str | None, condition_at: str | None, subject: dict[str, Any]) -> dict[str, Any]:
    """Ann and her condition, each at an address or without one."""
    ann = {**ANN, "identifier": [MRN]}
    slots = [(patient_at, ann), (condition_at, condition(subject=subject))]
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [{"fullUrl": at, "resource": one} if at else {"resource": one} for at, one in slots],
    }


def outcome(record: Reading) -> str:
    """Whether the condition counts for Ann, or why not."""
    [ann] = record.people
    if any(fact.what == "psychosis-primary" for fact in ann.facts):
        return COUNTS
    return reasons(ann)["Condition/c1#subject"]


@pytest.mark.parametrize(
    ("patient_at", "condition_at", "subject"),
    [
        (None, None, {"reference": "Patient/ann"}),
        (None, None, {"reference": "/Patient/ann"}),
        (None, None, {"reference": "Patient/ann/_history/7"}),
        (None, None, {"reference": "Patient/ann", "type": "Patient", "display": "Somebody"}),
        (None, None, {"reference": f"{HERE}/Patient/ann"}),
        (None, None, {"identifier": MRN}),
        (None, None, {"reference": "Patient?identifier=http://clinic.example/mrn|00042"}),
        (None, None, {"reference": "Patient?identifier=http%3A%2F%2Fclinic.example%2Fmrn%7C00042"}),
        (None, None, {"reference": "Patient/ann", "identifier": MRN}),
        (URN, None, {"reference": URN}),
        (URN, None, {"reference": "Patient/ann"}),
        (URN, f"{HERE}/Condition/c1", {"reference": "Patient/ann"}),
        ("urn:oid:1.2.3.4", None, {"reference": "urn:oid:1.2.3.4"}),
        (f"{HERE}/Patient/ann", f"{HERE}/Condition/c1", {"reference": "Patient/ann"}),
        (f"{HERE}/Patient/ann", f"{HERE}/Condition/c1", {"reference": f"{HERE}/Patient/ann"}),
        (f"{HERE}/Patient/ann", f"{THERE}/Condition/c1", {"reference": f"{HERE}/Patient/ann"}),
        (f"{HERE}/Patient/ann/_history/2", None, {"reference": f"{HERE}/Patient/ann/_history/1"}),
        (f"{HERE}/Patient/ann", None, {"reference": "Patient/ann"}),
    ],
)
def test_an_entry_is_found_to_be_hers(
    patient_at: str | None, condition_at: str | None, subject: dict[str, Any]
) -> None:
    assert outcome(reading(addressed(patient_at, condition_at, subject))) == COUNTS


@pytest.mark.parametrize(
    ("patient_at", "condition_at", "subject", "why"),
    [
        (None, None, {"reference": "Patient/anna"}, ANOTHER),
        (None, None, {"reference": "Patient/Ann"}, ANOTHER),
        (None, None, {"reference": ""}, ANOTHER),
        (None, None, {"display": "Ann"}, ANOTHER),
        (None, None, {"reference": ["Patient/ann"]}, ANOTHER),
        (None, None, {"identifier": {"value": "00042"}}, ANOTHER),
        (None, None, {"identifier": {"system": "http://elsewhere.example", "value": "00042"}}, ANOTHER),
        (None, None, {"reference": "#ann"}, ANOTHER),
        (None, None, {"reference": "urn:uuid:ffffffff-1cbf-4d64-b04d-cd9187a4c6e0"}, ANOTHER),
        (f"{HERE}/Patient/ann", f"{HERE}/Condition/c1", {"reference": f"{THERE}/Patient/ann"}, ANOTHER),
        (f"{HERE}/Patient/ann", f"{THERE}/Condition/c1", {"reference": "Patient/ann"}, ANOTHER),
        (f"{HERE}/Patient/ann", None, {"reference": f"{THERE}/Patient/ann"}, ANOTHER),
        (URN, f"{HERE}/Condition/c1", {"reference": f"{THERE}/Patient/ann"}, ANOTHER),
        (None, None, {"reference": "Group/ann"}, "It is about something that is not a person."),
        (
            None,
            None,
            {"reference": "Patient/ann", "type": "Device"},
            "It is about something that is not a person.",
        ),
        (None, None, {}, "It does not say whose it is."),
        (None, None, None, "It does not say whose it is."),
        (None, None, "Patient/ann", "It does not say whose it is."),
    ],
)
def test_an_entry_that_could_be_another_persons_counts_for_nobody_and_is_listed(
    patient_at: str | None, condition_at: str | None, subject: dict[str, Any], why: str
) -> None:
    assert outcome(reading(addressed(patient_at, condition_at, subject))) == why


def test_the_same_id_on_another_server_is_another_person_though_the_file_gives_no_addresses() -> None:
    ours, theirs = ({"reference": one} for one in ("Patient/ann", f"{THERE}/Patient/ann"))
    mixed = bundle(ANN, condition(subject=ours, id="ours"), condition(subject=theirs, id="theirs"))
    [ann] = reading(mixed).people
    assert [fact.came_from for fact in ann.facts] == ["Patient/ann#birthDate", "Condition/ours#code"]
    assert reasons(ann) == {"Condition/theirs#subject": ANOTHER}


def test_a_reference_that_names_two_people_counts_for_neither() -> None:
    bob = {**BOB, "identifier": [MRN]}
    two = condition(subject={"reference": "Patient/ann", "identifier": MRN})
    record = reading(bundle(ANN, bob, two))
    assert [len(person.facts) for person in record.people] == [1, 1]
    assert [str(one.why) for one in record.unplaced] == [
        "It names two people at once, so it counts for neither."
    ]


def test_a_uuid_names_the_one_resource_that_has_it_for_an_id_and_no_address() -> None:
    uuid = URN.removeprefix("urn:uuid:")
    ann = {**ANN, "id": uuid}
    named = condition(subject={"reference": URN})
    assert [len(one.facts) for one in reading(bundle(ann, named)).people] == [2]
    slots = [{"fullUrl": "urn:uuid:another", "resource": ann}, {"resource": named}]
    assert [len(one.facts) for one in reading({"resourceType": "Bundle", "entry": slots}).people] == [1]


def test_an_identifier_two_people_share_names_neither() -> None:
    both = [{**one, "identifier": [MRN]} for one in (ANN, BOB)]
    record = reading(bundle(*both, condition(subject={"identifier": MRN})))
    assert [str(one.why) for one in record.unplaced] == [ANOTHER]


def test_an_address_two_people_share_names_neither() -> None:
    slots = [{"fullUrl": URN, "resource": one} for one in (ANN, BOB)]
    slots.append({"fullUrl": "urn:uuid:c1", "resource": condition(subject={"reference": URN})})
    record = reading({"resourceType": "Bundle", "entry": slots})
    assert [str(one.why) for one in record.unplaced] == [ANOTHER]


def test_the_same_id_on_two_servers_is_two_people_and_a_bare_id_neither() -> None:
    slots: list[dict[str, Any]] = [
        {"fullUrl": f"{HERE}/Patient/ann", "resource": ANN},
        {"fullUrl": f"{THERE}/Patient/ann", "resource": {**ANN, "birthDate": "1990"}},
        {"resource": condition(id="bare", subject={"reference": "Patient/ann"})},
        {
            "fullUrl": f"{THERE}/Condition/c2",
            "resource": condition(id="c2", subject={"reference": "Patient/ann"}),
        },
    ]
    record = reading({"resourceType": "Bundle", "entry": slots})
    assert [[fact.came_from for fact in one.facts] for one in record.people] == [
        ["Patient/ann#birthDate"],
        ["Patient/ann#birthDate", "Condition/c2#code"],
    ]
    assert [one.came_from for one in record.unplaced] == ["Condition/bare#subject"]
    assert [one.person for one in record.people] == [f"{HERE}/Patient/ann", f"{THERE}/Patient/ann"]
    assert [record.patients[one.person]["birthDate"] for one in record.people] == ["1980-05-17", "1990"]


def test_a_resource_without_an_id_is_called_after_its_address_else_after_its_place() -> None:
    subject = {"subject": {"reference": "Patient/ann"}}
    entry = {"resourceType": "Condition", "code": SCHIZOPHRENIA, **subject}
    slots: list[dict[str, Any]] = [
        {"resource": ANN},
        {"fullUrl": f"{HERE}/Condition/c9", "resource": {**entry, "subject": {"reference": "urn:oid:1.2"}}},
        {"fullUrl": URN, "resource": entry},
        {"resource": entry},
    ]
    record = reading({"resourceType": "Bundle", "entry": slots})
    assert [fact.came_from for fact in record.people[0].facts] == [
        "Patient/ann#birthDate", f"Condition/{URN}#code", "Condition/entry-3#code",
    ]  # fmt: skip
    assert [one.came_from for one in record.unplaced] == ["Condition/c9#subject"]


def test_each_of_several_people_gets_their_own_and_nothing_else() -> None:
    hers = condition(id="hers", subject={"reference": "Patient/ann"})
    his = condition(id="his", subject={"reference": "Patient/bob"})
    record = reading(bundle(ANN, his, BOB, hers))
    assert {one.person: [fact.came_from for fact in one.facts] for one in record.people} == {
        "ann": ["Patient/ann#birthDate", "Condition/hers#code"],
        "bob": ["Patient/bob#birthDate", "Condition/his#code"],
    }


def test_a_bundle_inside_a_bundle_is_a_shelf_of_its_own() -> None:
    inner = bundle({**ANN, "birthDate": "1990-01-01"}, condition(subject={"reference": "Patient/ann"}))
    record = reading(bundle(ANN, inner))
    assert [[str(fact.value) for fact in one.facts] for one in record.people] == [
        ["1980-05-17"],
        ["1990-01-01", "Schizophrenia (58214004)"],
    ]


def test_two_people_with_one_id_and_no_address_keep_names_of_their_own() -> None:
    record = reading(bundle(ANN, bundle(ANN)))
    assert [one.person for one in record.people] == ["Patient/ann (1)", "Patient/ann (2)"]


def test_bundles_nested_without_end_do_not_end_the_reader() -> None:
    nested: dict[str, Any] = bundle(ANN)
    for _ in range(100):
        nested = bundle(nested)
    assert read_people(json.dumps(bundle(ANN, nested)).encode()).people[0].person == "ann"


def test_a_person_written_inside_without_an_id_can_be_named_by_nothing() -> None:
    nameless = {key: value for key, value in ANN.items() if key != "id"}
    inside = condition(contained=[nameless], subject={"reference": "#"})
    record = reading(bundle(BOB, inside))
    assert [one.person for one in record.people] == ["bob"]
    assert [one.came_from for one in record.unplaced] == ["Condition/c1#subject"]


def test_a_person_written_inside_an_entry_is_named_only_from_there() -> None:
    inside = condition(contained=[{**ANN, "id": "p"}], subject={"reference": "#p"})
    outside = condition(id="c2", subject={"reference": "#p"})
    record = reading(bundle(BOB, inside, outside))
    assert {one.person: [fact.came_from for fact in one.facts] for one in record.people} == {
        "bob": ["Patient/bob#birthDate"],
        "p": ["Condition/c1#p#birthDate", "Condition/c1#code"],
    }
    assert [one.came_from for one in record.unplaced] == ["Condition/c2#subject"]


@pytest.mark.parametrize(
    ("reference", "person"),
    [("Patient/ann", "ann"), (f"{HERE}/Patient/ann", "ann"), (URN, URN), ("/Patient/ann", "ann")],
)
def test_a_resource_alone_tells_of_the_person_it_names(reference: str, person: str) -> None:
    record = reading(condition(subject={"reference": reference}))
    assert [one.person for one in record.people] == [person]
    assert [fact.what for fact in record.people[0].facts] == ["psychosis-primary"]
    assert "only their name" in " ".join(str(note) for note in record.notes)


def test_lines_of_several_people_without_their_patients_stay_apart() -> None:
    lines = [condition(id=id, subject={"reference": f"Patient/{id}"}) for id in ("ann", "bob", "ann")]
    record = read_people("\n".join(json.dumps(one) for one in lines).encode())
    assert {one.person: len(one.facts) for one in record.people} == {"ann": 1, "bob": 1}


@pytest.mark.parametrize(
    ("kind", "element"),
    [
        ("AllergyIntolerance", "patient"),
        ("FamilyMemberHistory", "patient"),
        ("Observation", "subject"),
        ("MedicationStatement", "subject"),
    ],
)
def test_what_nobody_is_named_in_counts_for_nobody_even_where_there_is_one_patient(
    kind: str, element: str
) -> None:
    [ann] = reading(bundle(ANN, {"resourceType": kind, "id": "x", "code": SCHIZOPHRENIA})).people
    assert reasons(ann) == {f"{kind}/x#{element}": "It does not say whose it is."}
