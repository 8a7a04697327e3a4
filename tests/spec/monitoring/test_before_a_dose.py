"""What must be so before a dose.

Name and birth date, consent, blood pressure of the last hour, oxygen and heart, somebody afterwards, pregnancy, the
C-SSRS since the last contact, food and drink, equipment. Each gives one finding for today. What nobody asked or
measured is unknown, and unknown is never clear. Nothing here is overridden: it is answered, or measured again.
"""

from datetime import date
from decimal import Decimal

import pytest
from tests.cases import cases
from tests.spec.monitoring.room import CALM, READY, TODAY, Room, finding, ready, said

from kap.monitoring.checklist import accepted
from kap.monitoring.gate import blocking
from kap.vocabulary.errors import InputError
from kap.vocabulary.facts import Fact
from kap.vocabulary.findings import Scope
from kap.vocabulary.moments import Instant


@cases("""
    the reading of now              | systolic | diastolic | minutes_ago | answer
    --------------------------------+----------+-----------+-------------+-------------------
    ordinary                        |      124 |        78 |           0 | proceed
    both just below the first line  |      139 |        89 |           0 | proceed
    upper number on the first line  |      140 |        78 |           0 | caution
    lower number on the first line  |      124 |        90 |           0 | caution
    both just below the second line |      159 |        99 |           0 | caution
    upper number on the second line |      160 |        78 |           0 | hold: remeasure
    lower number on the second line |      124 |       100 |           0 | hold: remeasure
    both just below the third line  |      179 |       109 |           0 | hold: remeasure
    upper number on the third line  |      180 |        78 |           0 | stop: remeasure
    lower number on the third line  |      124 |       110 |           0 | stop: remeasure
    60 minutes ago                  |      124 |        78 |          60 | proceed
    61 minutes ago                  |      124 |        78 |          61 | unknown: remeasure
    only the upper number           |      124 |           |           0 | unknown: remeasure
    only the lower number, high     |          |       112 |           0 | unknown: remeasure
    nobody measured                 |          |           |           0 | unknown: remeasure
    a reading dated after now       |      124 |        78 |          -1 | unknown: remeasure
""")
def test_the_blood_pressure(
    systolic: int | None, diastolic: int | None, minutes_ago: int, answer: str
) -> None:
    read = {**CALM, "systolic": systolic, "diastolic": diastolic}
    room = Room().at(5).answers(READY).reads(read).at(5 + minutes_ago)
    assert said(finding(room.findings(), "blood-pressure")) == answer


@cases("""
    the reading of now             | rule       | channel           | number | answer
    -------------------------------+------------+-------------------+--------+-------------------
    ordinary saturation            | oxygen     | oxygen-saturation |     98 | proceed
    on the line                    | oxygen     | oxygen-saturation |     94 | proceed
    just below the line            | oxygen     | oxygen-saturation |     93 | hold: remeasure
    nobody measured the saturation | oxygen     | oxygen-saturation |        | unknown: remeasure
    ordinary heart rate            | heart-rate | heart-rate        |     72 | proceed
    on the lower line              | heart-rate | heart-rate        |     50 | proceed
    below the lower line           | heart-rate | heart-rate        |     49 | hold: remeasure
    on the upper line              | heart-rate | heart-rate        |    110 | proceed
    above the upper line           | heart-rate | heart-rate        |    111 | hold: remeasure
    nobody counted the heart       | heart-rate | heart-rate        |        | unknown: remeasure
""")
def test_oxygen_and_heart(rule: str, channel: str, number: int | None, answer: str) -> None:
    room = Room().at(5).answers(READY).reads({**CALM, channel: number})
    assert said(finding(room.findings(), rule)) == answer


@cases("""
    the answer                        | item         | answer                       | verdict
    ----------------------------------+--------------+------------------------------+-------------------
    said who they are                 | identity     | yes                          | proceed
    somebody else's chart             | identity     | no                           | stop: fact
    nobody asked who they are         | identity     |                              | unknown: fact
    consent stands                    | consent      | yes                          | proceed
    no consent                        | consent      | no                           | stop: fact
    nobody asked about consent        | consent      |                              | unknown: fact
    equipment checked                 | equipment    | yes                          | proceed
    something is missing              | equipment    | no                           | stop: fact
    nobody checked the equipment      | equipment    |                              | unknown: fact
    an escort comes                   | companion    | escort                       | proceed
    a named observer stays            | companion    | overnight observer: J. Weber | proceed
    nobody is there                   | companion    | no                           | stop: fact
    nobody asked about somebody       | companion    |                              | unknown: fact
    the test is negative              | pregnancy    | hcg negative                 | proceed
    the test is positive              | pregnancy    | hcg positive                 | stop: remeasure
    says they cannot become pregnant  | pregnancy    | cannot become pregnant       | proceed
    nobody asked about pregnancy      | pregnancy    |                              | unknown: fact
    C-SSRS: nothing                   | suicide-risk | none                         | proceed
    C-SSRS: low                       | suicide-risk | low                          | caution
    C-SSRS: moderate                  | suicide-risk | moderate                     | hold: remeasure
    C-SSRS: high                      | suicide-risk | high                         | stop: remeasure
    nobody asked the C-SSRS           | suicide-risk |                              | unknown: fact
    ate six hours ago                 | ate-at       | 2026-11-21T03:05:00-07:00    | proceed
    ate a minute less ago             | ate-at       | 2026-11-21T03:06:00-07:00    | hold: fact
    nobody asked about food           | ate-at       |                              | unknown: fact
    drank two hours ago               | drank-at     | 2026-11-21T07:05:00-07:00    | proceed
    drank a minute less ago           | drank-at     | 2026-11-21T07:06:00-07:00    | hold: fact
    nobody asked about drink          | drank-at     |                              | unknown: fact
""")
def test_every_item_is_asked(item: str, answer: str | None, verdict: str) -> None:
    given = {name: READY[name] for name in READY if name != item} | ({item: answer} if answer else {})
    room = Room().at(5).answers(given).reads(CALM)
    assert said(finding(room.findings(), item)) == verdict


def test_in_a_room_where_everything_is_in_order_nothing_stands_in_the_way() -> None:
    assert blocking(ready().findings()) == ()


def test_of_what_stands_in_the_way_the_worst_is_said_first() -> None:
    room = Room().at(5).answers({**READY, "consent": "no"}).reads({**CALM, "oxygen-saturation": 93})
    assert [one.rule for one in blocking(room.findings())] == ["consent", "oxygen"]


def test_every_finding_is_for_today_and_none_can_be_overridden() -> None:
    found = (*Room().findings(), *ready().findings())
    assert {one.scope for one in found} == {Scope.TODAY}
    assert not any(one.may_be_overridden for one in found)


def test_a_newer_answer_takes_the_place_of_an_older_one() -> None:
    room = ready().answers({"equipment": "no"}).at(6).answers({"equipment": "yes"})
    assert said(finding(room.findings(), "equipment")) == "proceed"


@cases("""
    what the chart knows                        | test     | on         | answer
    --------------------------------------------+----------+------------+----------------
    a negative test of yesterday                | negative | 2026-11-20 | proceed
    a negative test seven days ago              | negative | 2026-11-14 | proceed
    a negative test eight days ago              | negative | 2026-11-13 | unknown: fact
    a positive test of today                    | positive | 2026-11-21 | stop: remeasure
""")
def test_the_chart_answers_where_nobody_asked_today(test: str, on: date, answer: str) -> None:
    lab = Fact(what="lab:hcg", value=test, when=on, came_from="Observation/o1")
    asked = {name: READY[name] for name in READY if name != "pregnancy"}
    room = Room().at(5).answers(asked).reads(CALM)
    assert said(finding(room.findings(lab), "pregnancy")) == answer


@cases("""
    the C-SSRS of the day                           | thoughts | since      | on         | typed | verdict
    ------------------------------------------------+----------+------------+------------+-------+------------------
    a form of today without a yes, nothing typed    | none     | none       | 2026-11-21 |       | proceed
    a form of today that is low                     | low      | none       | 2026-11-21 |       | caution
    a form of today that is moderate                | moderate | none       | 2026-11-21 |       | hold: remeasure
    a form of today that is high                    | high     | none       | 2026-11-21 |       | stop: remeasure
    behavior since the last contact                 | none     | high       | 2026-11-21 |       | stop: remeasure
    a form of today that is high, nothing typed in  | high     | none       | 2026-11-21 | none  | stop: remeasure
    a form without a yes, and high was typed        | none     | none       | 2026-11-21 | high  | stop: remeasure
    a form of today that was broken off             | none     | incomplete | 2026-11-21 |       | unknown: remeasure
    broken off and low so far                       | low      | incomplete | 2026-11-21 |       | unknown: remeasure
    broken off, and then asked without a yes        | none     | incomplete | 2026-11-21 | none  | proceed
    broken off after a yes to a plan                | high     | incomplete | 2026-11-21 |       | stop: remeasure
    a form of yesterday, nobody asked today         | none     | none       | 2026-11-20 |       | unknown: fact
    a form of yesterday, asked today                | high     | none       | 2026-11-20 | none  | proceed
""")
def test_the_c_ssrs_of_the_day_is_read_from_its_form_and_typed_only_where_there_is_none(
    thoughts: str, since: str, on: date, typed: str | None, verdict: str
) -> None:
    form = [
        Fact(
            what=what,
            value=value,
            when=Instant.parse(f"{on}T08:40:00-07:00"),
            local_day=on,
            came_from="form/f1#1",
        )
        for what, value in (("cssrs:thoughts", thoughts), ("cssrs:behavior-since", since))
    ]
    asked = {name: READY[name] for name in READY if name != "suicide-risk"}
    room = Room().at(5).answers(asked | ({"suicide-risk": typed} if typed else {})).reads(CALM)
    assert said(finding(room.findings(*form), "suicide-risk")) == verdict


def test_an_answer_of_today_and_a_stricter_test_of_today_the_stricter_counts() -> None:
    lab = Fact(what="lab:hcg", value="positive", when=TODAY, came_from="Observation/o1")
    room = Room().at(5).answers({**READY, "pregnancy": "hcg negative"}).reads(CALM)
    assert said(finding(room.findings(lab), "pregnancy")) == "stop: remeasure"


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ("identity", "perhaps"),
        ("shoe-size", "42"),
        ("companion", "overnight observer: "),
        ("pregnancy", "overnight observer: J. Weber"),
        ("ate-at", "yesterday"),
        ("ate-at", "2026-11-21T03:05:00"),
    ],
)
def test_an_answer_that_is_not_on_the_list_is_refused(item: str, answer: str) -> None:
    with pytest.raises(InputError):
        accepted(item, answer)


def test_a_time_is_kept_as_the_same_moment_everywhere() -> None:
    kept = accepted("ate-at", "2026-11-21T03:05:00-07:00")
    assert Instant.parse(kept) == Instant.parse("2026-11-21T10:05:00Z")


def test_a_reason_names_the_number_and_the_line() -> None:
    room = Room().at(5).answers(READY).reads({**CALM, "heart-rate": 111})
    found = finding(room.findings(), "heart-rate")
    assert str(found.because.reason) == "111 /min is above 110."
    assert found.because.facts[0].value == Decimal(111)
