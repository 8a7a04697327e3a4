"""Answers in a QuestionnaireResponse: by LOINC, by linkId, by code, number or words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kap.instruments.scoring import score
from kap.instruments.shelf import instrument
from kap.vocabulary.errors import InputError
from kap_fhir.questionnaires import answers_from

LOINC = "http://loinc.org"


def response(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items), **more}


def item(link: str, **answer: Any) -> dict[str, Any]:
    return {"linkId": link, "answer": [answer]}


def coding(code: str, **more: Any) -> dict[str, Any]:
    return {"system": LOINC, "code": code, **more}


def read(form: str, *items: dict[str, Any], **more: Any) -> Any:
    return answers_from(response(*items, **more), instrument(form))


def test_an_item_is_found_by_its_loinc_code_with_or_without_a_slash() -> None:
    found = read("phq9", item("/44250-9", valueInteger=2), item("44255-8", valueInteger=1))
    assert found.answers == {"1": 2, "2": 1}


def test_an_item_is_found_by_its_id_its_label_and_the_code_of_its_definition() -> None:
    defined = {**item("q1", valueInteger=1), "definition": f"{LOINC}/44259-0"}
    assert read("phq9", item("1", valueInteger=3), item("phq9/2", valueInteger=0), defined).answers == {
        "1": 3,
        "2": 0,
        "3": 1,
    }
    assert read("psqi", item("5a", valueInteger=3), item("6", valueInteger=1)).answers == {"5": 3, "15": 1}


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ({"valueCoding": coding("LA6571-9")}, 3),
        ({"valueCoding": {"code": "LA6570-1"}}, 2),
        ({"valueCoding": {"code": "x", "display": "several days"}}, "several days"),
        ({"valueCoding": {"code": "2"}}, 2),
        ({"valueDecimal": Decimal("1.0")}, 1),
        ({"valueString": "2"}, "2"),
    ],
)
def test_an_answer_is_a_code_a_number_or_words(answer: dict[str, Any], number: object) -> None:
    found = read("phq9", {"linkId": "1", "answer": [answer]}).answers
    assert found == {"1": number}
    assert score(instrument("phq9"), found).missing[0] == "2"


def test_an_ordinal_value_stands_for_a_code_of_somebody_elses() -> None:
    weight = {"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 2}
    foreign = {"system": "https://example.org", "code": "b", "extension": [weight]}
    assert read("phq9", item("1", valueCoding=foreign)).answers == {"1": 2}


def test_another_systems_code_that_looks_like_loinc_is_not_read_as_one() -> None:
    with pytest.raises(InputError, match="code 'LA6571-9', which phq9@1 does not know"):
        read("phq9", item("1", valueCoding={"system": "https://example.org", "code": "LA6571-9"}))


def test_yes_and_no_are_read_by_code_and_by_truth() -> None:
    found = read(
        "cssrs-screener", item("/93246-7", valueCoding=coding("LA33-6")), item("2", valueBoolean=False)
    )
    assert score(instrument("cssrs-screener"), found.answers).safety[0].level.value == "low"


def test_a_declined_answer_is_missing_but_for_the_form_that_counts_refusals() -> None:
    declined = {"valueCoding": {"code": "asked-declined"}}
    assert read("gad7", {"linkId": "1", "answer": [declined]}, item("2", valueInteger=1)).answers["1"] is None
    assert read("asq", {"linkId": "1", "answer": [declined]}).answers == {"1": "Refused"}


def test_groups_and_items_below_answers_are_read_too() -> None:
    below = {"linkId": "1", "answer": [{"valueInteger": 1, "item": [item("2", valueInteger=2)]}]}
    assert read("phq9", {"linkId": "group", "item": [below]}).answers == {"1": 1, "2": 2}


def test_several_answers_to_one_event_and_a_time_of_day() -> None:
    several = {"linkId": "1", "answer": [{"valueInteger": 1}, {"valueInteger": 2}]}
    assert read("lec5", several).answers == {"1": [1, 2]}
    assert read("psqi", item("1", valueTime="23:15:00")).answers == {"1": "23:15"}


def test_a_total_sent_along_is_worked_out_again_and_the_rest_is_listed_as_unread() -> None:
    found = read(
        "phq9", item("1", valueInteger=1), item("/44261-6", valueDecimal=9), item("mood", valueInteger=1)
    )
    assert found.unread == ("mood",)


def test_an_unverified_code_recognizes_nothing() -> None:
    assert read("audit-c", item("2", valueInteger=1), item("68518-0", valueInteger=4)).unread == ("68518-0",)


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"resourceType": "Patient"}, "This is no QuestionnaireResponse"),
        (response(item("1", valueInteger=1), status="entered-in-error"), "entered in error"),
        (response(item("x", valueInteger=1)), "holds no item of phq9@1"),
        (response(item("1", valueInteger=1), item("/44250-9", valueInteger=2)), "Item 1 is answered twice"),
        (response(item("1", valueQuantity={"value": 1})), "Item 1 is answered in a form that cannot be read"),
        (response(item("1", valueCoding=coding("LA9-9"))), "which phq9@1 does not know"),
    ],
)
def test_a_response_that_cannot_be_scored_is_refused_in_a_sentence(document: Any, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        answers_from(document, instrument("phq9"))
