"""PHQ-9 of a real population (NHANES 2013-2014, public domain): our totals beside those of the file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from kap.instruments.columns import BLANK, score_columns
from kap.instruments.scoring import score
from kap.instruments.shelf import instrument

FILE = Path(__file__).parents[4] / "shared" / "data" / "instruments" / "nhanes_2013-2014_phq9_dpq_h.csv"
if not FILE.exists():
    pytest.skip("the survey's file is not beside the checkout", allow_module_level=True)

COLUMNS = [f"DPQ0{item}0" for item in range(1, 10)]
# 7 is refused, 9 is do not know: nobody's answer, and not a zero.
NO_ANSWER = {"", "7", "9"}


def people() -> Iterator[dict[str, str]]:
    with FILE.open(encoding="utf-8") as opened:
        yield from csv.DictReader(opened)


def answers_of(person: dict[str, str]) -> dict[str, str | None]:
    given = (person[column].removesuffix(".0") for column in COLUMNS)
    return {str(at): None if one in NO_ANSWER else one for at, one in enumerate(given, start=1)}


def test_every_complete_person_has_the_total_of_the_file() -> None:
    phq9, compared = instrument("phq9"), 0
    for person in people():
        found = score(phq9, answers_of(person))
        if person["phq9_total"]:
            assert found.total == Decimal(person["phq9_total"].removesuffix(".0"))
            assert found.complete
            compared += 1
        else:
            assert not found.complete
    assert compared > 5_000


def test_an_answer_refused_is_missing_and_stands_at_most_twice_at_the_mean() -> None:
    phq9 = instrument("phq9")
    for person in people():
        found = score(phq9, answers_of(person))
        assert (found.total is None) == (len(found.missing) > 2)


def test_columns_give_the_same_totals_and_the_same_thoughts_of_death() -> None:
    phq9 = instrument("phq9")
    everyone = [answers_of(person) for person in people()]
    columns = {
        str(item): np.array(
            [BLANK if one[str(item)] is None else int(one[str(item)] or 0) for one in everyone]
        )
        for item in range(1, 10)
    }
    found = score_columns(phq9, columns)
    assert found.total is not None
    totals = [None if np.isnan(total) else total for total in found.total]
    assert totals == [None if (one := score(phq9, a).total) is None else float(one) for a in everyone]
    positive = sum(one["9"] not in (None, "0") for one in everyone)
    assert int((found.safety["9"].at >= 0).sum()) == positive
