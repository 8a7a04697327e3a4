"""The same resource twice, two versions of it, parts left out, changes and deletions."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.kap_fhir.records import (
    ANN,
    bundle,
    condition,
    facts_of_ann,
    of_ann,
    reading,
    reasons,
    status,
    told,
)

from kap_fhir.entries import entry_of, newer_first

PRESENT = {"clinicalStatus": status("active")}
OVER = {"clinicalStatus": status("resolved")}


def version(clinical: dict[str, Any], number: str = "", updated: str = "") -> dict[str, Any]:
    """The condition as it was in one version."""
    meta = {"versionId": number} if number else {}
    return condition(**clinical, meta={**meta, "lastUpdated": updated} if updated else meta)


def test_the_same_resource_twice_counts_once() -> None:
    assert told(facts_of_ann(condition(), condition())) == [("psychosis-primary", "active", "recorded")]


@pytest.mark.parametrize(
    ("first", "second", "course"),
    [
        (
            version(PRESENT, updated="2026-01-01T00:00:00Z"),
            version(OVER, updated="2026-01-02T00:00:00Z"),
            "past",
        ),
        (
            version(PRESENT, updated="2026-01-02T00:00:00Z"),
            version(OVER, updated="2026-01-01T00:00:00Z"),
            "active",
        ),
        (
            version(PRESENT, updated="2026-01-01T23:00:00-05:00"),
            version(OVER, updated="2026-01-02T01:00:00Z"),
            "active",
        ),
        (version(PRESENT, "9"), version(OVER, "10"), "past"),
        (version(PRESENT, "10"), version(OVER, "9"), "active"),
        (version(PRESENT, "9", "2026-01-01T00:00:00Z"), version(OVER, "8", "2026-01-02T00:00:00Z"), "past"),
    ],
)
def test_of_two_versions_the_newer_counts(first: dict[str, Any], second: dict[str, Any], course: str) -> None:
    assert told(facts_of_ann(first, second)) == [("psychosis-primary", course, "recorded")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (version(PRESENT), version(OVER)),
        (version(PRESENT, "a"), version(OVER, "b")),
        (version(PRESENT, "1"), version(OVER, "1")),
    ],
)
def test_versions_nobody_can_put_in_order_are_doubtful_and_listed(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    ann = of_ann(first, second)
    assert told(list(ann.facts))[1:] == [("psychosis-primary", "past", "doubtful")]
    assert reasons(ann) == {
        "Condition/c1#meta": "Two versions of this entry disagree and neither says it is the newer one."
    }


def test_versions_too_deep_to_compare_count_as_different() -> None:
    deep: list[Any] = [[], []]
    for _ in range(5000):
        deep = [[one] for one in deep]
    first, second = (entry_of({"resourceType": "Condition", "id": "c1", "x": one}, "", 0) for one in deep)
    assert newer_first(first, second) == (second, False)


def test_two_birth_dates_of_one_person_are_doubtful() -> None:
    [ann] = reading(bundle(ANN, {**ANN, "birthDate": "2010-05-17"})).people
    assert told(list(ann.facts)) == [("birth-date", "", "doubtful")]


def test_an_entry_the_sender_cut_parts_from_is_doubtful() -> None:
    cut = condition(meta={"tag": [{"code": "SUBSETTED"}]})
    assert told(facts_of_ann(cut)) == [("psychosis-primary", "active", "doubtful")]


def test_what_a_history_says_was_deleted_does_not_count() -> None:
    slots = [
        {"resource": ANN},
        {"request": {"method": "DELETE", "url": "Condition/c1"}},
        {"resource": condition(subject={"reference": "Patient/ann"})},
        {"resource": condition(id="c2", subject={"reference": "Patient/ann"})},
        {"request": {"method": "DELETE", "url": "Condition/c2"}},
    ]
    [ann] = reading({"resourceType": "Bundle", "type": "history", "entry": slots}).people
    assert [fact.came_from for fact in ann.facts] == ["Patient/ann#birthDate", "Condition/c2#code"]


def test_an_instruction_to_change_a_record_is_listed_and_not_carried_out() -> None:
    change = {
        "resource": {"resourceType": "Parameters"},
        "request": {"method": "PATCH", "url": "Patient/ann"},
    }
    [ann] = reading({"resourceType": "Bundle", "type": "batch", "entry": [{"resource": ANN}, change]}).people
    why = "This is an instruction to change a record on a server; it is not carried out here."
    assert reasons(ann) == {"Bundle.entry[1]#request": why}


def test_an_entry_without_a_resource_is_listed() -> None:
    record = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": ANN}, {"resource": {"id": "x"}}, None],
    }
    [ann] = reading(record).people
    assert set(reasons(ann).values()) == {"An entry of the bundle holds no resource that says what it is."}
    assert len(reasons(ann)) == 2


def test_kinds_nobody_reads_are_counted_and_are_no_errors() -> None:
    record = reading(
        bundle(ANN, {"resourceType": "Claim"}, {"resourceType": "Claim"}, {"resourceType": "Device"})
    )
    assert record.tally.kept == {"Claim": 2, "Device": 1}
    assert reasons(record.people[0]) == {}
