"""Bands of a mean may begin between whole numbers; a row and a column read every mean into the same one."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from tests.unit.kap.instruments.declarations import spoiled

from kap.instruments.columns import BLANK, score_columns
from kap.instruments.definition import Instrument
from kap.instruments.loading import instrument_from
from kap.instruments.scoring import score
from kap.instruments.shelf import instrument

# A third of a point lies between two hundredths; a half and a fifth lie on one.
BORDERS = {"low": "0", "third": "0.34", "half": "0.5", "most": "0.67"}


def of_a_mean(step: str) -> Instrument:
    starts = ", ".join(f"{name}: {start}" for name, start in BORDERS.items())
    bands = f"{{from: {{{starts}}}, to: 1, step: {step}, source: own}}"
    missing = "{at_most: 2, source: own}"
    text = spoiled("{0: Never, 1: Often}", "{0: Never, 1: Often}\n  marks: {0: None, 1: All}")
    text = text.replace("3: {answers: 0-4}", "3: {answers: marks}").replace("to: 6,", "to: 3,")
    return instrument_from(
        "mood.yaml",
        text.replace("part: {mean: 1-2}", f"part: {{mean: 1-3, missing: {missing}, bands: {bands}}}"),
    )


def wanted(given: tuple[int, ...]) -> str | None:
    answered = [one for one in given if one != BLANK]
    if not answered:
        return None
    mean = Fraction(sum(answered), len(answered))
    return [name for name, start in BORDERS.items() if mean >= Fraction(start)][-1]


@pytest.mark.parametrize("step", ["0.01", "0.005"])
def test_every_mean_lies_in_the_same_band_in_a_row_and_in_a_column(step: str) -> None:
    definition = of_a_mean(step)
    # Without the skip of the second item, which a "no" to the first would fill in.
    forms = [form for form in product((0, 1, BLANK), repeat=3) if form[0] != 0]
    columns = score_columns(
        definition, {str(at + 1): np.array([form[at] for form in forms]) for at in range(3)}
    )
    for row, form in enumerate(forms):
        answers = {str(at + 1): None if one == BLANK else one for at, one in enumerate(form)}
        in_row = score(definition, answers).derived["part_band"]
        assert in_row == columns.row(row)["derived"]["part_band"] == wanted(form), form


def test_both_sides_of_a_border_between_two_hundredths_in_columns() -> None:
    forms = {"low": (2, 5, 5, 5, 2, 3), "normal": (5, 2, 4, 2, 4, 2), "high": (5, 1, 4, 2, 4, 2)}
    given = np.array(list(forms.values()))
    found = score_columns(instrument("brs"), {str(at + 1): given[:, at] for at in range(6)})
    assert [found.row(row)["band"] for row in range(3)] == list(forms)
