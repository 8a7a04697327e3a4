"""Has anything changed since it was told?

Before each dose the history is gone through again, group by group. "Nothing has changed" lets a whole group stand
again from that day, where every question to the client was answered and the answers agree. Where something was never
asked, or a yes stands beside a later no that nobody has confirmed, the questions are asked one by one.
"""

from datetime import date, timedelta

from tests.cases import cases

from kap.screening.history import Answer, Response, facts_from
from kap.screening.questions import ToldBy
from kap.screening.retelling import GroupTold, told_by_group
from kap.vocabulary.facts import FactStatus

MAY = date(2026, 5, 1)
HERE = "history/a1"


def answered(link_id: str, words: tuple[str, ...] | None) -> list[Response]:
    """Reads `yes, no, no confirmed` as answers of three days, the first in May."""
    return [
        Response(
            answers=(Answer(link_id, word.removesuffix(" confirmed"), HERE),),
            when=MAY + timedelta(days=place),
            local_day=MAY + timedelta(days=place),
            status=FactStatus.CONFIRMED if word.endswith("confirmed") else FactStatus.RECORDED,
        )
        for place, word in enumerate(words or ())
    ]


def group(name: str, responses: list[Response], asked_of: ToldBy) -> GroupTold:
    return next(one for one in told_by_group(responses, asked_of) if one.name == name)


@cases("""
    what was told                       | aneurysm          | brain bleeding | one word is enough
    ------------------------------------+-------------------+----------------+-------------------
    nothing                             |                   |                | no
    one of two questions                | no                |                | no
    both questions                      | no                | no             | yes
    a yes and a no                      | yes               | no             | yes
    the same answer twice               | no, no            | no             | yes
    a yes after a no                    | no, yes           | no             | yes
    a no after a yes                    | yes, no           | no             | no
    a no after a yes, confirmed         | yes, no confirmed | no             | yes
    a no after a yes, then a yes again  | yes, no, yes      | no             | yes
    confirmed, and told otherwise since | yes confirmed, no | no             | no
""")
def test_one_word_is_enough_where_everything_was_told_and_agrees(
    aneurysm: tuple[str, ...] | None, brain_bleeding: tuple[str, ...] | None, one_word_is_enough: bool
) -> None:
    responses = [*answered("aneurysm-or-avm", aneurysm), *answered("brain-bleeding", brain_bleeding)]
    for asked_of in ToldBy:
        found = group("heart-and-vessels", responses, asked_of)
        assert found.may_stand_again is one_word_is_enough


@cases("""
    what was told                  | cirrhosis | child_pugh | enough of a client | enough of a clinician
    -------------------------------+-----------+------------+--------------------+----------------------
    the client's answer only       | yes       |            | yes                | yes
    and the class by a clinician   | yes       | B          | yes                | yes
    the class on two days, changed | yes       | A, B       | yes                | yes
    the class only                 |           | B          | no                 | no
""")
def test_what_only_a_clinician_tells_may_be_missing(
    cirrhosis: tuple[str, ...] | None,
    child_pugh: tuple[str, ...] | None,
    enough_of_a_client: bool,
    enough_of_a_clinician: bool,
) -> None:
    responses = [*answered("cirrhosis", cirrhosis), *answered("child-pugh", child_pugh)]
    client = group("liver", responses, ToldBy.CLIENT)
    clinician = group("liver", responses, ToldBy.CLINICIAN)
    assert (client.may_stand_again, clinician.may_stand_again) == (enough_of_a_client, enough_of_a_clinician)
    assert "child-pugh" not in client.answers


@cases("""
    what was told in May        | answers                 | who asks  | told since the second of may
    ----------------------------+-------------------------+-----------+-----------------------------
    nobody answered             |                         | client    | no
    on the first                | yes                     | client    | no
    on the first and the second | yes, yes                | client    | yes
    on the third, not confirmed | yes, yes, yes           | clinician | no
    on the third, confirmed     | yes, yes, yes confirmed | clinician | yes
""")
def test_a_group_is_gone_through_when_every_question_was_answered_since(
    answers: tuple[str, ...] | None, who_asks: ToldBy, told_since_the_second_of_may: bool
) -> None:
    responses = [*answered("escort", answers), *answered("overnight-observer", answers)]
    found = group("afterwards", responses, who_asks)
    second = MAY + timedelta(days=1)
    is_told = found.is_told_since(second, is_confirmed=who_asks is ToldBy.CLINICIAN)
    assert is_told is told_since_the_second_of_may


def test_a_group_says_on_which_days_it_was_told_and_what_stands_again() -> None:
    responses = [*answered("escort", ("yes", "no")), *answered("overnight-observer", ("yes",))]
    found = group("afterwards", responses, ToldBy.CLIENT)
    assert found.days == (MAY, MAY + timedelta(days=1))
    assert found.answers == {"escort": "no", "overnight-observer": "yes"}


def test_the_same_answer_again_takes_nothing_from_what_a_clinician_confirmed() -> None:
    again, otherwise = ("yes confirmed", "yes"), ("yes confirmed", "yes", "no")
    facts, _ = facts_from(answered("mania-now", again))
    assert [fact.status for fact in facts] == [FactStatus.CONFIRMED, FactStatus.DOUBTFUL]
    facts, _ = facts_from(answered("mania-now", otherwise))
    assert [(fact.value, fact.status) for fact in facts] == [(False, FactStatus.RECORDED)]
