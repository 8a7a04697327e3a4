"""The annotated example holds every part a declaration may have, and is read like any instrument."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml

from kap.instruments.change_rules import Outcome
from kap.instruments.definition import AnsweredBy, Direction, SafetyLevel
from kap.instruments.license import ForProfit, WordingFrom
from kap.instruments.loading import instrument_from
from kap.instruments.scoring import score
from kap.instruments.wording import in_language
from kap.instruments.wording_files import PARTS
from kap.vocabulary.declared import Declared

EXAMPLE = Path(__file__).parents[4] / "docs/how-to/example-instrument.yaml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
# Rules in code are few, and each has limits of its own shape.
IN_CODE = {"computed", "rule", "gives", "limits"}


def test_the_example_has_every_part_a_declaration_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    known: set[str] = set(PARTS)
    parts = Declared.parts

    def watched(
        self: Declared, needed: tuple[str, ...] = (), optional: tuple[str, ...] = ()
    ) -> Mapping[str, Declared]:
        known.update(needed, optional)
        return parts(self, needed, optional)

    monkeypatch.setattr(Declared, "parts", watched)
    instrument_from(EXAMPLE.name, TEXT)
    assert {"title", "sets_aside", "worsened_points", "answers_of"} < known
    assert sorted(known - IN_CODE - set(names_in(yaml.load(TEXT, Loader=yaml.BaseLoader)))) == []


@pytest.mark.parametrize("words", [Direction, AnsweredBy, WordingFrom, ForProfit, SafetyLevel, Outcome])
def test_the_example_names_every_word_that_may_be_chosen(words: type[Enum]) -> None:
    assert [word.value for word in words if word.value not in TEXT] == []


def test_the_example_is_scored_as_its_notes_say() -> None:
    example = instrument_from(EXAMPLE.name, TEXT)
    found = score(example, {"1": 0, "2": 0, "5": "n/a", "7": 0})
    # 1 is never, so 3 is passed over and counts 0; 2 counts the other way round; 5 makes 6 unneeded.
    assert (found.total, found.missing) == (2, ("7",))
    assert (found.band, found.derived["rest_band"], found.derived["band_in_students"]) == (
        None,
        "low",
        "usual",
    )
    found = score(example, {"1": 2, "2": 1, "3": 1, "4": 2, "6": 1, "7": 5})
    assert (found.total, found.band, found.derived["rest_band"]) == (4, "high", "low")
    assert (found.subscales["worst"], found.derived["tired"]) == (8, True)
    assert found.derived["percent"] == pytest.approx(Decimal(400) / 6)
    assert [(one.item, one.level) for one in found.safety] == [("6", SafetyLevel.SCREEN)]
    assert score(example, {"1": 2, "2": 0, "3": 1}).derived["rest_band"] == "raised"
    spanish = in_language(example, "es")
    assert spanish is not None
    assert spanish.item("8").text == "Dónde dormí"


def names_in(said: Any) -> Iterator[str]:
    if isinstance(said, dict):
        yield from said
    for part in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        yield from names_in(part)
