"""How conditions and family history stand, as each way of writing it in R4 makes them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.cases import cases
from tests.unit.kap_fhir.records import (
    ANN,
    ICD10,
    SCHIZOPHRENIA,
    SNOMED,
    bundle,
    coded,
    condition,
    facts_of_ann,
    of_ann,
    reading,
    reasons,
    status,
    told,
)

from kap.vocabulary.facts import Fact
from kap.vocabulary.moments import Instant
from kap.vocabulary.partial_dates import PartialDate

TODAY = date(2026, 3, 4)


@cases("""
    story                                | clinical   | verified         | ended      | course | known
    -------------------------------------+------------+------------------+------------+--------+---------
    nothing but the code                 |            |                  |            | active | recorded
    present and confirmed                | active     | confirmed        |            | active | recorded
    back again                           | recurrence | confirmed        |            | active | recorded
    relapsed                             | relapse    | confirmed        |            | active | recorded
    no longer bothering                  | inactive   | confirmed        |            | past   | recorded
    in remission                         | remission  | confirmed        |            | past   | recorded
    resolved                             | resolved   | confirmed        |            | past   | recorded
    resolved and dated                   | resolved   |                  | 2012-01-01 | past   | recorded
    only an end that has come            |            | confirmed        | 2026-03-04 | past   | recorded
    only an end that is to come          |            | confirmed        | 2026-03-05 | active | recorded
    an end of which the year is known    |            |                  | 2012       | past   | recorded
    an end nobody can read               |            |                  | last year  | active | doubtful
    present, and yet ended               | active     | confirmed        | 2012-01-01 | active | doubtful
    present, with an end to come         | active     | confirmed        | 2026-03-05 | active | recorded
    provisional                          | active     | provisional      |            | active | doubtful
    one of several that it could be      | active     | differential     |            | active | doubtful
    unconfirmed and over                 | resolved   | unconfirmed      |            | past   | doubtful
    a verification R4 does not have      | active     | probably         |            | active | doubtful
    a status R4 does not have            | smoldering | confirmed        |            | active | doubtful
    refuted                              | active     | refuted          |            |        |
    written in error                     |            | entered-in-error |            |        |
""")
def test_how_a_condition_stands(
    clinical: str | None, verified: str | None, ended: str | None, course: str | None, known: str | None
) -> None:
    written = {"clinicalStatus": clinical, "verificationStatus": verified}
    more: dict[str, Any] = {element: status(code) for element, code in written.items() if code}
    facts = facts_of_ann(condition(**more, **({"abatementDateTime": ended} if ended else {})), on=TODAY)
    assert told(facts) == ([("psychosis-primary", course, known)] if course else [])


@pytest.mark.parametrize(
    ("end", "course"),
    [
        ({"abatementBoolean": True}, "past"),
        ({"abatementBoolean": False}, "active"),
        ({"abatementAge": {"value": 40}}, "past"),
        ({"abatementString": "years ago"}, "past"),
        ({"abatementPeriod": {"end": "2012"}}, "past"),
        ({"abatementDateTime": "2026-03-05T06:30:00Z"}, "active"),
        ({"abatementDateTime": "2026-03-04T23:30:00-07:00"}, "past"),
        ({"abatementPeriod": {"start": "2012", "end": "2027"}}, "active"),
    ],
)
def test_an_end_counts_however_it_was_written(end: dict[str, Any], course: str) -> None:
    assert told(facts_of_ann(condition(**end), on=TODAY)) == [("psychosis-primary", course, "recorded")]


def test_a_senders_own_code_beside_fhirs_does_not_raise_a_doubt() -> None:
    both = {"coding": [{"system": SNOMED, "code": "410605003"}, {"code": "confirmed"}]}
    assert told(facts_of_ann(condition(verificationStatus=both))) == [
        ("psychosis-primary", "active", "recorded")
    ]


@pytest.mark.parametrize(
    ("concept", "expected"),
    [
        (coded(SNOMED, "4926007", "Schizophrenia in remission"), [("psychosis-primary", "past", "recorded")]),
        (coded(SNOMED, "161468000", "History of schizophrenia"), [("psychosis-primary", "past", "recorded")]),
        (coded(SNOMED, "767631007", "most recent episode depression"), [("bipolar", "active", "recorded")]),
        (coded(ICD10, "F20.9"), [("psychosis-primary", "active", "recorded")]),
        (coded(ICD10, "F33.3"), [("psychosis-mood", "active", "recorded")]),
        ({"coding": [{"system": ICD10, "code": "F32.3"}, {"system": SNOMED, "code": "73867007"}]},
         [("psychosis-mood", "active", "recorded")]),
        ({"text": "Schizophrenia"}, [("psychosis-primary", "active", "doubtful")]),
        ({"text": "History of schizophrenia"}, [("psychosis-primary", "past", "doubtful")]),
        ({"coding": {"system": SNOMED, "code": 58214004}}, [("psychosis-primary", "active", "recorded")]),
    ],
)  # fmt: skip
def test_what_a_code_says_of_its_course_rules_and_words_alone_are_doubtful(
    concept: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert told(facts_of_ann(condition(code=concept))) == expected


@pytest.mark.parametrize(
    ("more", "place", "why"),
    [
        ({"code": {"text": "no schizophrenia"}}, "code", "No screening rule knows no schizophrenia."),
        (
            {"code": coded("http://elsewhere.example", "58214004")},
            "code",
            "No screening rule knows 58214004.",
        ),
        ({"code": {}}, "code", "It says neither in a code nor in words what it is about."),
        ({"code": "58214004"}, "code", "It says neither in a code nor in words what it is about."),
        (
            {"modifierExtension": [{"url": "http://x.example/notDone", "valueBoolean": True}]},
            "modifierExtension",
            "This entry is changed by an extension OpenKAP does not know, so nobody can say what it means.",
        ),
        (
            {"implicitRules": "http://x.example/rules"},
            "implicitRules",
            "This entry is written under rules of its sender that OpenKAP does not know.",
        ),
    ],
)
def test_what_is_not_understood_is_listed_with_its_place_and_reason(
    more: dict[str, Any], place: str, why: str
) -> None:
    ann = of_ann(condition(**more))
    known = [fact for fact in ann.facts if fact.what not in ("birth-date", "condition:other")]
    assert (known, reasons(ann)) == ([], {f"Condition/c1#{place}": why})


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, [("active", "recorded")]),
        ({"clinicalStatus": status("resolved")}, [("past", "recorded")]),
        ({"verificationStatus": status("provisional")}, [("active", "doubtful")]),
        ({"verificationStatus": status("refuted")}, []),
        ({"category": [status("encounter-diagnosis")]}, [("active", "doubtful")]),
        ({"code": {"text": "No fractures"}}, []),
        ({"code": {}}, []),
    ],
)
def test_a_condition_no_rule_knows_stays_on_the_problem_list_in_its_own_words_and_is_listed_besides(
    more: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    ankle = condition(**{"code": {"text": "Sprain of ankle"}, "onsetDateTime": "2020-02-29", **more})
    ann = of_ann(ankle)
    facts = [fact for fact in ann.facts if fact.what != "birth-date"]
    assert told(facts) == [("condition:other", *how) for how in expected]
    assert {(fact.value, fact.when) for fact in facts} <= {("Sprain of ankle", date(2020, 2, 29))}
    assert len(reasons(ann)) == (0 if more.get("verificationStatus") == status("refuted") else 1)


def test_a_condition_in_its_own_words_alone_counts_as_listed_and_not_as_understood() -> None:
    mine = {"subject": {"reference": "Patient/ann"}}
    read = reading(bundle(ANN, {**condition(code={"text": "Sprain of ankle"}), **mine}))
    assert (read.tally.understood, read.tally.listed) == (1, 1)


@pytest.mark.parametrize(
    ("written", "when", "day"),
    [
        ({"onsetDateTime": "1980"}, PartialDate("1980"), None),
        ({"onsetDateTime": "1980-05"}, PartialDate("1980-05"), None),
        ({"onsetDateTime": "1980-05-17"}, date(1980, 5, 17), None),
        (
            {"onsetDateTime": "2026-03-04T23:30:00-07:00"},
            Instant.parse("2026-03-05T06:30:00+00:00"),
            date(2026, 3, 4),
        ),
        ({"onsetDateTime": "2026-03-04T23:30:00"}, date(2026, 3, 4), None),
        ({"onsetPeriod": {"start": "2001-01", "end": "2003"}}, PartialDate("2001-01"), None),
        ({"onsetAge": {"value": 20}, "recordedDate": "2020-02-29"}, date(2020, 2, 29), None),
        ({"onsetDateTime": "1980", "recordedDate": "2020-02-29"}, PartialDate("1980"), None),
        ({}, None, None),
    ],
)
def test_a_date_is_kept_as_exactly_as_it_was_written(
    written: dict[str, Any], when: object, day: date | None
) -> None:
    [fact] = facts_of_ann(condition(**written))
    assert (fact.when, fact.local_day) == (when, day)


@pytest.mark.parametrize(
    "garbled",
    ["yesterday", "2026-02-30", "20260304", "0000", "2026-13", "2026-03-04T25:00:00Z", "٢٠٢٦-٠٣-٠٤",
     "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-W10-3", "2026-03-04T", 20260304],
)  # fmt: skip
def test_a_date_nobody_can_read_leaves_the_fact_without_one_and_is_listed(garbled: object) -> None:
    ann = of_ann(condition(onsetDateTime=garbled))
    assert [fact.when for fact in ann.facts] == [None, None]
    assert reasons(ann) == {
        "Condition/c1#onsetDateTime": "Its date cannot be read, so it counts without one."
    }


def relative(role: str, **more: Any) -> list[Fact]:
    """The facts of schizophrenia in a relative of Ann's."""
    kin = coded("http://terminology.hl7.org/CodeSystem/v3-RoleCode", role)
    written = {"resourceType": "FamilyMemberHistory", "id": "f1", "status": "completed", "relationship": kin}
    of = {"patient": {"reference": "Patient/ann"}, "condition": [{"code": SCHIZOPHRENIA}]}
    return facts_of_ann({**written, **of, **more})


@cases("""
    who                        | role     | course
    ---------------------------+----------+---------------
    her mother                 | MTH      | family
    her father                 | FTH      | family
    her brother                | BRO      | family
    her daughter               | DAU      | family
    her aunt                   | AUNT     | distant-family
    her grandmother            | GRMTH    | distant-family
    nobody in particular       | FAMMEMB  | family
    a role nobody knows        | XYZ      | family
    her adoptive mother        | MTHADOPT |
    her stepfather             | STPFTH   |
    her brother-in-law         | BROINLAW |
    her husband                | HUSB     |
""")
def test_how_near_a_relative_is(role: str, course: str | None) -> None:
    assert told(relative(role)) == ([("psychosis-primary", course, "recorded")] if course else [])


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"status": "partial"}, [("psychosis-primary", "family", "recorded")]),
        ({"status": "health-unknown"}, [("psychosis-primary", "family", "doubtful")]),
        ({"status": "entered-in-error"}, []),
        ({"condition": [{"code": coded(SNOMED, "4926007")}]}, [("psychosis-primary", "family", "recorded")]),
        ({"condition": [{"code": SCHIZOPHRENIA, "modifierExtension": [{"url": "u"}]}]}, []),
        ({"condition": None}, []),
    ],
)
def test_what_a_relative_has_is_never_hers(
    more: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert told(relative("MTH", **more)) == expected
