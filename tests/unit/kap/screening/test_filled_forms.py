"""Filled-in forms as facts: put together from parts, unfinished, impossible, and about something else."""

from typing import Any

import pytest

from kap.instruments.shelf import instrument
from kap.screening.columbia import HIGH, NONE, Heard, heard, together_with, told_on, worst_level
from kap.screening.filled_forms import (
    BEHAVIOR,
    BEHAVIOR_SINCE,
    THOUGHTS,
    FilledForm,
    facts_from_forms,
    forms_about_suicide,
)
from kap.vocabulary.facts import Fact
from kap.vocabulary.moments import Instant

NINE, TEN = (Instant.parse(f"2026-11-21T{hour}:00:00-07:00") for hour in ("09", "10"))
DAY = NINE.day_in("America/Denver")


def filled(name: str, answers: dict[str, object], **more: Any) -> FilledForm:
    """One form of nine o'clock."""
    told = {"when": NINE, "local_day": DAY, "came_from": "form/f1", **more}
    return FilledForm(definition=instrument(name), answers=answers, **told)


def told(*forms: FilledForm) -> dict[str, object]:
    """The facts that forms make, by what they are about."""
    facts, strange = facts_from_forms(forms)
    assert not strange
    return {fact.what: fact.value for fact in facts}


def test_the_forms_about_suicide_are_those_whose_items_say_more_than_a_note() -> None:
    assert set(forms_about_suicide()) >= {"phq9", "madrs", "qids-sr16", "hamd17", "asq", "cssrs-screener"}
    assert not {"dass21", "pcl5", "phq8", "phq2", "gad7", "bdi2"} & set(forms_about_suicide())


def test_answers_sent_one_by_one_make_one_form() -> None:
    parts = [filled("cssrs-screener", {item: "0"}, is_part=True) for item in "126"]
    assert told(*parts) == {THOUGHTS: "none", BEHAVIOR: "none"}
    assert told(parts[0]) == {THOUGHTS: "incomplete", BEHAVIOR: "incomplete"}


def test_a_second_answer_to_one_item_begins_another_form() -> None:
    parts = [filled("phq9", {"9": answer}, is_part=True) for answer in ("0", "2")]
    assert told(*parts) == {"suicide-item:none": "phq9 item 9: 0", "suicide-item:screen": "phq9 item 9: 2"}


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({"1": "0", "2": "0", "6": "0"}, "incomplete"),
        ({"1": "1", "2": "0", "6": "0"}, "at least low"),
        ({"3": "1"}, "at least moderate"),
        ({"5": "1"}, "high"),
    ],
)
def test_a_form_that_is_not_finished_says_the_least_it_can_be(answers: dict[str, object], level: str) -> None:
    assert told(filled("cssrs-screener", answers, is_finished=False))[THOUGHTS] == level


def test_an_impossible_answer_is_listed_and_the_others_count() -> None:
    facts, strange = facts_from_forms([filled("cssrs-screener", {"1": "7", "5": "1"})])
    assert [one.came_from for one in strange] == ["form/f1#1"]
    assert [fact.value for fact in facts] == ["high", "incomplete"]


def test_a_form_without_an_answer_is_no_fact() -> None:
    assert told(filled("cssrs-screener", {}), filled("phq9", {"1": "3"}), filled("dass21", {"21": "3"})) == {}


def at(what: str, level: str, when: Instant = NINE) -> Fact:
    """One fact of a C-SSRS of the day."""
    return Fact(what=what, value=level, when=when, local_day=DAY, came_from="form/f1#1")


@pytest.mark.parametrize(
    ("facts", "level", "is_whole"),
    [
        ((), "none", True),
        ((at(THOUGHTS, "none"), at(BEHAVIOR_SINCE, "none")), "none", True),
        ((at(THOUGHTS, "low"), at(BEHAVIOR_SINCE, "none")), "low", True),
        ((at(THOUGHTS, "none"), at(BEHAVIOR_SINCE, "high")), "high", True),
        ((at(BEHAVIOR_SINCE, "high"), at(BEHAVIOR_SINCE, "none", TEN)), "high", True),
        ((at(BEHAVIOR_SINCE, "incomplete"), at(BEHAVIOR_SINCE, "none", TEN)), "none", True),
        ((at(THOUGHTS, "none"), at(BEHAVIOR, "moderate")), "none", True),
        ((at(THOUGHTS, "none"), at(BEHAVIOR, "at least moderate")), "none", False),
        ((at(THOUGHTS, "none"), at(BEHAVIOR, "high")), "high", True),
        ((at(THOUGHTS, "incomplete"),), "none", False),
    ],
)
def test_the_forms_of_a_day_tell_the_time_since_the_last_contact(
    facts: tuple[Fact, ...], level: str, is_whole: bool
) -> None:
    parts = told_on(facts, DAY)
    assert (worst_level(parts), all(one.is_whole for one in parts)) == (level, is_whole)


@pytest.mark.parametrize(
    ("of_the_form", "at_form", "typed", "at_typed", "kept"),
    [
        ("none", NINE, HIGH, TEN, ["none", "high"]),
        ("none", TEN, HIGH, NINE, ["none"]),
        ("high", NINE, NONE, TEN, ["high", "none"]),
        ("incomplete", NINE, NONE, TEN, ["none"]),
        ("incomplete", TEN, NONE, NINE, ["none", "none"]),
        ("at least low", NINE, NONE, TEN, ["low", "none"]),
    ],
)
def test_what_was_typed_never_ends_a_yes_of_a_form(
    of_the_form: str, at_form: Instant, typed: str, at_typed: Instant, kept: list[str]
) -> None:
    form = heard(at(THOUGHTS, of_the_form, at_form))
    by_hand = Heard(at("suicide-risk", typed, at_typed), typed, is_whole=True)
    assert [one.level for one in together_with([form], by_hand)] == kept
