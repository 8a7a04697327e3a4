"""What a person reacts to, by name, by code and by reaction, and what says that there is nothing."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.kap_fhir.records import RXNORM, SNOMED, coded, facts_of_ann, of_ann, reasons, status, told


def allergy(**more: Any) -> dict[str, Any]:
    """An allergy of Ann's to ketamine, unless it says otherwise."""
    ketamine = coded(RXNORM, "6130", "ketamine")
    of = {"patient": {"reference": "Patient/ann"}}
    return {"resourceType": "AllergyIntolerance", "id": "a1", "code": ketamine, **of, **more}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, [("allergy:ketamine", "active", "recorded")]),
        ({"type": "intolerance"}, [("intolerance:ketamine", "active", "recorded")]),
        ({"clinicalStatus": status("resolved")}, [("allergy:ketamine", "past", "recorded")]),
        ({"verificationStatus": status("unconfirmed")}, [("allergy:ketamine", "active", "doubtful")]),
        ({"verificationStatus": status("presumed")}, [("allergy:ketamine", "active", "doubtful")]),
        ({"verificationStatus": status("refuted")}, []),
        ({"verificationStatus": status("entered-in-error")}, []),
        ({"code": {"text": "Ketalar"}}, [("allergy:ketamine", "active", "recorded")]),
        (
            {"code": {"text": "anesthesia"}, "reaction": [{"substance": coded(RXNORM, "6130")}]},
            [("allergy:ketamine", "active", "recorded")],
        ),
        ({"code": {"text": "ketoprofen"}}, [("allergy:other", "active", "recorded")]),
        ({"code": {"text": "latex"}, "type": "intolerance"}, [("intolerance:other", "active", "recorded")]),
        ({"code": coded(SNOMED, "716186003", "No known allergy")}, [("allergy:any", "denied", "recorded")]),
        ({"code": {"text": "No known allergies to ketamine"}}, []),
    ],
)
def test_how_an_allergy_stands(more: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    assert told(facts_of_ann(allergy(**more))) == expected


def test_a_reaction_changed_by_an_extension_is_listed_and_its_substance_does_not_count() -> None:
    reaction = {"substance": coded(RXNORM, "6130"), "modifierExtension": [{"url": "http://x.example"}]}
    ann = of_ann(allergy(code={"text": "latex"}, reaction=[reaction]))
    assert [fact.what for fact in ann.facts] == ["birth-date", "allergy:other"]
    assert set(reasons(ann)) == {"AllergyIntolerance/a1#reaction[0]"}


@pytest.mark.parametrize("code", [{"text": "Denies any reaction to latex"}, {}])
def test_what_names_no_substance_or_denies_one_is_listed(code: dict[str, str]) -> None:
    ann = of_ann(allergy(code=code))
    assert (len(ann.facts), set(reasons(ann))) == (1, {"AllergyIntolerance/a1#code"})


def test_an_allergy_whose_date_nobody_can_read_counts_without_one_and_is_listed() -> None:
    ann = of_ann(allergy(recordedDate="as a child"))
    assert [fact.when for fact in ann.facts] == [None, None]
    assert set(reasons(ann)) == {"AllergyIntolerance/a1#onsetDateTime"}
