"""What a person takes, by code or by name, here or in a named resource, as each status makes it stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.cases import cases
from tests.unit.kap_fhir.records import LORAZEPAM, RXNORM, coded, facts_of_ann, of_ann, reasons, told

ATIVAN = {"text": "Lorazepam 1 MG Oral Tablet"}


def medicine(kind: str = "MedicationRequest", **more: Any) -> dict[str, Any]:
    """An order for lorazepam, unless it says otherwise."""
    ordered = {"status": "active", "intent": "order"} if kind == "MedicationRequest" else {}
    return {"resourceType": kind, "id": "m1", **ordered, "medicationCodeableConcept": LORAZEPAM, **more}


@cases("""
    story                               | kind                     | status           | course | known
    ------------------------------------+--------------------------+------------------+--------+---------
    ordered                             | MedicationRequest        | active           | active | recorded
    an order on hold may be taken       | MedicationRequest        | on-hold          | active | doubtful
    a draft may become one              | MedicationRequest        | draft            | active | doubtful
    nobody knows the order's status     | MedicationRequest        | unknown          | active | doubtful
    the order ran out                   | MedicationRequest        | completed        | past   | recorded
    the order was stopped               | MedicationRequest        | stopped          | past   | recorded
    the order was withdrawn             | MedicationRequest        | cancelled        |        |
    the order was an error              | MedicationRequest        | entered-in-error |        |
    she says she takes it               | MedicationStatement      | active           | active | recorded
    she means to take it                | MedicationStatement      | intended         | active | doubtful
    she took it                         | MedicationStatement      | completed        | past   | recorded
    she stopped                         | MedicationStatement      | stopped          | past   | recorded
    she pauses                          | MedicationStatement      | on-hold          | active | doubtful
    the statement was an error          | MedicationStatement      | entered-in-error |        |
    it is running                       | MedicationAdministration | in-progress      | active | recorded
    it was given once                   | MedicationAdministration | completed        | past   | recorded
    it was not given                    | MedicationAdministration | not-done         |        |
    what was handed out may be taken    | MedicationDispense       | completed        | active | doubtful
    it is being prepared                | MedicationDispense       | preparation      | active | doubtful
    nobody fetched it                   | MedicationDispense       | declined         |        |
    no status at all                    | MedicationRequest        |                  | active | doubtful
    no status of a statement            | MedicationStatement      |                  | active | doubtful
""")
def test_how_a_medicine_stands(kind: str, status: str | None, course: str | None, known: str | None) -> None:
    facts = facts_of_ann(medicine(kind, status=status))
    assert told(facts) == ([("ingredient:lorazepam", course, known)] if course else [])


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"intent": "proposal"}, [("ingredient:lorazepam", "active", "doubtful")]),
        ({"intent": "plan"}, [("ingredient:lorazepam", "active", "doubtful")]),
        ({"intent": "plan", "reportedBoolean": True}, [("ingredient:lorazepam", "active", "recorded")]),
        ({"intent": "instance-order"}, [("ingredient:lorazepam", "active", "recorded")]),
        ({"intent": "option"}, [("ingredient:lorazepam", "active", "doubtful")]),
        ({"doNotPerform": True}, []),
        ({"doNotPerform": False}, [("ingredient:lorazepam", "active", "recorded")]),
    ],
)
def test_an_idea_is_no_order_and_a_prohibition_is_none_at_all(
    more: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert told(facts_of_ann(medicine(**more))) == expected


@pytest.mark.parametrize(
    ("more", "course"),
    [({"dateAsserted": "2026-03-01"}, "denied"), ({}, "past")],
)
def test_a_no_answers_only_where_it_has_a_day(more: dict[str, Any], course: str) -> None:
    said = medicine("MedicationStatement", status="not-taken", **more)
    assert told(facts_of_ann(said)) == [("ingredient:lorazepam", course, "recorded")]


@pytest.mark.parametrize(("end", "known"), [("2026-03-03", "doubtful"), ("2026-03-05", "recorded")])
def test_a_statement_that_is_active_and_over_is_doubtful(end: str, known: str) -> None:
    said = medicine("MedicationStatement", status="active", effectivePeriod={"start": "2020", "end": end})
    assert told(facts_of_ann(said, on=date(2026, 3, 4))) == [("ingredient:lorazepam", "active", known)]


@pytest.mark.parametrize(
    ("concept", "value"),
    [
        (LORAZEPAM, "lorazepam (6470)"),
        (coded(RXNORM, "6470"), "6470"),
        (ATIVAN, "Lorazepam 1 MG Oral Tablet (by name)"),
        (coded(RXNORM, "9197901", "LORazepam 1 MG Oral Tablet"), "LORazepam 1 MG Oral Tablet (by name)"),
        (coded("http://elsewhere.example", "L1", "lorazepam"), "lorazepam (by name)"),
    ],
)
def test_a_medicine_known_by_name_alone_is_marked(concept: dict[str, Any], value: str) -> None:
    [fact] = facts_of_ann(medicine(medicationCodeableConcept=concept))
    assert (fact.what, fact.value) == ("ingredient:lorazepam", value)


def named(reference: dict[str, Any], *others: dict[str, Any], **more: Any) -> list[tuple[str, str, str]]:
    """What an order says that names its medicine in another resource."""
    order = {**medicine(medicationReference=reference, **more)}
    del order["medicationCodeableConcept"]
    return told(facts_of_ann(order, *others))


TABLET = {"resourceType": "Medication", "id": "t1", "code": LORAZEPAM}
EXPECTED = [("ingredient:lorazepam", "active", "recorded")]


def test_a_medicine_is_found_in_the_resource_an_order_names() -> None:
    assert named({"reference": "Medication/t1"}, TABLET) == EXPECTED
    assert named({"reference": "#t1"}, contained=[TABLET]) == EXPECTED
    by_part = {**TABLET, "code": {"text": "mixture"}, "ingredient": [{"itemCodeableConcept": LORAZEPAM}]}
    assert named({"reference": "Medication/t1"}, by_part) == EXPECTED


def test_an_ingredient_named_twice_counts_once() -> None:
    twice = {**TABLET, "ingredient": [{"itemCodeableConcept": LORAZEPAM}, {"itemCodeableConcept": ATIVAN}]}
    assert named({"reference": "Medication/t1", "display": "lorazepam"}, twice) == EXPECTED


def test_a_medicine_that_is_not_in_the_file_is_known_by_what_is_displayed() -> None:
    assert named({"reference": "Medication/gone", "display": "lorazepam 1 mg"}) == EXPECTED
    assert named({"reference": "Medication/gone"}) == []
    assert named({"reference": "Medication/t1"}, {**TABLET, "status": "entered-in-error"}) == []


@pytest.mark.parametrize(
    ("more", "place", "why"),
    [
        (
            {"medicationCodeableConcept": {"text": "blue pills"}},
            "medicationCodeableConcept",
            "No screening rule knows the medicine blue pills.",
        ),
        (
            {"medicationCodeableConcept": None, "medicationReference": {"reference": "Medication/gone"}},
            "medicationReference",
            "It names a medicine that is not in this file.",
        ),
        (
            {
                "medicationCodeableConcept": None,
                "medicationReference": {"reference": "#x"},
                "contained": [{**TABLET, "id": "x", "modifierExtension": [{"url": "u"}]}],
            },
            "x#modifierExtension",
            "This entry is changed by an extension OpenKAP does not know, so nobody can say what it means.",
        ),
        (
            {"status": "running"},
            "status",
            "Its status is none that FHIR R4 has, so nobody can say how it stands.",
        ),
        ({"authoredOn": "once"}, "authoredOn", "Its date cannot be read, so it counts without one."),
    ],
)
def test_what_is_not_understood_is_listed(more: dict[str, Any], place: str, why: str) -> None:
    assert reasons(of_ann(medicine(**more))) == {f"MedicationRequest/m1#{place}": why}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, [("active", "recorded")]),
        ({"status": "stopped"}, [("past", "recorded")]),
        ({"status": "on-hold"}, [("active", "doubtful")]),
        ({"status": "cancelled"}, []),
        ({"medicationCodeableConcept": {"text": "No current medications"}}, []),
    ],
)
def test_a_medicine_no_rule_knows_stays_on_the_list_in_its_own_words(
    more: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    facts = facts_of_ann(medicine(**{"medicationCodeableConcept": {"text": "blue pills 5 mg"}, **more}))
    assert told(facts) == [("ingredient:other", *how) for how in expected]
    assert {fact.value for fact in facts} <= {"blue pills 5 mg"}
