"""Answers are kept one by one, scored when a form ends, corrected beside the first, and act at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from tests.clinic.measures.conftest import ALL_OF_GAD7, RATED, SAFETY_FORM

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id
from kap_clinic.measures import actions, asking

pytestmark = pytest.mark.database


def test_a_sheet_is_entered_scored_and_sent_twice_without_harm(desk):
    asked = desk.ask()
    told = desk.by(desk.nurse, asked=asked, answers=ALL_OF_GAD7)
    actions.enter(**told)
    actions.enter(**told)
    (point,) = desk.scores()
    assert (point.total, point.band, point.is_complete, point.key) == (Decimal(7), "mild", True, "gad7@1")
    assert desk.state(asked) == "complete"
    with pytest.raises(Refused, match="This form has ended"):
        actions.enter(**desk.by(desk.nurse, asked=asked, answers=ALL_OF_GAD7))
    assert [row for row in desk.house.trail() if row[0] == "measures.enter"] == [
        ("measures.enter", "done", desk.nurse.id), ("measures.enter", "done", desk.nurse.id),
        ("measures.enter", "refused", desk.nurse.id),
    ]  # fmt: skip


def test_what_is_left_open_is_missing_and_never_zero(desk):
    asked = desk.ask()
    actions.enter(**desk.by(desk.nurse, asked=asked, answers={"1": "3"}))
    (point,) = desk.scores()
    assert (point.total, point.is_complete, len(point.missing)) == (None, False, 6)
    assert desk.state(asked) == "partial"


def test_an_impossible_answer_keeps_nothing_of_the_sheet(desk):
    asked = desk.ask()
    for answers, why in (
        ({"1": "1", "2": "4"}, "Question 2 takes 0, 1, 2 or 3"),
        ({"8": "1"}, "no such question"),
        ({}, "Nothing was answered"),
    ):
        with pytest.raises(Refused, match=why):
            actions.enter(**desk.by(desk.nurse, asked=asked, answers=answers))
    assert (desk.values(asked), desk.state(asked)) == ({}, "")


def test_a_sheet_given_earlier_keeps_its_moment_and_none_lies_ahead(desk):
    asked, yesterday = desk.ask(), datetime.now(UTC) - timedelta(days=1)
    with pytest.raises(Refused, match="lies ahead"):
        told = desk.by(desk.nurse, asked=asked, answers=ALL_OF_GAD7)
        actions.enter(**told, given_at=datetime.now(UTC) + timedelta(hours=1))
    actions.enter(**desk.by(desk.nurse, asked=asked, answers=ALL_OF_GAD7, given_at=yesterday))
    assert desk.scores()[0].happened_at == yesterday


def test_who_may_not_enter_a_form_is_refused(desk):
    asked = desk.ask()
    with pytest.raises(Refused):
        actions.enter(**desk.by(desk.coordinator, asked=asked, answers=ALL_OF_GAD7))
    assert desk.values(asked) == {}


def test_a_positive_item_9_acts_at_once_and_asks_the_cssrs_once(desk):
    from kap_clinic.cases import queries as cases

    asked = desk.ask(SAFETY_FORM)
    for value in ("1", "2"):
        told = desk.by(desk.nurse, asked=asked, item="9", value=value)
        kept = actions.answer(**told)
        assert (kept.level.value, actions.answer(**told).is_new) == ("screen", False)
        assert any("988" in str(line) for line in kept.help.lines)
    assert [form.instrument for form in desk.forms()].count(RATED) == 1
    with desk.house.acting(desk.nurse) as act:
        assert len(cases.cases_of(act, desk.person)) == 1
    assert desk.state(asked) == "", "the form itself is still open"


def test_a_rated_scale_names_its_rater(desk):
    asked = desk.ask(RATED, "rater")
    answers = {"1": "0", "2": "0", "6": "0"}
    with pytest.raises(Refused, match="Nobody who works here"):
        actions.enter(**desk.by(desk.nurse, asked=asked, answers=answers, rater=new_id()))
    actions.enter(**desk.by(desk.nurse, asked=asked, answers=answers, rater=desk.therapist.id))
    (point,) = desk.scores(RATED)
    assert (point.rater, point.band, point.total, point.is_complete) == ("Tom Reyes", "none", None, True)


def test_a_correction_stands_beside_the_first_answer(desk):
    asked = desk.ask()
    with pytest.raises(Refused, match="still open"):
        actions.correct(**desk.by(desk.nurse, asked=asked, item="1", value="3", why="Misread."))
    actions.enter(**desk.by(desk.nurse, asked=asked, answers=ALL_OF_GAD7))
    with pytest.raises(Refused, match="Write why"):
        actions.correct(**desk.by(desk.nurse, asked=asked, item="1", value="3", why=" "))
    told = desk.by(desk.nurse, asked=asked, item="1", value="3", why="Misread.")
    actions.correct(**told)
    actions.correct(**told)
    (point,) = desk.scores()
    assert (point.total, point.number) == (Decimal(9), 2)
    page = desk.house.client_for(desk.nurse).get(f"/measures/{desk.person}/forms/{asked}/").content.decode()
    assert "before: 1" in page
    assert "Misread." in page


def test_a_form_may_be_finished_in_part_by_those_who_enter(desk):
    asked = desk.ask()
    actions.answer(**desk.by(desk.nurse, asked=asked, item="1", value="2"))
    for _again in range(2):
        actions.finish(organization=desk.house.id, by=desk.nurse, asked=asked)
    assert desk.state(asked) == "partial"
    with pytest.raises(Refused, match="no such form"):
        actions.finish(organization=desk.house.id, by=desk.nurse, asked=new_id())


def test_who_fills_in_which_form(desk):
    for instrument, filled_by, why in (
        ("gad7", "nobody", "Choose who fills it in"),
        ("gad7", "rater", "does not rate it"),
        (RATED, "staff", "rated by a clinician"),
        (RATED, "link", "never sent to a client"),
        ("madrs", "link", "rated by a clinician"),
        ("isi", "link", "only the score may be recorded"),
        ("phq0", "staff", "no such instrument"),
    ):
        with pytest.raises(Refused, match=why):
            desk.ask(instrument, filled_by)
    with pytest.raises(Refused, match="no official words in this language"):
        desk.ask("pcl5", "link", language="es")
    assert desk.forms() == ()


def test_a_form_with_a_safety_item_goes_by_link_only_while_somebody_hears(desk):
    with pytest.raises(Refused, match="with staff present"):
        desk.ask(SAFETY_FORM, "link")
    desk.ask(SAFETY_FORM, "staff")
    desk.put_on_call()
    desk.ask(SAFETY_FORM, "link")


def test_a_form_is_taken_back_once_and_a_missed_one_is_seen_to(desk):
    asked, told = desk.ask(), {"organization": desk.house.id, "by": desk.coordinator}
    with pytest.raises(Refused, match="Only a form that was missed"):
        asking.settle(**told, asked=asked)
    asking.withdraw(**told, asked=asked)
    asking.withdraw(**told, asked=asked)
    assert desk.state(asked) == "withdrawn"
    done = desk.ask()
    actions.enter(**desk.by(desk.nurse, asked=done, answers=ALL_OF_GAD7))
    with pytest.raises(Refused, match="has ended"):
        asking.withdraw(**told, asked=done)


def test_the_house_says_once_whether_it_is_run_for_profit(desk):
    told = desk.by(desk.director, is_for_profit=False)
    assert [asking.say_profit(**told), asking.say_profit(**told)] == [True, False]
    with pytest.raises(Refused):
        asking.say_profit(**desk.by(desk.nurse, is_for_profit=False))


def test_an_inspector_may_do_none_of_it(desk):
    from kap_clinic.measures import following, links

    asked, link = desk.ask(), desk.link()
    told = {"organization": desk.house.id, "by": desk.house.member("inspector")}
    today = datetime.now(UTC).date()
    followed = desk.by(desk.nurse, person=desk.person, schedule_id="usual", starts_on=today, time_zone="UTC")
    following.follow(**followed)
    for act in (
        lambda: asking.withdraw(**told, asked=asked),
        lambda: asking.settle(**told, asked=asked),
        lambda: actions.answer(**told, id=new_id(), asked=asked, item="1", value="1"),
        lambda: actions.finish(**told, asked=asked),
        lambda: actions.correct(**told, id=new_id(), asked=asked, item="1", value="1", why="No."),
        lambda: links.withdraw_link(**told, id=link),
        lambda: following.stop_following(**told, id=followed["id"]),
    ):
        with pytest.raises(Refused, match="You may not"):
            act()
    assert (desk.state(asked), desk.values(asked)) == ("", {})
