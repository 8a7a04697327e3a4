"""A spec row holds the form it says: an answer too many or too few never passes as missing."""

from __future__ import annotations

import pytest
from tests.cases import TableError
from tests.spec.instruments.forms import answers_of

from kap.instruments.shelf import instrument


def test_answers_go_to_the_items_in_the_papers_order() -> None:
    assert answers_of(instrument("gad2"), "3 .") == {"1": "3", "2": None}
    assert answers_of(instrument("phq2"), "2x1") == {"1": "1", "2": "1"}
    assert answers_of(instrument("phq9"), "10=2 1=.") == {"10": "2", "1": None}
    assert answers_of(instrument("phq9"), "") == {}


def test_a_form_that_goes_on_to_another_item_may_stop_short() -> None:
    assert answers_of(instrument("cssrs-screener"), "2x0 6=1") == {"1": "0", "2": "0", "6": "1"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("7x1", "k6 has 6 items, 7 answers were written: write . for a blank."),
        ("5x1", "k6 has 6 items, 5 answers were written: write . for a blank."),
        ("7x1 6=1", "k6 has 6 items, 7 answers were written: write . for a blank."),
    ],
)
def test_an_answer_too_many_or_too_few_is_refused(given: str, said: str) -> None:
    with pytest.raises(TableError) as refused:
        answers_of(instrument("k6"), given)
    assert str(refused.value) == said
