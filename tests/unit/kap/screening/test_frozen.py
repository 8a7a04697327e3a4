"""What is kept under a signature, and how a later screening differs from it."""

from datetime import date
from decimal import Decimal

import pytest
from tests.spec.screening.people import TODAY

from kap.histories.chain import canonical_text
from kap.screening.frozen import Difference, differences, frozen
from kap.screening.record import NotUnderstood, PersonRecord
from kap.screening.registry import packaged_rulebook
from kap.screening.screening import Treatment, screen
from kap.screening.standing import Clearance, Standing
from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.facts import Course, Fact
from kap.vocabulary.findings import OVERRIDING_ROLE, Override, Verdict
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence

NOON = Instant.parse("2026-11-21T12:00:00Z")
LATER = Instant.parse("2026-12-21T12:00:00Z")
HIGH = Fact(
    what="blood-pressure",
    value=BloodPressure(Decimal(164), Decimal(96)),
    when=TODAY,
    came_from="Observation/o1#value",
)
ANEURYSM = Fact(what="aneurysm", value="repaired", course=Course.PAST, came_from="Condition/c1#code")
CLEARED = Clearance(
    rule="blood-pressure", by="Dr. Odum, primary care", conditions="Twice daily readings.", until=LATER
)
OVERRIDDEN = Override(
    answers=("aneurysm-avm", Verdict.STOP), by="Dr. Osei", role=OVERRIDING_ROLE,
    why=sentence("Coiled in 2019."), until=LATER,
)  # fmt: skip


def signed(*facts, answers=()):
    record = PersonRecord("p1", facts, (NotUnderstood("Condition/c9#code", sentence("No such code.")),))
    standing = Standing(screen(record, Treatment(), TODAY), tuple(answers), NOON)
    return frozen(standing, packaged_rulebook())


@pytest.fixture
def first():
    return signed(HIGH, ANEURYSM, answers=(CLEARED, OVERRIDDEN))


def test_everything_a_reader_saw_is_kept_and_can_be_written_exactly(first):
    pressure = next(one for one in first["findings"] if one["rule"] == "blood-pressure")
    about = [first[name] for name in ("schema", "person", "on", "drug", "route", "protocol")]
    assert about == ["openkap.signed_screening/1", "p1", "2026-11-21", "ketamine", "iv", None]
    assert first["not_understood"] == ["Condition/c9#code"]
    assert (pressure["verdict"], pressure["clears_by"], pressure["limits"]["version"]) == (
        "hold",
        "clearance",
        1,
    )
    assert pressure["facts"] == [
        {
            "what": "blood-pressure", "value": "164/96", "unit": None, "when": "2026-11-21",
            "status": "recorded", "course": None, "from": "Observation/o1#value",
        }
    ]  # fmt: skip
    assert pressure["answered"] == {
        "way": "clearance", "by": "Dr. Odum, primary care", "why": "Twice daily readings.",
        "until": str(LATER),
    }  # fmt: skip
    assert canonical_text(first).startswith('{"drug":"ketamine"')


def test_an_override_is_kept_with_its_reason(first):
    stopped = next(one for one in first["findings"] if one["rule"] == "aneurysm-avm")
    assert (stopped["verdict"], stopped["answered"]["way"], stopped["answered"]["why"]) == (
        "stop", "override", "Coiled in 2019.",
    )  # fmt: skip


def test_the_same_facts_and_answers_differ_in_nothing(first):
    assert differences(first, signed(HIGH, ANEURYSM, answers=(CLEARED, OVERRIDDEN))) == ()


def test_a_new_verdict_an_answer_that_ended_and_a_rule_that_came_or_went_are_differences(first):
    now = signed(
        HIGH, ANEURYSM, Fact(what="birth-date", value=date(1980, 1, 1), came_from="Patient/p1#birthDate")
    )
    assert differences(first, now) == (
        Difference("aneurysm-avm", "stop, answered", "stop"),
        Difference("blood-pressure", "hold, answered", "hold"),
        Difference("age", "unknown", "proceed"),
    )
    without = {**first, "findings": [one for one in first["findings"] if one["rule"] != "age"]}
    assert differences(without, first) == (Difference("age", None, "unknown"),)
    assert differences(first, without) == (Difference("age", "unknown", None),)


def test_of_two_findings_of_one_rule_what_is_left_unanswered_is_compared():
    risk = {"value": "moderate", "when": TODAY, "came_from": "form/f1#6"}
    long_ago = [
        Fact(what="cssrs:behavior", **risk),
        Fact(what="cssrs:thoughts", **{**risk, "value": "none"}),
    ]
    cleared = Clearance(rule="suicide-risk", by="Dr. Ito, psychiatry", until=LATER)
    then = signed(*long_ago, answers=(cleared,))
    item = Fact(
        what="suicide-item:screen", value="phq9 item 9: 2", when=Instant.parse("2026-11-22T06:00:00Z"),
        local_day=TODAY, came_from="form/f2#9",
    )  # fmt: skip
    now = signed(
        *long_ago[:1],
        Fact(
            what="cssrs:thoughts",
            value="none",
            when=Instant.parse("2026-11-21T12:00:00Z"),
            local_day=TODAY,
            came_from="form/f1#1",
        ),
        item,
        answers=(cleared,),
    )
    assert differences(then, now) == (Difference("suicide-risk", "hold, answered", "hold"),)
