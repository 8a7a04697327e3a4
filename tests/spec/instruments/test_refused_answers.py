"""Answers that are refused.

An answer nobody could have given is refused by name; nothing is guessed, cut off or turned into zero.
"""

import pytest
from tests.cases import cases

from kap.instruments.scoring import score
from kap.instruments.shelf import instrument
from kap.vocabulary.errors import InputError


@cases("""
    what was wrong                 | form     | item | given | refusal_begins
    -------------------------------+----------+------+-------+----------------------------------------------------
    one above the highest          | phq9     | 3    | 4     | phq9@1 item 3 was answered '4'; expected 0, 1, 2 or 3
    below the lowest               | phq9     | 3    | -1    | phq9@1 item 3 was answered '-1'; expected 0, 1, 2
    between two answers            | gad7     | 1    | 1.5   | gad7@1 item 1 was answered '1.5'; expected 0, 1, 2
    refused in a survey            | phq9     | 9    | 7     | phq9@1 item 9 was answered '7'; expected 0, 1, 2 or 3
    a word                         | madrs    | 1    | some  | madrs@1 item 1 was answered 'some'; expected a number
    an item there is not           | phq9     | 11   | 1     | phq9@1 has no item '11': its items are 1 to 10.
    one of three answers           | audit    | 9    | 1     | audit@1 item 9 was answered '1'; expected a number
    a twelve-hour clock            | psqi     | 1    | 11 pm | psqi@1 item 1 was answered '11 pm'; expected a time
    no such minute                 | psqi     | 3    | 07:60 | psqi@1 item 3 was answered '07:60'; expected a time
    no such exposure               | lec5     | 1    | 1+7   | lec5@1 item 1 was answered '1+7'; expected one or more
    a total off the scale          | bdi2     | total | 64   | bdi2@1 item total was answered '64'; expected a number
    the base that starts at one    | asrm     | 1    | 5     | asrm@1 item 1 was answered '5'; expected a number
    does not apply, where it must  | wsas     | 2    | n/a   | wsas@1 item 2 was answered 'n/a'; expected a number
""")
def test_an_impossible_answer_is_refused_by_name(
    form: str, item: str, given: str, refusal_begins: str
) -> None:
    with pytest.raises(InputError) as refused:
        score(instrument(form), {item: given})
    assert str(refused.value).startswith(refusal_begins)


def test_a_longer_text_is_not_repeated_because_it_might_name_somebody() -> None:
    with pytest.raises(InputError) as refused:
        score(instrument("phq9"), {"1": "as Amara Diallo told me"})
    assert str(refused.value).startswith(
        "phq9@1 item 1 was answered with a longer text; expected 0, 1, 2 or 3."
    )
