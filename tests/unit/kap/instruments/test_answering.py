"""What an answer may look like, beyond the cases of the manual."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kap.instruments.answering import Choice, Choices, Clock, Range, Several
from kap.instruments.scoring import score
from kap.instruments.shelf import instrument
from kap.vocabulary.errors import DeclarationError, InputError

YES_NO = Choices((Choice(0, "No"), Choice(1, "Yes")))
OFTEN = Choices((Choice(0, "Never"), Choice(3, "Often")))
LINE = Range(Decimal(0), Decimal(10), Decimal("0.5"))


@pytest.mark.parametrize(
    ("kind", "given", "read"),
    [
        (OFTEN, 3, 3),
        (OFTEN, " often ", 3),
        (OFTEN, "3.0", 3),
        (OFTEN, 3.0, 3),
        (OFTEN, " ", None),
        (YES_NO, True, 1),
        (YES_NO, "no", 0),
        (LINE, 2.5, Decimal("2.5")),
        (LINE, None, None),
        (Clock(), "7:05", 425),
        (Clock(), "", None),
        (Several((Choice(1), Choice(2))), [1, 2], {1, 2}),
        (Several((Choice(1), Choice(2))), 2, {2}),
        (Several((Choice(1), Choice(2))), [], None),
        (Several((Choice(1), Choice(2))), "", None),
    ],
)
def test_an_answer_is_read(kind: Any, given: object, read: object) -> None:
    assert kind.read(given) == read


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        (OFTEN, True, "0 or 3"),
        (OFTEN, 1, "0 or 3"),
        (OFTEN, float("nan"), "0 or 3"),
        (OFTEN, [3], "0 or 3"),
        (LINE, "2.25", "a number from 0 to 10 in steps of 0.5"),
        (LINE, 10.5, "a number from 0 to 10 in steps of 0.5"),
        (Clock(), 425, "a time of day from 00:00 to 23:59"),
        (Clock(), "24:00", "a time of day from 00:00 to 23:59"),
        (Several((Choice(1), Choice(2))), [1, 3], "one or more of 1 or 2"),
        (Choices((Choice(1),)), 2, "1"),
    ],
)
def test_an_answer_that_cannot_be_is_told_what_is_expected(kind: Any, given: object, expected: str) -> None:
    with pytest.raises(InputError) as refused:
        kind.read(given)
    assert str(refused.value) == expected


def test_a_list_with_two_answers_of_one_number_is_refused() -> None:
    with pytest.raises(DeclarationError, match="each needs its own number"):
        Choices((Choice(1), Choice(1)))


def test_a_label_is_understood_only_where_all_names_are_labels() -> None:
    assert score(instrument("psqi"), {"5a": 3, "4": 8}).missing[:3] == ("1", "2", "3")
    with pytest.raises(InputError, match="psqi@1 has no item '5a': its items are 1 to 18"):
        score(instrument("psqi"), {"5a": 3, "18": 1})
    with pytest.raises(InputError, match="pc-ptsd-5@1 has no item '6': its items are gate, 1, 2, 3, 4, 5"):
        score(instrument("pc-ptsd-5"), {"6": 1})


def test_answered_although_skipped_is_told_and_counted_unless_the_paper_sets_it_aside() -> None:
    counted = score(instrument("audit"), {"1": 0, "2": 3, "9": 0, "10": 0})
    aside = score(instrument("pc-ptsd-5"), {"gate": 0, "1": 1})
    assert (counted.total, str(counted.notes[0])) == (
        3,
        "Item 2 was answered although the form skips it; it is counted.",
    )
    assert (aside.total, str(aside.notes[-1])) == (
        0,
        "Item 1 was answered although the form skips it; it is not counted.",
    )
