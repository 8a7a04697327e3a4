"""Reasons of visits and procedures: never sure, by code only, nothing where the problem list has spoken."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.kap_fhir.records import (
    SCHIZOPHRENIA,
    condition,
    facts_of_ann,
    of_ann,
    reasons,
    told,
)
from tests.unit.kap_fhir.records import status as named


def visit(status: str, reason: dict[str, Any]) -> dict[str, Any]:
    """A visit of Ann's, for one reason."""
    return {"resourceType": "Encounter", "id": "e1", "status": status, "reasonCode": [reason]}


def procedure(code: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A procedure done to Ann."""
    return {"resourceType": "Procedure", "id": "p1", "status": "completed", "code": code, **more}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("finished", [("psychosis-primary", "past", "doubtful")]),
        ("in-progress", [("psychosis-primary", "active", "doubtful")]),
        ("planned", []),
        ("cancelled", []),
        ("entered-in-error", []),
    ],
)
def test_the_reason_for_a_visit_is_never_sure(status: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(facts_of_ann(visit(status, SCHIZOPHRENIA))) == expected


def test_a_visit_without_a_status_r4_has_is_listed() -> None:
    ann = of_ann(visit("over", SCHIZOPHRENIA))
    assert (len(ann.facts), set(reasons(ann))) == (1, {"Encounter/e1#status"})


def test_a_reason_in_words_alone_names_no_condition_and_is_no_gap() -> None:
    ann = of_ann(visit("finished", {"text": "psychosis"}))
    assert (len(ann.facts), reasons(ann)) == (1, {})


def test_the_problem_list_answers_what_a_visit_only_suspected() -> None:
    refuted = condition(verificationStatus=named("refuted"))
    assert facts_of_ann(visit("finished", SCHIZOPHRENIA), refuted) == []


def test_a_procedure_tells_of_its_reason_and_is_called_after_nothing_but_its_code() -> None:
    assert facts_of_ann(procedure({"text": "Pregnancy test"})) == []
    assert reasons(of_ann(procedure({"text": "Pregnancy test"}))) == {}
    because = procedure({"text": "Consultation"}, reasonCode=[SCHIZOPHRENIA])
    assert told(facts_of_ann(because)) == [("psychosis-primary", "past", "doubtful")]
    assert facts_of_ann({**because, "status": "not-done"}) == []
