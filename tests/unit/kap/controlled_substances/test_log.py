"""Entries that belong to no safe, or hold no volume, are not read as movements."""

from dataclasses import replace

import pytest
from tests.spec.controlled_substances.safes import act, after

from kap.controlled_substances.log import container_in, safe_from, state_after, volume_in
from kap.histories.chain import canonical_text
from kap.vocabulary.errors import InputError


def test_an_entry_of_another_history_is_no_movement() -> None:
    safe, _ = after("received: 10 mL")
    stranger = act(5).entry("vitals@1", {"pulse": "70"})
    with pytest.raises(InputError, match="is no movement of a safe"):
        state_after(safe, stranger)
    with pytest.raises(InputError, match="cannot read vitals@1"):
        safe_from([stranger])


def test_an_entry_newer_than_this_program_is_not_guessed_at() -> None:
    _, entries = after("received: 10 mL")
    with pytest.raises(InputError, match="newer"):
        safe_from([replace(entries[0], kind="container_received@2")])


def test_a_movement_moves_a_volume_and_a_label_tells_a_concentration() -> None:
    with pytest.raises(InputError, match="is not a volume"):
        volume_in("5 mg")
    _, entries = after("received: 10 mL")
    body = {**entries[0].body, "concentration": "50 mg"}
    assert canonical_text(body)
    with pytest.raises(InputError, match="is not a concentration"):
        container_in(body)
