"""The structured history: what an answer becomes, which of several answers stands, what is refused."""

from datetime import date

import pytest

from kap.screening.history import Answer, Response, facts_from
from kap.screening.packaged import text_of
from kap.screening.questions import history_from, packaged_history
from kap.screening.registry import packaged_rulebook
from kap.vocabulary.errors import DeclarationError
from kap.vocabulary.facts import Course, Fact, FactStatus
from kap.vocabulary.moments import Instant
from kap.vocabulary.partial_dates import PartialDate

WHERE = "QuestionnaireResponse/q1#item"
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
WRITTEN = text_of("history.yaml")


def answered(
    link_id: str,
    value: bool | str,
    when: Instant | date | PartialDate | None = MAY,
    *,
    confirmed: bool = False,
) -> Response:
    """One answer in a history of its own."""
    status = FactStatus.CONFIRMED if confirmed else FactStatus.RECORDED
    return Response(answers=(Answer(link_id, value, WHERE),), when=when, status=status)


def told(*responses: Response) -> set[tuple[str, object, Course | None, str]]:
    """What the facts say, without when and where."""
    facts, strange = facts_from(responses)
    assert strange == ()
    return {(fact.what, fact.value, fact.course, fact.status.value) for fact in facts}


@pytest.mark.parametrize(
    ("link_id", "value", "expected"),
    [
        ("escort", True, {("escort", True, None, "recorded")}),
        ("escort", "no", {("escort", False, None, "recorded")}),
        ("escort", "TRUE", {("escort", True, None, "recorded")}),
        ("aneurysm-or-avm", True, {("aneurysm", True, Course.PAST, "recorded")}),
        (
            "aneurysm-or-avm",
            False,
            {("aneurysm", False, Course.DENIED, "recorded"), ("avm", False, Course.DENIED, "recorded")},
        ),
        ("child-pugh", "b", {("child-pugh", "B", None, "recorded")}),
        ("psychosis-ever", True, {("psychosis", True, Course.PAST, "doubtful")}),
        ("psychosis-kind", "substance", {("psychosis-substance", True, Course.PAST, "recorded")}),
        ("overnight-observer-name", " R. Osei ", {("overnight-observer", "R. Osei", None, "recorded")}),
        ("pregnant-now", False, set()),
    ],
)
def test_an_answer_becomes_the_facts_its_question_declares(
    link_id: str, value: bool | str, expected: set[object]
) -> None:
    assert told(answered(link_id, value)) == expected


@pytest.mark.parametrize(
    ("link_id", "value"),
    [
        ("shoe-size", True),
        ("child-pugh", "D"),
        ("escort", "perhaps"),
        ("overnight-observer-name", " "),
        ("overnight-observer-name", True),
    ],
)
def test_an_answer_that_fits_no_question_is_kept_as_not_understood(link_id: str, value: bool | str) -> None:
    facts, strange = facts_from([answered(link_id, value)])
    assert facts == ()
    assert [one.came_from for one in strange] == [WHERE]


def test_what_a_clinician_confirmed_is_no_longer_doubtful() -> None:
    assert told(answered("mania-now", True)) == {("mania", True, Course.ACTIVE, "doubtful")}
    assert told(answered("mania-now", True, confirmed=True)) == {("mania", True, Course.ACTIVE, "confirmed")}


def test_the_newest_answer_about_now_stands_alone() -> None:
    symptoms = [answered("bladder-symptoms", False, JUNE), answered("bladder-symptoms", True, MAY)]
    assert told(*symptoms) == {("bladder-symptoms", False, Course.DENIED, "recorded")}


def test_a_yes_about_ever_outlives_a_later_no_until_a_clinician_confirms_the_no() -> None:
    yes = answered("brain-bleeding", True, MAY)
    assert told(yes, answered("brain-bleeding", False, JUNE)) == {
        ("brain-hemorrhage", True, Course.PAST, "recorded"),
        ("brain-hemorrhage", False, Course.DENIED, "recorded"),
    }
    assert told(yes, answered("brain-bleeding", False, JUNE, confirmed=True)) == {
        ("brain-hemorrhage", False, Course.DENIED, "confirmed")
    }
    no = answered("brain-bleeding", False, MAY)
    assert told(no, answered("brain-bleeding", True, JUNE)) == {
        ("brain-hemorrhage", True, Course.PAST, "recorded")
    }


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (None, MAY),
        (PartialDate("2026"), MAY),
        (MAY, Instant.parse("2026-05-01T09:00:00-07:00")),
        (Instant.parse("2026-05-01T09:00:00-07:00"), Instant.parse("2026-05-01T09:00:01-07:00")),
    ],
)
def test_answers_stand_in_the_order_of_their_time(
    earlier: Instant | date | PartialDate | None, later: Instant | date
) -> None:
    responses = [answered("escort", False, later), answered("escort", True, earlier)]
    assert told(*responses) == {("escort", False, None, "recorded")}


def test_answers_of_the_same_time_all_stand() -> None:
    assert len(told(answered("escort", True), answered("escort", False))) == 2


def test_a_fact_carries_the_time_and_the_day_of_its_answer() -> None:
    moment = Instant.parse("2026-05-01T22:00:00-07:00")
    response = Response(answers=(Answer("escort", True, WHERE),), when=moment, local_day=MAY)
    ((fact,), _) = facts_from([response])
    assert isinstance(fact, Fact)
    assert (fact.when, fact.day, fact.came_from) == (moment, MAY, WHERE)


def test_every_question_is_asked_in_both_languages_and_its_answers_count_by_a_limit_that_exists() -> None:
    for question in packaged_history().questions.values():
        assert all(question.words[language] for language in ("en", "es"))
        assert all(
            choice.words[language] for choice in question.choices.values() for language in ("en", "es")
        )
        if question.counts:
            rule, _, limit = question.counts.partition(".")
            assert getattr(packaged_rulebook().limits_of(rule), limit).unit.value == "d"


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        ("group: heart-and-vessels", "group: feet", "there is no group 'feet'"),
        ('    "yes": [brain-hemorrhage past]\n', "", "a yes and a no, or choices, or a text"),
        ('    "no": [brain-hemorrhage denied]\n', "", "a yes and a no, or choices, or a text"),
        ("[brain-hemorrhage past]", "[brain-hemorrhage]", "'brain-hemorrhage' is no fact"),
        ("[brain-hemorrhage past]", "[brain-hemorrhage past maybe]", "is no fact"),
        ("about: ever", "about: sometimes", "expected one of 'now', 'ever'"),
    ],
)
def test_a_question_that_is_not_whole_is_refused_with_its_line(before: str, after: str, wrong: str) -> None:
    assert before in WRITTEN
    with pytest.raises(DeclarationError, match=r"history\.yaml, line") as refused:
        history_from("history.yaml", WRITTEN.replace(before, after, 1))
    assert wrong in str(refused.value)


def test_a_yes_that_lasts_ends_with_a_confirmed_no_however_often_it_was_said() -> None:
    said = [answered("brain-bleeding", True, date(2026, 1, day)) for day in range(1, 20)]
    assert len(facts_from([*said, answered("brain-bleeding", False, MAY)])[0]) == 20
    assert len(facts_from([*said, answered("brain-bleeding", False, MAY, confirmed=True)])[0]) == 1
