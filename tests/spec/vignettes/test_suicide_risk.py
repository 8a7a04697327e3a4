"""The risk of suicide, as records hold it.

A person who is well, with the forms a table adds or puts in place of the calm C-SSRS of five days ago. Forms
are written `question=answer`, 1 for yes; a day without a form is blank. They come as a whole response, as a
panel with its answers, as one observation an item, or as a code on the problem list.
"""

from typing import Any

from tests.cases import cases
from tests.spec.vignettes.records import (
    Resource,
    bundle,
    concept,
    condition,
    day,
    filled,
    observation,
    read,
    with_well,
)

CSSRS = ("cssrs",)
CODES = dict(
    zip("1234567", ("93246-7", "93247-5", "93248-3", "93249-1", "93250-9", "93267-3", "93269-9"), strict=True)
)
YES, NO = "LA33-6", "LA32-8"


@cases("""
    the whole story                                       | screener                | ago | since       | since_ago | phq9 | phq9_ago | answer
    ------------------------------------------------------+-------------------------+-----+-------------+-----------+------+----------+----------------------
    asked at intake, calm, and calm since                 | 1=0 2=0 6=0             |  25 | 1=0 2=0 6=0 |         3 | 9=0  |        3 | proceed
    in resistant depression: item 9, then asked, low      | 1=1 2=0 6=0             |   3 |             |           | 9=1  |        3 | caution
    item 9 of two, and nobody has asked since             | 1=0 2=0 6=0             |  10 |             |           | 9=2  |        2 | hold: remeasure
    item 9 of three, asked the same day, a plan           | 1=1 2=1 3=1 4=1 5=1 6=0 |   2 |             |           | 9=3  |        2 | stop today: remeasure
    a plan two weeks ago, calm since                      | 1=1 2=1 3=1 4=1 5=1 6=0 |  14 | 1=0 2=0 6=0 |         1 | 9=0  |        1 | proceed
    an attempt two months before the intake, calm since   | 1=0 2=0 6=1 7=1         |  14 | 1=0 2=0 6=0 |         1 | 9=0  |        1 | stop today: remeasure
    an attempt in youth, calm since                       | 1=0 2=0 6=1 7=0         |  14 | 1=0 2=0 6=0 |         1 | 9=0  |        1 | hold: psychiatry
    calm at intake, thoughts of how since                 | 1=0 2=0 6=0             |  14 | 1=1 2=1 3=1 |         1 | 9=1  |        1 | hold: psychiatry
    only a depression form, and all its answers zero      |                         |     |             |           | 9=0  |        1 | unknown: remeasure
    only a total of nine questions without the ninth      |                         |     |             |           | 1=3  |        1 | unknown: remeasure
    intake two months ago, nobody has asked since         | 1=0 2=0 6=0             |  60 |             |           | 9=0  |        1 | unknown: remeasure
    nothing at all                                        |                         |     |             |           |      |          | unknown: remeasure
""")  # fmt: skip
def test_a_whole_record(
    screener: str | None,
    ago: int | None,
    since: str | None,
    since_ago: int | None,
    phq9: str | None,
    phq9_ago: int | None,
    answer: str,
) -> None:
    forms = [
        filled(name, given, days, id=name)
        for name, given, days in (
            ("cssrs-screener", screener, ago),
            ("cssrs-since-last-contact", since, since_ago),
            ("phq9", phq9, phq9_ago),
        )
        if given
    ]
    assert with_well("suicide-risk", *forms, instead_of=CSSRS) == answer


@cases("""
    status of the response             | status           | given       | answer
    -----------------------------------+------------------+-------------+----------------------
    completed, calm                    | completed        | 1=0 2=0 6=0 | proceed
    amended, calm                      | amended          | 1=0 2=0 6=0 | proceed
    being filled in, calm so far       | in-progress      | 1=0 2=0 6=0 | unknown: remeasure
    broken off, low so far             | stopped          | 1=1 2=0     | unknown: remeasure
    broken off after a yes to a plan   | stopped          | 5=1         | stop today: remeasure
    being filled in, thoughts of how   | in-progress      | 3=1         | hold: psychiatry
    written in error, a plan           | entered-in-error | 5=1         | unknown: remeasure
    a status nobody knows, a plan      | draft            | 5=1         | unknown: remeasure
""")
def test_a_response_counts_by_its_status(status: str, given: str, answer: str) -> None:
    told = filled("cssrs-screener", given, status=status)
    assert with_well("suicide-risk", told, instead_of=CSSRS) == answer


@cases("""
    sent as                                   | shape      | given             | answer
    ------------------------------------------+------------+-------------------+----------------------
    a response by LOINC, calm                 | response   | 1=0 2=0 6=0       | proceed
    a response by LOINC, a plan               | response   | 1=1 2=1 5=1 6=0   | stop today: remeasure
    a panel with components, calm             | panel      | 1=0 2=0 6=0       | proceed
    a panel with components, low              | panel      | 1=1 2=0 6=0       | caution
    a panel with components, an old attempt   | panel      | 1=0 2=0 6=1 7=0   | hold: psychiatry
    one observation an item, calm             | items      | 1=0 2=0 6=0       | proceed
    one observation an item, some intention   | items      | 1=1 2=1 4=1 6=0   | stop today: remeasure
    one observation an item, one is missing   | items      | 1=0 2=0           | unknown: remeasure
    one observation, yes to a plan            | items      | 5=1               | stop today: remeasure
""")
def test_the_screener_is_known_by_its_codes(shape: str, given: str, answer: str) -> None:
    sent = {"response": _response, "panel": _panel, "items": _items}[shape](given)
    assert with_well("suicide-risk", *sent, instead_of=CSSRS) == answer


@cases("""
    item 9 of the PHQ-9, observed     | element              | value                | answer
    ----------------------------------+----------------------+----------------------+------------------
    a code for several days           | valueCodeableConcept | loinc LA6569-3       | hold: remeasure
    a code for not at all             | valueCodeableConcept | loinc LA6568-5       | proceed
    in words, nearly every day        | valueCodeableConcept | text Nearly every day | hold: remeasure
    words the form does not have      | valueCodeableConcept | text sometimes       | proceed
    a number                          | valueInteger         | 2                    | hold: remeasure
    a number the form does not have   | valueInteger         | 7                    | proceed
    a quantity                        | valueQuantity        | 1                    | hold: remeasure
    a quantity of zero                | valueQuantity        | 0                    | proceed
""")
def test_item_9_of_the_phq_9_is_known_by_its_code(element: str, value: str, answer: str) -> None:
    given: Any = concept(value) if element == "valueCodeableConcept" else int(value) if value else None
    told = {"value": given} if element == "valueQuantity" else given
    item = observation("44260-8", 1, id="phq9-9", **{element: told})
    assert with_well("suicide-risk", item) == answer


@cases("""
    an answer that no form can have | form           | given   | listed
    --------------------------------+----------------+---------+-------
    yes, no, and seven              | cssrs-screener | 1=7     | 1
    item 9 of four                  | phq9           | 9=4     | 9
    a question it does not have     | phq9           | 99=1    |
""")
def test_an_impossible_answer_is_listed_and_counts_for_nothing(
    form: str, given: str, listed: str | None
) -> None:
    told = filled(form, given)
    assert with_well("suicide-risk", told) == "proceed"
    (person,) = read(bundle(*[told, {"resourceType": "Patient", "id": "ann"}])).people
    assert [one.came_from for one in person.not_understood if "#" in one.came_from] == (
        [f"QuestionnaireResponse/form1#{listed}"] if listed else []
    )


def test_a_question_answered_twice_counts_by_the_worse() -> None:
    twice = filled("cssrs-screener", "1=0 2=0 4=1 4=0 6=0")
    assert with_well("suicide-risk", twice, instead_of=CSSRS) == "stop today: remeasure"


def test_a_form_that_names_no_code_of_ours_is_not_taken_for_one() -> None:
    other = filled("cssrs-screener", "5=1", questionnaire="http://example.org/Questionnaire/mood")
    assert with_well("suicide-risk", other) == "proceed"
    (person,) = read(bundle(other, {"resourceType": "Patient", "id": "ann"})).people
    assert [one.came_from for one in person.not_understood] == ["QuestionnaireResponse/form1#questionnaire"]


def test_two_screeners_of_one_day_are_told_apart_by_their_times() -> None:
    plan = filled("cssrs-screener", "5=1", "2026-11-20T09:00:00-07:00", id="morning")
    calm = filled("cssrs-screener", "1=0 2=0 6=0", "2026-11-20T15:00:00-07:00", id="afternoon")
    assert with_well("suicide-risk", plan, calm, instead_of=CSSRS) == "proceed"
    earlier = {**calm, "authored": "2026-11-20T08:00:00-07:00"}
    assert with_well("suicide-risk", plan, earlier, instead_of=CSSRS) == "stop today: remeasure"


@cases("""
    what is recorded                       | code          | clinical | verified    | ago | answer
    ---------------------------------------+---------------+----------+-------------+-----+----------------------
    suicidal ideation, since the C-SSRS    | icd R45.851   | active   | confirmed   | 1   | hold: remeasure
    suicidal ideation, asked since         | icd R45.851   | active   | confirmed   | 9   | proceed
    suicidal thoughts, SNOMED              | sct 6471006   | active   | confirmed   | 1   | hold: remeasure
    suicidal thoughts, resolved            | sct 6471006   | resolved | confirmed   | 1   | proceed
    suicidal thoughts, refuted             | sct 6471006   | active   | refuted     | 1   | proceed
    suicidal thoughts, provisional         | sct 6471006   | active   | provisional | 1   | unknown: remeasure
    a plan, since the C-SSRS               | sct 247650009 | active   | confirmed   | 1   | hold: psychiatry
    a suicide attempt, 60 days ago         | icd T14.91XA  | active   | confirmed   | 60  | stop today: remeasure
    a suicide attempt, SNOMED, years ago   | sct 82313006  | resolved | confirmed   | 900 | hold: psychiatry
    a history of attempts                  | icd Z91.51    | active   | confirmed   | 900 | hold: psychiatry
    a history of attempts, SNOMED          | sct 161474000 | active   | confirmed   | 900 | hold: psychiatry
    self-harm by a sharp object, since     | icd X78.9XXA  | active   | confirmed   | 1   | unknown: remeasure
    a history of self-harm without intent  | icd Z91.52    | active   | confirmed   | 1   | proceed
""")
def test_codes_of_the_problem_list(code: str, clinical: str, verified: str, ago: int, answer: str) -> None:
    recorded = condition(code, clinical, verified, recordedDate=day(ago))
    assert with_well("suicide-risk", recorded) == answer


def _pairs(given: str) -> list[tuple[str, Resource]]:
    pairs = (pair.split("=") for pair in given.split())
    return [(CODES[item], {"coding": [{"code": YES if answer == "1" else NO}]}) for item, answer in pairs]


def _response(given: str) -> list[Resource]:
    items = [
        {"linkId": f"/{code}", "answer": [{"valueCoding": value["coding"][0]}]}
        for code, value in _pairs(given)
    ]
    other = "http://example.org/Questionnaire/columbia"
    return [filled("cssrs-screener", None, questionnaire=other, item=[{"linkId": "all", "item": items}])]


def _panel(given: str) -> list[Resource]:
    parts = [
        {"code": concept(f"loinc {code}"), "valueCodeableConcept": value} for code, value in _pairs(given)
    ]
    return [observation("93373-9", 5, id="panel", component=parts)]


def _items(given: str) -> list[Resource]:
    return [
        observation(code, 5, id=f"item-{code}", valueCodeableConcept=value) for code, value in _pairs(given)
    ]
