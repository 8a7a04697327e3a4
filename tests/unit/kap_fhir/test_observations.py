"""Numbers with units and limits, words of a test, reports, and what has no code to know it by."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from tests.cases import cases
from tests.unit.kap_fhir.records import (
    ANN,
    LOINC,
    SNOMED,
    bundle,
    coded,
    facts_of_ann,
    observation,
    of_ann,
    quantity,
    reasons,
    told,
)

from kap_fhir.reading import read_people

ALT, AST, BILIRUBIN, WEIGHT, HCG, HCG_NUMBER = "1742-6", "1920-8", "1975-2", "29463-7", "2106-3", "19080-1"


@cases("""
    story                            | code    | written | unit        | kept        | in unit
    ---------------------------------+---------+---------+-------------+-------------+-----------------
    an enzyme as it is kept          | 1742-6  | 35      | U/L         | 35          | U/L
    an enzyme in international units | 1742-6  | 35      | [iU]/L      | 35          | U/L
    an enzyme in katal               | 1742-6  | 0.5     | ukat/L      | 30.0        | U/L
    bilirubin counted in molecules   | 1975-2  | 20      | umol/L      | 1.16940     | mg/dL
    creatinine counted in molecules  | 2160-0  | 100     | umol/L      | 1.131200    | mg/dL
    glucose counted in molecules     | 2345-7  | 5.5     | mmol/L      | 99.0880     | mg/dL
    a weight in kilograms            | 29463-7 | 70.25   | kg          | 70.25       | kg
    a weight in grams                | 29463-7 | 70250   | g           | 70.250      | kg
    a weight in pounds               | 29463-7 | 154     | [lb_av]     | 69.85322498 | kg
    a weight in pounds, in words     | 29463-7 | 154     | lbs         | 69.85322498 | kg
    a height in inches               | 8302-2  | 70      | [in_i]      | 177.80      | cm
    a height in meters               | 8302-2  | 1.78    | m           | 178.00      | cm
    a temperature in Fahrenheit      | 8310-5  | 98.6    | [degF]      | 37.00       | Cel
    a pulse                          | 8867-4  | 62      | {beats}/min | 62          | /min
    kidney function, area left out   | 33914-3 | 61      | mL/min      | 61          | mL/min/{1.73_m2}
    thyrotropin in smaller parts     | 3016-3  | 2.5     | u[iU]/mL    | 2.5         | m[iU]/L
    a score                          | 44261-6 | 12      | {score}     | 12          | {score}
""")
def test_a_number_is_kept_in_the_unit_of_its_concept(
    code: str, written: Decimal, unit: str, kept: Decimal, in_unit: str
) -> None:
    seen = observation(code, valueQuantity={"value": float(written), "unit": unit})
    [fact] = facts_of_ann(seen)
    assert (fact.value, str(fact.unit)) == (kept, in_unit)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (quantity(35, "mg/dL"), "The unit mg/dL is not one this is measured in."),
        (quantity(35, "furlong"), "The unit furlong is not one this is measured in."),
        ({"value": 35}, "The number has no unit."),
        ({"unit": "U/L"}, "No number was given."),
        ({"value": "35", "unit": "U/L"}, "No number was given."),
        ({"value": True, "unit": "U/L"}, "No number was given."),
        (
            {"value": 35, "code": "ukat/L", "unit": "U/L"},
            "The number is in ukat/L by its code, in U/L by its words.",
        ),
        ({"value": 35, "code": "mL", "unit": "U/L"}, "The unit mL is not one this is measured in."),
        ({"value": 10**40, "unit": "U/L"}, "The number is outside anything a clinic can measure."),
    ],
)
def test_a_number_nobody_can_place_is_listed_and_never_guessed(value: dict[str, Any], why: str) -> None:
    ann = of_ann(observation(ALT, valueQuantity=value))
    assert (len(ann.facts), reasons(ann)) == (1, {"Observation/o1#valueQuantity": why})


def test_words_beside_a_code_may_be_anything() -> None:
    [fact] = facts_of_ann(observation(ALT, valueQuantity={**quantity(35, "U/L"), "unit": "units per liter"}))
    assert fact.value == Decimal(35)


def test_a_local_code_for_a_unit_is_none_and_its_words_count() -> None:
    local = {"value": 35, "system": "http://x.example/units", "code": "17", "unit": "U/L"}
    [fact] = facts_of_ann(observation(ALT, valueQuantity=local))
    assert fact.value == Decimal(35)


@pytest.mark.parametrize(
    ("ranges", "limit"),
    [
        ([{"low": quantity(7, "U/L"), "high": quantity(56, "U/L")}], Decimal(56)),
        ([{"high": {"value": 56}}], Decimal(56)),
        ([{"high": quantity(1, "ukat/L")}], Decimal(60)),
        ([{"text": "7-56"}], Decimal(56)),
        ([{"text": "7 - 56 U/L"}], Decimal(56)),
        ([{"text": "7.5 to 56.5"}], Decimal("56.5")),
        ([{"text": "<56"}], Decimal(56)),
        ([{"high": {"value": 56}}, {"high": {"value": 56}}], Decimal(56)),
        ([{"high": {"value": 56}}, {"high": {"value": 300}, "type": coded("x", "treatment")}], Decimal(56)),
        ([{"low": {"value": 7}}], None),
        ([{}], None),
        ({"high": {"value": 56}}, Decimal(56)),
    ],
)
def test_the_upper_limit_is_the_reports_own(ranges: object, limit: Decimal | None) -> None:
    ann = of_ann(observation(ALT, valueQuantity=quantity(120, "U/L"), referenceRange=ranges))
    assert [fact.upper_limit for fact in ann.facts] == [None, limit]
    assert reasons(ann) == {}


@pytest.mark.parametrize(
    "ranges",
    [
        [{"high": {"value": 56}}, {"high": {"value": 40}}],
        [{"text": "see the back of this sheet"}],
        [{"text": "7 - 56 mg/dL"}],
        [{"high": quantity(56, "mg")}],
        [{"high": {"value": "56"}}],
    ],
)
def test_a_limit_nobody_can_choose_or_read_is_no_limit_and_is_listed(ranges: object) -> None:
    ann = of_ann(observation(ALT, valueQuantity=quantity(120, "U/L"), referenceRange=ranges))
    assert [fact.upper_limit for fact in ann.facts] == [None, None]
    assert set(reasons(ann)) == {"Observation/o1#referenceRange"}


def test_a_score_may_be_a_whole_number() -> None:
    [fact] = facts_of_ann(observation("44261-6", valueInteger=12))
    assert (fact.value, str(fact.unit)) == (Decimal(12), "{score}")


def test_a_number_with_more_digits_than_can_be_converted_exactly_is_listed() -> None:
    seen = observation(WEIGHT, valueQuantity=quantity(7, "[lb_av]"), subject={"reference": "Patient/ann"})
    record = json.dumps(bundle(ANN, seen)).replace(": 7,", f": 1.{'3' * 80},")
    [ann] = read_people(record.encode()).people
    why = "The unit [lb_av] is not one this is measured in."
    assert reasons(ann) == {"Observation/o1#valueQuantity": why}


@pytest.mark.parametrize("comparator", ["<", "<=", ">", ">="])
def test_a_bound_stays_a_bound(comparator: str) -> None:
    ann = of_ann(observation(ALT, valueQuantity={**quantity(5, "U/L"), "comparator": comparator}))
    assert told(list(ann.facts))[1:] == [("lab:alt", "", "recorded")]
    assert str(ann.facts[1].value) == f"{comparator} 5"


def test_a_sign_that_is_no_bound_is_listed() -> None:
    ann = of_ann(observation(ALT, valueQuantity={**quantity(5, "U/L"), "comparator": "~"}))
    why = "The sign before the number is none that FHIR R4 has."
    assert reasons(ann) == {"Observation/o1#valueQuantity": why}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("31 U/L", "31"),
        ("< 5 U/L", "< 5"),
        (">=200 IU/L", ">= 200"),
        ("31", None),
        ("31-33 U/L", None),
        ("high", None),
    ],
)
def test_a_number_written_in_words_needs_its_unit_too(written: str, value: str | None) -> None:
    ann = of_ann(observation(ALT, valueString=written))
    assert [str(fact.value) for fact in ann.facts[1:]] == ([value] if value else [])
    assert bool(reasons(ann)) == (value is None)


@cases("""
    story                     | status           | known
    --------------------------+------------------+---------
    final                     | final            | recorded
    amended                   | amended          | recorded
    corrected                 | corrected        | recorded
    preliminary               | preliminary      | doubtful
    nobody knows              | unknown          | doubtful
    nobody says               |                  | doubtful
    no result yet             | registered       |
    cancelled                 | cancelled        |
    in error                  | entered-in-error |
    no status R4 has          | done             |
""")
def test_how_a_result_stands(status: str | None, known: str | None) -> None:
    facts = facts_of_ann(observation(ALT, valueQuantity=quantity(35, "U/L"), status=status))
    assert told(facts) == ([("lab:alt", "", known)] if known else [])


def test_a_result_without_a_time_has_none_and_the_day_it_was_issued_is_not_taken_for_it() -> None:
    late = observation(ALT, valueQuantity=quantity(35, "U/L"), issued="2026-03-04T12:00:00Z")
    del late["effectiveDateTime"]
    assert [fact.when for fact in facts_of_ann(late)] == [None]


def test_what_was_seen_on_a_fetus_or_a_partner_is_not_hers() -> None:
    ann = of_ann(observation(ALT, valueQuantity=quantity(35, "U/L"), focus=[{"reference": "Patient/bob"}]))
    assert (len(ann.facts), set(reasons(ann))) == (1, {"Observation/o1#focus"})


@pytest.mark.parametrize(
    ("code", "value", "word"),
    [
        (HCG, {"valueCodeableConcept": coded(SNOMED, "10828004", "Positive")}, "positive"),
        (HCG, {"valueCodeableConcept": {"text": "NEGATIVE"}}, "negative"),
        (HCG, {"valueString": "Not detected"}, "negative"),
        (HCG, {"valueBoolean": True}, "positive"),
        (HCG, {"valueBoolean": False}, "negative"),
        (HCG, {"interpretation": [coded("http://hl7.org/fhir/v2/0078", "POS")]}, "positive"),
        (HCG, {"valueString": "Equivocal"}, "indeterminate"),
        (HCG_NUMBER, {"valueString": "negative"}, "negative"),
        (HCG_NUMBER, {"valueQuantity": quantity(3, "m[iU]/mL")}, Decimal(3)),
        (HCG_NUMBER, {"valueQuantity": quantity(3, "[iU]/L")}, Decimal(3)),
    ],
)
def test_a_test_says_yes_or_no_in_any_of_its_words(code: str, value: dict[str, Any], word: object) -> None:
    assert [(fact.what, fact.value) for fact in facts_of_ann(observation(code, **value))] == [
        ("lab:hcg", word)
    ]


@pytest.mark.parametrize(
    ("value", "element", "why"),
    [
        ({"valueString": "hemolyzed"}, "valueString", "hemolyzed says neither yes nor no."),
        ({"valueString": "not negative"}, "valueString", "not negative says neither yes nor no."),
        ({"dataAbsentReason": {"text": "unknown"}}, "value[x]", "No value was given."),
        ({"valueQuantity": {"value": 3}}, "valueQuantity", "No value was given."),
    ],
)
def test_a_test_that_says_neither_is_listed(value: dict[str, Any], element: str, why: str) -> None:
    ann = of_ann(observation(HCG, **value))
    assert (len(ann.facts), reasons(ann)) == (1, {f"Observation/o1#{element}": why})


def component(code: str, value: float, unit: str) -> dict[str, Any]:
    """One number of a panel."""
    return {"code": coded(LOINC, code), "valueQuantity": quantity(value, unit)}


def test_each_component_of_a_panel_is_read_by_itself() -> None:
    parts = [component(ALT, 35, "U/L"), component(AST, 30, "U/L"), component("17861-6", 9, "mg/dL")]
    facts = facts_of_ann(observation("24323-8", component=parts))
    assert [(fact.what, fact.came_from) for fact in facts] == [
        ("lab:alt", "Observation/o1#component[0].valueQuantity"),
        ("lab:ast", "Observation/o1#component[1].valueQuantity"),
    ]


def test_a_code_no_rule_uses_is_kept_and_what_has_no_code_is_listed() -> None:
    other = observation("17861-6", id="calcium", valueQuantity=quantity(9, "mg/dL"))
    local = {**observation(ALT, id="local"), "code": {"text": "liver tests fine"}}
    ann = of_ann(other, local)
    why = "It has no LOINC code, so nobody can say for sure what was measured."
    assert reasons(ann) == {"Observation/local#code": why}


def report(*inside: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A laboratory's report with the results written inside it."""
    named = [{"reference": f"#{one['id']}"} for one in inside]
    return {"resourceType": "DiagnosticReport", "id": "d1", "status": "final", "contained": list(inside),
            "result": named, **more}  # fmt: skip


def test_results_written_inside_a_report_count_as_the_report_stands() -> None:
    enzyme = observation(ALT, valueQuantity=quantity(35, "U/L"))
    [fact] = facts_of_ann(report(enzyme))
    assert (fact.what, fact.came_from) == ("lab:alt", "DiagnosticReport/d1#o1#valueQuantity")
    assert told(facts_of_ann(report(enzyme, status="preliminary"))) == [("lab:alt", "", "doubtful")]
    assert facts_of_ann(report(enzyme, status="entered-in-error")) == []
    assert facts_of_ann(report(enzyme, result=[])) == []


def test_a_result_inside_her_report_that_names_another_is_not_hers() -> None:
    enzyme = observation(ALT, valueQuantity=quantity(35, "U/L"), subject={"reference": "Patient/bob"})
    ann = of_ann(report(enzyme))
    assert (len(ann.facts), set(reasons(ann))) == (1, {"DiagnosticReport/d1#o1#subject"})


def test_a_condition_an_observation_or_report_names_is_a_reason_to_ask() -> None:
    concept = coded(SNOMED, "58214004", "Schizophrenia")
    assert told(facts_of_ann(observation("29308-4", valueCodeableConcept=concept))) == [
        ("psychosis-primary", "active", "doubtful")
    ]
    assert told(facts_of_ann(report(conclusionCode=[concept]))) == [
        ("psychosis-primary", "active", "doubtful")
    ]


def test_a_pregnancy_status_says_a_pregnancy_and_a_wish_for_one_says_nothing() -> None:
    pregnant = coded(SNOMED, "77386006", "Pregnant")
    assert told(facts_of_ann(observation("82810-3", valueCodeableConcept=pregnant))) == [
        ("pregnancy", "active", "recorded")
    ]
    wish = {"text": "Wants to become pregnant"}
    assert facts_of_ann(observation("86645-9", valueCodeableConcept=wish)) == []
