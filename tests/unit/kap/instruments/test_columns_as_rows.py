"""Every instrument, on forms that are whole, empty and gapped in turn: a column says what its rows say.

The laws look for other forms by chance; these are the ones that are looked at every time.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from kap.instruments.answering import Clock, Several
from kap.instruments.columns import score_columns
from kap.instruments.definition import Instrument, Item
from kap.instruments.documents import score_document
from kap.instruments.scoring import score
from kap.instruments.shelf import instrument, instrument_ids

# Every form answers 0, 1, 2, ... steps above the lowest; every n-th answer is left out, 0 leaves none out.
GAPS = (0, 1, 2, 3, 7, 20)


def form_of(definition: Instrument, start: int, gap: int) -> dict[str, Any]:
    items = enumerate(definition.items, start=1)
    return {item.id: None if gap and at % gap == 0 else answer(item, start + at) for at, item in items}


def answer(item: Item, step: int) -> Any:
    kind = item.kind
    if isinstance(kind, Clock):
        return f"{(21 + step) % 24:02}:{step % 60:02}"
    if isinstance(kind, Several):
        return f"{step % 6 + 1}+6"
    if item.unrated is not None and step % 11 == 0:
        return int(item.unrated)
    size = getattr(kind, "step", 1)
    return float(kind.lowest + size * (step % int((kind.highest - kind.lowest) / size + 1)))


@pytest.mark.parametrize("gaps", [GAPS, (0,)], ids=["some with gaps", "all whole"])
@pytest.mark.parametrize("instrument_id", instrument_ids())
def test_a_column_says_what_its_rows_say(instrument_id: str, gaps: tuple[int, ...]) -> None:
    definition = instrument(instrument_id)
    forms = [form_of(definition, start, gap) for start in range(6) for gap in gaps]
    found = score_columns(
        definition, {item.id: as_column([form[item.id] for form in forms]) for item in definition.items}
    )
    for at, form in enumerate(forms):
        row = score_document(score(definition, form))
        safety = {answer["item"]: answer["level"] for answer in row["safety"]}
        kept = ("instrument", "total", "complete", "band", "subscales", "derived", "missing")
        assert rounded({key: row[key] for key in kept} | {"safety": safety}) == rounded(found.row(at)), form


def as_column(cells: list[Any]) -> np.ndarray[Any, Any]:
    if any(isinstance(cell, str) for cell in cells):
        return np.array(cells, dtype=object)
    return np.array([math.nan if cell is None else cell for cell in cells])


def rounded(document: Any) -> Any:
    if isinstance(document, dict):
        return {key: rounded(value) for key, value in document.items()}
    return round(document, 9) if isinstance(document, float) else document
