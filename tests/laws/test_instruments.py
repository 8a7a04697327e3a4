"""What holds of every instrument and every set of answers, however incomplete."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kap.instruments.answering import Choices, Clock, Range, Several
from kap.instruments.checking import reach_of
from kap.instruments.columns import score_columns
from kap.instruments.definition import Formula, Instrument, Item
from kap.instruments.documents import score_document
from kap.instruments.scoring import score
from kap.instruments.shelf import instrument, instrument_ids

EVERY = pytest.mark.parametrize("instrument_id", instrument_ids())
# Every instrument at ten forms looks at more forms than one instrument at a hundred.
FEW = settings(max_examples=10)


def answers_to(item: Item) -> st.SearchStrategy[Any]:
    """Any possible answer to an item, or none."""
    kind = item.kind
    match kind:
        case Choices():
            possible: st.SearchStrategy[Any] = st.sampled_from(kind.values)
        case Several():
            values = [choice.value for choice in kind.choices]
            possible = st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
        case Clock():
            possible = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
        case Range():
            steps = int((kind.highest - kind.lowest) / kind.step)
            possible = st.integers(0, steps).map(lambda at: kind.lowest + kind.step * at)
            possible = possible.map(lambda number: int(number) if number == int(number) else number)
    others = [st.none()]
    if item.unrated is not None:
        others.append(st.just(int(item.unrated)))
    return st.one_of(possible, possible, *others)


def forms_of(definition: Instrument) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({item.id: answers_to(item) for item in definition.items})


def as_columns(definition: Instrument, forms: list[dict[str, Any]]) -> dict[str, np.ndarray]:
    columns = {}
    for item in definition.items:
        cells = [form[item.id] for form in forms]
        if isinstance(item.kind, Clock | Several):
            written = ["+".join(map(str, cell)) if isinstance(cell, list) else cell for cell in cells]
            columns[item.id] = np.array(written, dtype=object)
        else:
            columns[item.id] = np.array([math.nan if cell is None else float(cell) for cell in cells])
    return columns


def is_same(one: Any, other: Any) -> bool:
    """Equal, and a fraction equal to the last bits: rows are exact, columns are binary."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, float) or isinstance(other, float):
        return one is not None and other is not None and math.isclose(one, other, rel_tol=1e-12)
    return bool(one == other)


@EVERY
@FEW
@given(data=st.data())
def test_columns_score_as_rows_do(instrument_id: str, data: st.DataObject) -> None:
    definition = instrument(instrument_id)
    forms = data.draw(st.lists(forms_of(definition), min_size=1, max_size=4))
    columns = score_columns(definition, as_columns(definition, forms))
    for at, form in enumerate(forms):
        row = score_document(score(definition, form))
        wanted = {
            key: row[key] for key in ("instrument", "total", "complete", "band", "subscales", "derived")
        }
        wanted["safety"] = {answer["item"]: answer["level"] for answer in row["safety"]}
        wanted["missing"] = row["missing"]
        assert is_same(wanted, columns.row(at)), form


@EVERY
@FEW
@given(data=st.data())
def test_a_number_lies_within_the_reach_of_its_scale_or_is_not_known(
    instrument_id: str, data: st.DataObject
) -> None:
    definition = instrument(instrument_id)
    found = score(definition, data.draw(forms_of(definition)))
    for scale in definition.scoring.scales:
        number = found.total if scale.name == "total" else found.subscales[scale.name]
        lowest, highest = reach_of(definition, scale)
        assert number is None or lowest <= number <= highest
        if scale.bands and scale.name == "total":
            assert (found.band is None) == (number is None)


@EVERY
@FEW
@given(data=st.data())
def test_an_answer_left_out_never_makes_a_safety_matter_of_another(
    instrument_id: str, data: st.DataObject
) -> None:
    definition = instrument(instrument_id)
    form = data.draw(forms_of(definition))
    left_out = data.draw(st.sampled_from([item.id for item in definition.items]))
    whole = {one.item: one for one in score(definition, form).safety}
    partial = {one.item: one for one in score(definition, {**form, left_out: None}).safety}
    assert {item: one for item, one in whole.items() if item != left_out}.items() <= partial.items() | set()


@EVERY
@FEW
@given(data=st.data())
def test_a_higher_answer_never_lowers_a_sum(instrument_id: str, data: st.DataObject) -> None:
    definition = instrument(instrument_id)
    form = {name: answer for name, answer in data.draw(forms_of(definition)).items() if answer is not None}
    raised = data.draw(st.sampled_from(list(definition.items)))
    if definition.scoring.computed or isinstance(raised.kind, Clock | Several) or raised.id not in form:
        return
    top = raised.kind.lowest if raised.is_reversed else raised.kind.highest
    before, after = score(definition, form), score(definition, {**form, raised.id: top})
    for scale in definition.scoring.scales:
        if scale.formula is Formula.SUM and scale.missing is None:
            one, other = (
                (s.total if scale.name == "total" else s.subscales[scale.name]) for s in (before, after)
            )
            assert one is None or other is None or other >= one


@EVERY
def test_nothing_answered_scores_nothing(instrument_id: str) -> None:
    definition = instrument(instrument_id)
    found = score(definition, {})
    assert found.total is None
    assert found.band is None
    assert not found.complete
    assert found.safety == ()
    assert set(found.subscales.values()) <= {None}
    assert Decimal(0) not in found.derived.values()
