"""Entries of an old version.

What was written stays as it was written. An old entry is read through the steps declared for its kind; a kind
that is newer than this program is not guessed at.
"""

from typing import Any

import pytest
from tests.cases import cases
from tests.unit.kap.histories.entries import entry

from kap.histories.upcasters import Upcasters
from kap.vocabulary.errors import DeclarationError, InputError


def with_unit(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "unit": "kg"}


def with_basis(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "basis": "actual"}


WEIGHTS = Upcasters(current={"weight": 3}, steps={"weight@1": with_unit, "weight@2": with_basis})


@cases("""
    written as           | kind     | read_as  | facts
    ---------------------+----------+----------+---------------------
    the oldest           | weight@1 | weight@3 | basis, unit, weight
    the one between      | weight@2 | weight@3 | basis, weight
    the newest           | weight@3 | weight@3 | weight
    newer than this      | weight@4 |          |
    a kind unknown here  | height@1 |          |
""")
def test_an_old_entry_is_read_as_its_newest_version(
    kind: str, read_as: str | None, facts: tuple[str, ...] | None
) -> None:
    written = entry(1, kind=kind)
    if facts is None:
        with pytest.raises(InputError, match="Upgrade before opening it"):
            WEIGHTS.brought_up(written)
    else:
        (read,) = WEIGHTS.all_brought_up([written])
        assert (read.kind, tuple(sorted(read.body))) == (read_as, facts)
        assert (written.kind, written.body) == (kind, {"weight": 70})


@cases("""
    what was declared           | newest | steps              | refusal
    ----------------------------+--------+--------------------+-------------------
    no old version, no step     |      1 |                    |
    every step                  |      3 | weight@1, weight@2 |
    the first step missing      |      3 | weight@2           | No upcaster reads weight@1
    the last step missing       |      3 | weight@1           | No upcaster reads weight@2
    a step beyond the newest    |      1 | weight@1           | Upcasters for weight@1 lead nowhere
""")
def test_a_missing_step_is_found_when_it_is_declared_and_never_at_the_bedside(
    newest: int, steps: tuple[str, ...] | None, refusal: str | None
) -> None:
    declared = dict.fromkeys(steps or (), with_unit)
    if refusal is None:
        assert Upcasters(current={"weight": newest}, steps=declared).current == {"weight": newest}
    else:
        with pytest.raises(DeclarationError, match=refusal):
            Upcasters(current={"weight": newest}, steps=declared)
