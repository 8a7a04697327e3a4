"""Columns refuse what a single answer would be refused for, and say in which row."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from tests.unit.kap.instruments.declarations import spoiled

from kap.instruments.columns import BLANK, score_columns
from kap.instruments.loading import instrument_from
from kap.instruments.shelf import instrument
from kap.instruments.site import with_tables
from kap.vocabulary.errors import InputError


@pytest.mark.parametrize(
    ("column", "row", "shown"),
    [
        (np.array([0, 3, 4], np.int8), 3, "4"),
        (np.array([0, -2], np.int64), 2, "-2"),
        (np.array([0, 256], np.int64), 2, "256"),
        (np.array([1.0, 1.5]), 2, "1.5"),
        (np.array([1.0, math.nan, 9.0]), 3, "9.0"),
        (np.array([math.inf, 1.0]), 1, "inf"),
        (np.array([0, 300], np.uint16), 2, "300"),
    ],
)
def test_an_impossible_answer_is_refused_by_item_and_row(column: Any, row: int, shown: str) -> None:
    with pytest.raises(InputError) as refused:
        score_columns(instrument("phq9"), {"1": column})
    assert str(refused.value).startswith(
        f"phq9@1 item 1 was answered {shown} in row {row}; expected 0, 1, 2 or 3."
    )


def test_an_answer_between_the_steps_is_refused() -> None:
    with pytest.raises(InputError, match="audit@1 item 9 was answered 1 in row 2"):
        score_columns(instrument("audit"), {"9": [2, 1], "1": [0, 0]})


def test_rows_are_counted_across_blocks() -> None:
    column = np.zeros(200_000, np.int8)
    column[150_000] = 9
    with pytest.raises(InputError, match="in row 150001;"):
        score_columns(instrument("phq9"), {"1": column})


def test_many_blocks_are_one_answer() -> None:
    rows = 300_000
    answers = np.arange(rows) % 4
    found = score_columns(instrument("phq9"), {str(item): answers for item in range(1, 10)})
    assert len(found) == rows
    assert found.total is not None
    assert found.total.tolist() == (answers * 9).tolist()
    assert found.row(rows - 1)["band"] == "severe"
    gaps = {str(item): np.where(np.arange(rows) == 250_000, BLANK, answers) for item in range(1, 10)}
    assert score_columns(instrument("phq9"), gaps).row(250_000)["missing"] == [str(n) for n in range(1, 10)]
    assert score_columns(instrument("cssrs-screener"), {"1": answers % 2}).band is not None


def test_names_and_conclusions_of_many_blocks_are_one_column() -> None:
    rows = 140_000
    found = score_columns(instrument("pc-ptsd-5"), {str(item): np.full(rows, 1) for item in range(1, 6)})
    assert found.row(rows - 1)["derived"] == {"band_at_cut_3": "positive"}
    ratings = {str(item): np.full(rows, 5) for item in range(1, 12)}
    assert score_columns(instrument("bpi"), ratings).row(rows - 1)["total"] is None
    answers = {str(item): np.full(rows, 3) for item in range(1, 31)}
    derived = score_columns(instrument("meq30"), answers).row(rows - 1)["derived"]
    assert (derived["mystical_percent"], derived["complete_mystical_experience"]) == (60, True)


def test_an_answer_too_large_for_a_byte_is_scored_row_by_row() -> None:
    wide = instrument_from(
        "mood.yaml", spoiled("3: {answers: 0-4}", "3: {answers: 0-200}").replace("to: 6", "to: 202")
    )
    assert score_columns(wide, {"1": [1], "2": [1], "3": [200]}).row(0)["total"] == 202


def test_nobody_is_an_answer_too() -> None:
    assert len(score_columns(instrument("phq9"), {"1": np.zeros(0, np.int8)})) == 0


def test_columns_of_unlike_length_or_none_at_all_are_refused() -> None:
    for columns in ({}, {"1": [1], "2": [1, 2]}):
        with pytest.raises(InputError, match="all columns of the same length"):
            score_columns(instrument("phq9"), columns)
    with pytest.raises(InputError, match="has no item '11'"):
        score_columns(instrument("phq9"), {"11": [1]})


def test_conclusions_are_left_out_when_nobody_asks_for_them() -> None:
    found = score_columns(instrument("phq9"), {"1": [1]}, derive=False)
    assert found.derived == {}


def test_clock_times_and_words_are_scored_row_by_row() -> None:
    with pytest.raises(InputError, match="Row 2: psqi@1 item 1 was answered '25:00'"):
        score_columns(instrument("psqi"), {"1": np.array(["23:00", "25:00"])})
    words = {
        "1": np.array(["yes", ""], object),
        "2": np.array([0, BLANK], object),
        "6": np.array([0, math.nan], object),
    }
    found = score_columns(instrument("cssrs-screener"), words)
    assert (found.row(0)["band"], found.row(1)["band"]) == ("low", None)
    assert found.row(0)["safety"] == {"1": "low"}
    does_not_apply = {str(item): np.array(["n/a" if item == 1 else "8"]) for item in range(1, 6)}
    assert score_columns(instrument("wsas"), does_not_apply).row(0)["total"] == 32
    madrs = {str(item): np.array(["3"]) for item in range(1, 11)}
    assert score_columns(instrument("madrs"), madrs).row(0)["derived"] == {"band_mueller_2003": "moderate"}
    phq9 = {str(item): np.array(["2"]) for item in range(1, 10)}
    assert score_columns(instrument("phq9"), phq9).row(0)["derived"]["major_depressive_syndrome"] is True
    bpi = {str(item): np.array(["5"]) for item in range(1, 12)}
    assert score_columns(instrument("bpi"), bpi).row(0)["derived"] == {"worst_band": "moderate"}


def test_a_list_of_answers_with_gaps_is_scored_row_by_row() -> None:
    gapped = instrument_from(
        "mood.yaml", spoiled("{0: Never, 1: Often}", "{0: Never, 2: Often}").replace("6,", "8,")
    )
    assert score_columns(gapped, {"1": [0, 2], "2": [2, 2], "3": [4, 0]}).total is not None


def test_tables_of_the_site_are_read_in_columns_as_in_rows() -> None:
    promis = with_tables(instrument("promis29"), "t.yaml", "anxiety: {4: 40.3, 5: 48}")
    columns = {str(item): [1, 1] for item in range(1, 29)} | {"8": [1, 2], "29": [0, 0]}
    found = score_columns(promis, columns)
    assert [found.row(row)["derived"]["anxiety_t"] for row in (0, 1)] == [40.3, 48.0]
    assert found.row(0)["derived"]["fatigue_t"] is None


def test_a_tally_in_columns_is_unknown_where_one_is_missing() -> None:
    mood = instrument_from("mood.yaml", spoiled("version: 1", "version: 1"))
    found = score_columns(mood, {"1": [1, 1], "2": [1, BLANK], "3": [0, 0]})
    assert [found.row(row)["derived"]["often"] for row in (0, 1)] == [2, None]
