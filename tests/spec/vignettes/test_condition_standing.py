"""How an entry of the problem list stands, as records write it.

A well person, everything asked, and one more entry of the problem list. Its status, its end, the visit it was
made at and whom it is about decide whether the rule named counts it.
"""

from tests.cases import cases
from tests.spec.vignettes.records import (
    BOB,
    condition,
    day,
    observation,
    patient,
    with_well,
)


@cases("""
    what is recorded                           | element             | value       | answer
    -------------------------------------------+---------------------+-------------+------------------
    nothing about an end                       |                     |             | hold: primary care
    ended years ago                            | abatementDateTime   | 2019        | proceed
    ended at a moment                          | abatementDateTime   | 2026-11-20T23:30:00-08:00 | proceed
    ends next week                             | abatementDateTime   | 2026-11-28  | hold: primary care
    ended, and nobody can read when            | abatementDateTime   | in spring   | unknown: fact
    ended, in words                            | abatementString     | as a teenager | proceed
""")  # fmt: skip
def test_a_condition_without_a_status_stands_until_its_end(
    element: str | None, value: str | None, answer: str
) -> None:
    ended = {element: value} if element else {}
    assert with_well("bladder", condition("icd N30.10", None, **ended)) == answer


def test_a_condition_called_active_that_has_ended_is_asked_about() -> None:
    both = condition("icd N30.10", "active", abatementDateTime="2019-05-01")
    assert with_well("bladder", both) == "unknown: fact"


VISIT = [
    {
        "coding": [
            {
                "system": "http://terminology.hl7.org/CodeSystem/condition-category",
                "code": "encounter-diagnosis",
            }
        ]
    }
]


@cases("""
    what a visit three years ago was about | rule                     | code       | answer
    ---------------------------------------+--------------------------+------------+-------------------
    an aneurysm                            | aneurysm-avm             | icd I71.40 | stop: override
    schizophrenia                          | psychosis                | icd F20.9  | stop: override
    psychotic depression                   | psychosis                | icd F33.3  | hold: psychiatry
    a manic episode                        | mania                    | icd F30.13 | unknown: fact
    a urinary infection                    | bladder                  | icd N39.0  | unknown: fact
    a pregnancy                            | pregnancy                | icd Z34.82 | unknown: remeasure
    a hypertensive crisis, a reading since | blood-pressure           | icd I16.1  | proceed
    cirrhosis                              | hepatic                  | icd K74.60 | unknown: fact
    something no rule asks about           | bladder                  | icd J06.9  | proceed
""")
def test_the_diagnosis_of_a_visit_was_there_and_may_be_over(rule: str, code: str, answer: str) -> None:
    assert with_well(rule, condition(code, None, None, category=VISIT, recordedDate=day(1000))) == answer


@cases("""
    test                            | recorded | tested | answer
    --------------------------------+----------+--------+-------------------
    negative since, fresh           | 300      | 2      | proceed
    negative since, too old         | 300      | 30     | unknown: remeasure
    negative on the same day        | 2        | 2      | unknown: remeasure
    negative before                 | 1        | 2      | unknown: remeasure
""")
def test_a_later_negative_test_answers_a_pregnancy_nobody_confirmed(
    recorded: int, tested: int, answer: str
) -> None:
    doubted = condition("sct 77386006", "active", "provisional", recordedDate=day(recorded))
    test = observation("2106-3", tested, id="hcg", valueString="negative")
    assert with_well("pregnancy", doubted, test) == answer


def test_what_another_person_has_never_counts() -> None:
    his = condition("icd F20.9", subject=BOB)
    assert with_well("psychosis", patient("bob"), his) == "proceed"
    assert with_well("psychosis", his) == "proceed"
