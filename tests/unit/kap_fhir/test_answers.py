"""Answers to the structured history, by link id, however deep; other questionnaires are named and kept."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.kap_fhir.records import facts_of_ann, of_ann, reasons, told


def filled(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Ann's answers to the structured history."""
    asked = {"questionnaire": "urn:openkap:history|1", "authored": "2026-03-04T09:30:00-07:00"}
    return {"resourceType": "QuestionnaireResponse", "id": "q1", "status": "completed", **asked,
            "item": list(items), **more}  # fmt: skip


def item(link_id: str, value: Any, element: str = "valueBoolean") -> dict[str, Any]:
    """One answered question."""
    return {"linkId": link_id, "answer": [{element: value}]}


def test_an_answer_is_a_fact_with_its_day_and_place() -> None:
    [fact] = facts_of_ann(filled(item("escort", True)))
    assert (fact.what, fact.value, str(fact.day), fact.came_from) == (
        "escort", True, "2026-03-04", "QuestionnaireResponse/q1#escort",
    )  # fmt: skip


def test_a_no_is_a_dated_no() -> None:
    assert told(facts_of_ann(filled(item("aneurysm-or-avm", False)))) == [
        ("aneurysm", "denied", "recorded"),
        ("avm", "denied", "recorded"),
    ]


@pytest.mark.parametrize(
    ("value", "element"),
    [("B", "valueString"), ({"code": "B"}, "valueCoding"), ({"system": "x", "display": "B"}, "valueCoding")],
)
def test_a_choice_is_read_by_code_or_word(value: object, element: str) -> None:
    assert [fact.value for fact in facts_of_ann(filled(item("child-pugh", value, element)))] == ["B"]


def test_a_number_fits_no_question() -> None:
    ann = of_ann(filled(item("child-pugh", 1.5, "valueDecimal")))
    assert (len(ann.facts), set(reasons(ann))) == (1, {"QuestionnaireResponse/q1#child-pugh"})


def test_answers_are_found_however_deep_they_lie() -> None:
    deep: dict[str, Any] = item("escort", True)
    for depth in range(200):
        below = {"linkId": f"group-{depth}", "item": [deep]}
        deep = below if depth % 2 else {"linkId": f"q-{depth}", "answer": [{"item": [below]}]}
    assert [fact.what for fact in facts_of_ann(filled(deep))] == ["escort"]


@pytest.mark.parametrize(
    ("more", "known"),
    [
        ({}, "recorded"),
        ({"status": "amended"}, "recorded"),
        ({"status": "in-progress"}, "doubtful"),
        ({"status": "stopped"}, "doubtful"),
        ({"author": {"reference": "Practitioner/7"}}, "confirmed"),
        ({"author": {"reference": "https://here.example/fhir/PractitionerRole/7"}}, "confirmed"),
        ({"author": {"type": "Practitioner", "display": "A nurse"}}, "confirmed"),
        ({"author": {"reference": "Patient/ann"}}, "recorded"),
        ({"author": {"reference": "Practitioner/7"}, "status": "in-progress"}, "doubtful"),
    ],
)
def test_how_well_an_answer_is_known(more: dict[str, Any], known: str) -> None:
    assert [fact.status.value for fact in facts_of_ann(filled(item("escort", True), **more))] == [known]


def test_answers_in_error_say_nothing() -> None:
    assert facts_of_ann(filled(item("escort", True), status="entered-in-error")) == []


def test_the_newer_of_two_histories_stands() -> None:
    old = filled(item("escort", True), id="old", authored="2026-03-01")
    new = filled(item("escort", False), id="new", authored="2026-03-02")
    assert [fact.value for fact in facts_of_ann(new, old)] == [False]


@pytest.mark.parametrize(
    ("more", "place", "why"),
    [
        (
            {"questionnaire": "http://x.example/AUDIT-C"},
            "questionnaire",
            "http://x.example/AUDIT-C is not the structured history that screening reads.",
        ),
        (
            {"questionnaire": None},
            "questionnaire",
            "These answers do not say which questionnaire they belong to.",
        ),
        (
            {"status": "sent"},
            "status",
            "Its status is none that FHIR R4 has, so nobody can say how it stands.",
        ),
        ({"item": [item("shoe-size", 42, "valueInteger")]}, "shoe-size",
         "The structured history has no such question or answer."),
        ({"item": [item("child-pugh", "D", "valueString")]}, "child-pugh",
         "The structured history has no such question or answer."),
        ({"item": [{**item("escort", True), "modifierExtension": [{"url": "u"}]}]}, "escort",
         "This entry is changed by an extension OpenKAP does not know, so nobody can say what it means."),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_listed(more: dict[str, Any], place: str, why: str) -> None:
    ann = of_ann(filled(**more))
    assert (len(ann.facts), reasons(ann)) == (1, {f"QuestionnaireResponse/q1#{place}": why})


def test_a_history_without_a_readable_date_is_listed_and_has_no_day() -> None:
    ann = of_ann(filled(item("escort", True), authored="today"))
    assert [fact.when for fact in ann.facts] == [None, None]
    assert set(reasons(ann)) == {"QuestionnaireResponse/q1#authored"}
