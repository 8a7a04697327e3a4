"""A safety answer acts in its own transaction; a person has one safety case, and it only rises."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kap.vocabulary.errors import InputError, Refused
from kap_clinic.cases import crises, queries
from kap_clinic.cases.safety_answers import act_on
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database


def give(desk, asked, item, value, level, by=None, instrument="phq9", new=None):
    with desk.house.acting(by=by, action="test.answer") as act:
        return act_on(
            act, person_id=desk.person, asked_id=asked, instrument=instrument, item=item, value=value,
            level=level, at=datetime.now(UTC), new_answer=new,
        )  # fmt: skip


def open_cases(desk):
    with desk.house.acting() as act:
        return queries.open_cases(act)


def stands(desk, case):
    with desk.house.acting() as act:
        return crises.stands(act, case)


def test_item_nine_opens_a_case_and_asks_the_columbia_questions_however_often_it_is_given(desk):
    asked = new_id()
    helps = [give(desk, asked, "9", "1", "screen") for _ in range(2)]
    assert [one.asks_next for one in helps] == [("cssrs-screener",)] * 2
    assert [str(line)[:12] for line in helps[0].lines] == ["Call or text", "If you are i"]
    (case,) = open_cases(desk)
    assert (case.state.kind.id, case.person_name, case.owner_name) == (
        "safety-questions", "Ana Keller", "Rosa Marquez",
    )  # fmt: skip
    assert case.tries == 0


def test_a_person_has_one_safety_case_which_rises_with_the_worst_answer_and_never_falls(desk):
    give(desk, new_id(), "9", "2", "screen")
    columbia = new_id()
    kinds = []
    for item, level in (("1", "low"), ("3", "moderate"), ("5", "high"), ("2", "low")):
        give(desk, columbia, item, "1", level, instrument="cssrs-screener")
        (case,) = open_cases(desk)
        kinds.append(case.state.kind.id)
    assert kinds == ["safety-note", "same-day-assessment", "crisis", "crisis"]
    assert case.tries == 4
    assert stands(desk, case.id).clock == case.state.clock


def test_an_answer_only_to_be_read_opens_nothing_and_an_undeclared_level_is_a_mistake(desk):
    assert give(desk, new_id(), "21", "1", "note", instrument="dass21").lines == ()
    assert open_cases(desk) == []
    with pytest.raises(InputError, match="not 'dire'"):
        give(desk, new_id(), "9", "1", "dire")


def test_whoever_may_give_the_answer_sets_it_off_and_an_answer_rolled_back_sets_nothing_off(desk):
    custodian = desk.house.member("custodian")
    give(desk, new_id(), "9", "3", "screen", by=custodian)
    assert len(open_cases(desk)) == 1
    with pytest.raises(RuntimeError), desk.house.acting(action="test.answer") as act:
        act_on(
            act, person_id=desk.person, asked_id=new_id(), instrument="phq9", item="9", value="1",
            level="high", at=datetime.now(UTC),
        )  # fmt: skip
        raise RuntimeError
    assert [one.state.kind.id for one in open_cases(desk)] == ["safety-questions"]


def test_a_crisis_is_opened_by_hand_taken_worked_and_closed_by_a_named_person(desk):
    house, therapist = desk.house, desk.house.member("therapist", name="Tess Lowe")
    told = {"organization": house.id, "by": desk.nurse}
    case = crises.open_crisis(**told, id=new_id(), person=desk.person, why="She said goodbye on the phone.")
    click = new_id()
    for _ in range(2):
        crises.take(**told | {"by": therapist}, id=click, case=case)
    state = stands(desk, case)
    assert (state.owner, len(state.notes), state.acknowledged_at is None) == (str(therapist.id), 1, False)
    ending = {"case": case, "outcome": "safe-with-plan", "said_by": "Tess Lowe, LPC", "answer": "Safe."}
    with pytest.raises(Refused, match="First note as done: Counseled on keeping firearms"):
        crises.close_safety_case(**told | {"by": therapist}, id=new_id(), **ending)
    for what in ("means-counseled", "plan-given"):
        crises.note_done(**told, id=new_id(), case=case, what=what, words="With her sister.")
    with pytest.raises(Refused, match="close a safety case"):
        crises.close_safety_case(**told, id=new_id(), **ending)
    with pytest.raises(Refused, match="Only a person closes"):
        crises.close_safety_case(**told | {"by": house.program}, id=new_id(), **ending)
    with pytest.raises(Refused, match="Say in a few words how it ended"):
        crises.close_safety_case(**told | {"by": therapist}, id=new_id(), **ending | {"answer": " "})
    crises.close_safety_case(**told | {"by": therapist}, id=new_id(), **ending)
    assert open_cases(desk) == []
    assert ("cases.close_safety_case", "done", therapist.id) in house.trail()
    give(desk, new_id(), "9", "1", "screen")
    assert [one.state.kind.id for one in open_cases(desk)] == ["safety-questions"]


def test_a_crisis_raised_again_must_be_taken_again(desk):
    columbia = new_id()
    give(desk, columbia, "3", "1", "moderate", instrument="cssrs-screener")
    (case,) = open_cases(desk)
    crises.take(organization=desk.house.id, by=desk.nurse, id=new_id(), case=case.id)
    assert open_cases(desk)[0].taken_by == desk.nurse.id
    give(desk, columbia, "4", "1", "high", instrument="cssrs-screener")
    (raised,) = open_cases(desk)
    assert (raised.id, raised.state.kind.id, raised.taken_by) == (case.id, "crisis", None)


def test_who_may_not_and_what_says_too_little_is_refused(desk):
    told = {"organization": desk.house.id, "id": new_id(), "person": desk.person, "why": "Said goodbye."}
    with pytest.raises(Refused, match="open a crisis case"):
        crises.open_crisis(**told, by=desk.house.member("custodian"))
    with pytest.raises(Refused, match="Say in a few words what happened"):
        crises.open_crisis(**told | {"why": " "}, by=desk.nurse)
    case = crises.open_crisis(**told, by=desk.nurse)
    custodian = desk.house.member("custodian")
    for act in (crises.take, lambda **said: crises.note_done(**said, what="with-them")):
        with pytest.raises(Refused, match="record what was tried"):
            act(organization=desk.house.id, by=custodian, id=new_id(), case=case)


def test_a_clearance_is_not_worked_as_a_crisis_and_a_crisis_not_closed_as_a_clearance(desk):
    from kap_clinic.cases import actions

    clearance = desk.ask()
    with pytest.raises(Refused, match="not about safety"):
        crises.take(organization=desk.house.id, by=desk.nurse, id=new_id(), case=clearance)
    give(desk, new_id(), "5", "1", "high", instrument="cssrs-screener")
    crisis = next(one for one in open_cases(desk) if one.state.kind.id == "crisis")
    with pytest.raises(Refused, match="closed on its own page"):
        actions.close(
            organization=desk.house.id, by=desk.prescriber, id=new_id(), case=crisis.id,
            outcome="emergency-care", said_by="Dr. Odum",
        )  # fmt: skip
    assert stands(desk, crisis.id).is_open


def test_only_those_who_may_start_a_drill_and_it_concerns_nobody(desk):
    with pytest.raises(Refused, match="start a drill"):
        crises.start_drill(organization=desk.house.id, by=desk.nurse, id=new_id(), why="")
    director = desk.house.member("medical_director")
    case = crises.start_drill(organization=desk.house.id, by=director, id=new_id(), why="Spring drill.")
    (line,) = open_cases(desk)
    assert (line.id, line.person, str(line.state.kind.name)) == (case, None, "DRILL: crisis")


def test_an_answer_given_anew_after_its_case_was_closed_opens_another(desk):
    asked, answer = new_id(), new_id()
    for new in (answer, None):
        give(desk, asked, "9", "1", "screen", new=new)
    (case,) = open_cases(desk)
    therapist = desk.house.member("therapist", name="Tess Lowe")
    crises.close_safety_case(
        organization=desk.house.id, by=therapist, id=new_id(), case=case.id, outcome="asked",
        said_by="Tess Lowe, LPC", answer="No further risk found.",
    )  # fmt: skip
    give(desk, asked, "9", "1", "screen", new=None)
    assert open_cases(desk) == []
    again = new_id()
    for _ in range(2):
        give(desk, asked, "9", "1", "screen", new=again)
    (opened,) = open_cases(desk)
    assert (opened.id != case.id, opened.tries) == (True, 0)


def test_item_nine_answered_anew_while_a_note_waits_has_the_questions_asked_again(desk):
    give(desk, new_id(), "1", "1", "low", instrument="cssrs-screener")
    (note,) = open_cases(desk)
    crises.take(organization=desk.house.id, by=desk.nurse, id=new_id(), case=note.id)
    give(desk, new_id(), "9", "3", "screen")
    (case,) = open_cases(desk)
    assert (case.id, case.state.kind.id, case.taken_by) == (note.id, "safety-questions", None)
